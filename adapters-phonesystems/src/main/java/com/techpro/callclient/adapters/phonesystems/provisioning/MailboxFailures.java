// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import com.techpro.callclient.ports.voicemail.VoicemailAudio;
import com.techpro.callclient.ports.voicemail.VoicemailException;
import com.techpro.callclient.ports.voicemail.VoicemailException.Reason;
import java.io.IOException;

/** Turns answers and failures of a mailbox over HTTPS into results of the port. */
public final class MailboxFailures {
    private MailboxFailures() {}

    /** Returns the reason only, without anything that the server sent. */
    public static VoicemailException of(IOException e) {
        if (e instanceof VoicemailException known) {
            return known;
        }
        LoginRefusedException refused =
                e instanceof LoginRefusedException other ? other : ConnectionFailures.refusal(e);
        return new VoicemailException(reason(refused), "the mailbox's server: " + refused.reason());
    }

    public static VoicemailException noSuchMessage() {
        return new VoicemailException(Reason.NO_SUCH_MESSAGE, "no such message");
    }

    /**
     * Returns the answer.
     *
     * @throws VoicemailException if it says that the message does not exist
     */
    public static HttpAnswer existing(HttpAnswer answer) throws VoicemailException {
        if (answer.status() == 404) {
            throw noSuchMessage();
        }
        return answer;
    }

    /**
     * Returns the answer.
     *
     * @throws VoicemailException if it is no success
     */
    public static HttpAnswer required(HttpAnswer answer) throws VoicemailException {
        if (!answer.isSuccess()) {
            throw of(answer.refusal());
        }
        return answer;
    }

    /** Returns a message's sound; closes the stream if there is none. */
    public static VoicemailAudio audio(HttpStream stream) throws IOException {
        if (!stream.isSuccess()) {
            stream.close();
            throw stream.status() == 404 ? noSuchMessage() : of(stream.refusal());
        }
        return new VoicemailAudio(stream.contentType(), stream.length(), stream.bytes());
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
