// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import com.techpro.callclient.ports.voicemail.VoicemailException;
import com.techpro.callclient.ports.voicemail.VoicemailException.Reason;
import java.io.IOException;

/** What a mailbox over HTTPS makes of an exchange that came to nothing. */
public final class MailboxFailures {
    private MailboxFailures() {}

    /** Says no more than the kind of trouble: what the server sent stays out of it. */
    public static VoicemailException of(IOException e) {
        if (e instanceof VoicemailException known) {
            return known;
        }
        LoginRefusedException refused =
                e instanceof LoginRefusedException other ? other : ConnectionFailures.refusal(e);
        return new VoicemailException(reason(refused), "the mailbox's server: " + refused.reason());
    }

    private static Reason reason(LoginRefusedException refused) {
        return switch (refused.reason()) {
            case WRONG_CREDENTIALS, SECOND_FACTOR_NEEDED, NOT_ALLOWED, POLICY -> Reason.REFUSED;
            case SERVER_UNTRUSTED -> Reason.UNTRUSTED;
            case NOT_A_PHONE_SYSTEM -> Reason.PROTOCOL;
            case LOCKED_OUT, ADDRESS_INCOMPLETE, SERVER_NOT_FOUND, SERVER_UNREACHABLE, SERVER_FAILED ->
                Reason.UNREACHABLE;
        };
    }
}
