// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.voicemail;

import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.ports.voicemail.VoicemailMessage;

/**
 * A message in the list. Prints without personal data.
 *
 * @param message the message as the mailbox describes it
 * @param caller who left it; a contact's name only while the user permits reading contacts (promise
 *     C3)
 */
public record VoicemailItem(VoicemailMessage message, Caller caller) {
    /** Identifies the message for the methods of {@link Voicemail}. */
    public String id() {
        return message.id();
    }

    @Override
    public String toString() {
        return "VoicemailItem[redacted]";
    }
}
