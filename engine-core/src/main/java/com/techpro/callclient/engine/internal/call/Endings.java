// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.internal.sip.message.SipMessage;
import java.util.Locale;

/** What responses and Reason headers mean for the user. */
final class Endings {
    private Endings() {}

    /**
     * The ending that a final response to INVITE stands for (RFC 3261 §21).
     *
     * @param why what the status means in general
     * @param encryptedOffer whether our offer insisted on encryption
     */
    static CallEnding of(int status, Failure why, boolean encryptedOffer) {
        return switch (status) {
            case 486, 600 -> new CallEnding.Busy();
            case 603, 607 -> new CallEnding.Declined();
            case 404, 410, 484, 485, 604 -> new CallEnding.NotFound();
            case 480 -> new CallEnding.Unavailable();
            case 408, 487 -> new CallEnding.NoAnswer();
            case 415, 488, 606 ->
                new CallEnding.Failed(new Failure.MediaRefused(
                        encryptedOffer
                                ? Failure.MediaProblem.ENCRYPTION_REFUSED
                                : Failure.MediaProblem.NO_COMMON_CODEC));
            default -> new CallEnding.Failed(why);
        };
    }

    /**
     * Whether one of the Reason headers (RFC 3326) says that another phone took the call: SIP cause 200, or Q.850 cause 26,
     * non-selected user clearing. There may be several headers.
     */
    static boolean answeredElsewhere(SipMessage message) {
        for (String reason : message.headers("Reason")) {
            String[] parts = reason.toLowerCase(Locale.ROOT).split(";", -1);
            String protocol = parts[0].trim();
            for (int i = 1; i < parts.length; i++) {
                String parameter = parts[i].replace(" ", "");
                if ((protocol.equals("sip") && parameter.equals("cause=200"))
                        || (protocol.equals("q.850") && parameter.equals("cause=26"))) {
                    return true;
                }
            }
        }
        return false;
    }
}
