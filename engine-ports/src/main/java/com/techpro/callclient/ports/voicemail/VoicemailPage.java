// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.voicemail;

import java.util.List;

/**
 * Some messages of a mailbox, the newest first.
 *
 * @param total how many the mailbox has, deleted ones and greetings left out
 * @param unheard how many of these nobody has heard yet
 */
public record VoicemailPage(List<VoicemailMessage> messages, int total, int unheard) {
    public VoicemailPage {
        messages = List.copyOf(messages);
    }
}
