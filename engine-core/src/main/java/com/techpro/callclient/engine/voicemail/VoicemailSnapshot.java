// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.voicemail;

import com.techpro.callclient.ports.voicemail.VoicemailBox;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The voicemail at one moment. Prints without personal data.
 *
 * @param messages the newest first, as far as they were asked for: see {@link Voicemail#more}
 * @param deleted what was deleted here and can be brought back by {@link Voicemail#undelete}
 * @param total how many messages the mailbox has, deleted ones left out
 * @param unheard how many of them nobody has heard yet
 * @param capabilities what can be done with the mailbox; the rest is {@link VoicemailProblem#UNSUPPORTED}
 * @param problem why the list could not be read the last time, or null; messages are then those of before
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

    /** Nothing to show. */
    public static VoicemailSnapshot empty(Availability availability) {
        return new VoicemailSnapshot(availability, List.of(), List.of(), 0, 0, Set.of(), null);
    }

    /** Whether the mailbox has messages that were not asked for yet. */
    public boolean hasMore() {
        return messages.size() < total;
    }

    /** Whether there is voicemail for this user. */
    public enum Availability {
        /** Nobody is logged in. */
        NOT_LOGGED_IN,
        /** The organisation has switched it off. */
        OFF,
        /** The phone system has none. */
        ABSENT,
        /** The phone system has one that can only be called: {@link Voicemail#dialVoicemail}. */
        DIAL_IN,
        /** There is a mailbox, and it was not read yet. */
        UNREAD,
        /** There is a mailbox, and this is what it holds. */
        AVAILABLE
    }
}
