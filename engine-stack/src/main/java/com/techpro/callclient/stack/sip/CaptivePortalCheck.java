// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.Failure.TlsProblem;
import com.techpro.callclient.stack.sip.transport.Flow;

/**
 * Distinguishes a network with a sign-in page (RFC 8952) from a phone system with a wrong
 * certificate. It sends no probe; the signs are those of {@link Failure.CaptivePortal}. A rejected
 * certificate stays rejected. For one flow of one account; belongs to the loop.
 */
final class CaptivePortalCheck {
    /** Whether any server of any account was verified on this network. All accounts share it. */
    static final class VerifiedHere {
        private boolean any;
    }

    private final VerifiedHere here;
    private boolean verified;
    private boolean verifiedElsewhere;

    CaptivePortalCheck(VerifiedHere here) {
        this.here = here;
    }

    /** The device moved to another network. */
    void networkChanged() {
        verifiedElsewhere |= verified;
        verified = false;
        here.any = false;
    }

    void opened(Flow flow) {
        if (flow.transport().isEncrypted()) {
            verified = true;
            here.any = true;
        }
    }

    /** Returns the failure of a connection, or the cause that it points to. */
    Failure meaning(Failure failure) {
        return verifiedElsewhere && !here.any && failure instanceof Failure.TlsFailed tls && isOfAPortal(tls.problem())
                ? new Failure.CaptivePortal(tls.problem())
                : failure;
    }

    private static boolean isOfAPortal(TlsProblem problem) {
        return switch (problem) {
            case UNTRUSTED, HOST_NAME, WEAK, PROTOCOL -> true;
            // The certificate has the phone system's own name and a trusted issuer; a sign-in page
            // has neither.
            case EXPIRED, PIN -> false;
        };
    }
}
