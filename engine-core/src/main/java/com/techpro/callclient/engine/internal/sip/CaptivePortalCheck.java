// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip;

import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.call.Failure.TlsProblem;
import com.techpro.callclient.engine.internal.sip.transport.Flow;

/**
 * Tells a network that wants its user to sign in first (RFC 8952) from a phone system whose certificate is wrong. Nobody is asked for that; the
 * signs are those of {@link Failure.CaptivePortal}. What is refused stays refused. Of one flow of one account; on the loop.
 */
final class CaptivePortalCheck {
    /** Whether any server of any account was verified on this network; one for all accounts. */
    static final class VerifiedHere {
        private boolean any;
    }

    private final VerifiedHere here;
    private boolean verified;
    private boolean verifiedElsewhere;

    CaptivePortalCheck(VerifiedHere here) {
        this.here = here;
    }

    /** The device is on another network. */
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

    /** What a connection failed with, or what that is a sign of. */
    Failure meaning(Failure failure) {
        return verifiedElsewhere && !here.any && failure instanceof Failure.TlsFailed tls && isOfAPortal(tls.problem())
                ? new Failure.CaptivePortal(tls.problem())
                : failure;
    }

    private static boolean isOfAPortal(TlsProblem problem) {
        return switch (problem) {
            case UNTRUSTED, HOST_NAME, WEAK, PROTOCOL -> true;
            // The phone system's own name, by an authority that is trusted: a sign-in page has neither.
            case EXPIRED, PIN -> false;
        };
    }
}
