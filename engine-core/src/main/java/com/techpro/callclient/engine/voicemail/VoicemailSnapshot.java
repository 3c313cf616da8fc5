// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.voicemail;

import com.techpro.callclient.ports.voicemail.VoicemailBox;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The voicemail at one moment. Prints without personal data.
 *
 * @param messages the messages fetched so far, the newest first; see {@link Voicemail#more}
 * @param deleted messages that were deleted here and that {@link Voicemail#undelete} can restore
 * @param total the number of messages in the mailbox, without deleted ones
 * @param unheard how many of them are unheard
 * @param capabilities the capabilities of the mailbox; other operations give
 *     {@link VoicemailProblem#UNSUPPORTED}
 * @param problem why the list could not be read the last time, or null; the messages are then those
 *     read before
 */
public record VoicemailSnapshot(
        Availability availability,
        List<VoicemailItem> messages,
        List<VoicemailItem> deleted,
        int total,
        int unheard,
        Set<VoicemailBox.Capability> capabilities,
        @Nullable VoicemailProblem problem) {
    public VoicemailSnapshot {
        messages = List.copyOf(messages);
        deleted = List.copyOf(deleted);
        capabilities = Set.copyOf(capabilities);
    }

    /** Returns a snapshot without messages. */
    public static VoicemailSnapshot empty(Availability availability) {
        return new VoicemailSnapshot(availability, List.of(), List.of(), 0, 0, Set.of(), null);
    }

    /** Returns whether the mailbox has messages that were not fetched yet. */
    public boolean hasMore() {
        return messages.size() < total;
    }

    /** Whether there is voicemail for this user. */
    public enum Availability {
        /** Nobody is logged in. */
        NOT_LOGGED_IN,
        /** The organisation has switched voicemail off. */
        OFF,
        /** The phone system has no voicemail. */
        ABSENT,
        /** The voicemail can only be called: {@link Voicemail#dialVoicemail}. */
        DIAL_IN,
        /** There is a mailbox, but it was not read yet. */
        UNREAD,
        /** There is a mailbox, and this snapshot shows its messages. */
        AVAILABLE
    }
}
