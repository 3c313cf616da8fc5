// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import com.techpro.callclient.engine.failure.Failure.TlsProblem;
import java.security.cert.CertificateException;

/**
 * The peer's certificate is not acceptable, with the reason. It contains nothing of the
 * certificate.
 */
final class PeerRejectedException extends CertificateException {
    private static final long serialVersionUID = 1L;

    private final TlsProblem problem;

    PeerRejectedException(TlsProblem problem) {
        super(problem.name());
        this.problem = problem;
    }

    TlsProblem problem() {
        return problem;
    }

    /** Returns the cause of a failed handshake. */
    static TlsProblem problemBehind(Throwable failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 10; cause = cause.getCause()) {
            if (cause instanceof PeerRejectedException rejected) {
                return rejected.problem;
            }
            if (cause instanceof CertificateException) {
                return TlsProblem.UNTRUSTED;
            }
            depth++;
        }
        return TlsProblem.PROTOCOL;
    }
}
