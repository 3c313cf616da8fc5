// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.voicemail;

import java.util.List;

/**
 * A page of a mailbox's messages, the newest first.
 *
 * <p>In a mailbox shared with ordinary mail, the search starts at the newest mail and stops when
 * the page is full or a time limit is reached. So a page shorter than the limit may not be the
 * last: the next request searches older mail, and the counts below grow.
 *
 * @param total the number of messages without deleted ones and greetings; among ordinary mail, of
 *     those found so far
 * @param unheard how many of these are unheard
 */
public record VoicemailPage(List<VoicemailMessage> messages, int total, int unheard) {
    public VoicemailPage {
        messages = List.copyOf(messages);
    }
}
