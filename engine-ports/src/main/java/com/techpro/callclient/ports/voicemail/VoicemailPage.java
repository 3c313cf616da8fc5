// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.voicemail;

import java.util.List;

/**
 * Some messages of a mailbox, the newest first.
 *
 * <p>A mailbox shared with ordinary mail is looked through from the newest on, as far as the page needs and for a bounded time. A page that is
 * shorter than was asked for may then be followed by more: whoever asks again has older mail looked through, and the numbers below grow with it.
 *
 * @param total how many the mailbox has, deleted ones and greetings left out; among ordinary mail, as far as it was looked through
 * @param unheard how many of these nobody has heard yet
 */
public record VoicemailPage(List<VoicemailMessage> messages, int total, int unheard) {
    public VoicemailPage {
        messages = List.copyOf(messages);
    }
}
