// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.conference;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.lock.LockedException;
import com.techpro.callclient.ports.phonesystem.ConferenceDirectory;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A conference room that the user joins, is in, or was in. All methods may be called from any
 * thread and return at once;
 * {@link com.techpro.callclient.engine.CallClientListener#conferenceChanged} reports their effects.
 * Do not wait for their stages inside a callback: see
 * {@link com.techpro.callclient.engine.CallClient}.
 */
public interface Conference {
    ConferenceSnapshot snapshot();

    /**
     * Returns the call to the room, for hold, quality and merging. Null if the user may not join
     * conferences.
     */
    @Nullable
    Call call();

    /**
     * Leaves the room; the other participants stay.
     *
     * @return completes on the callbacks' executor, never exceptionally: done when the user is
     *     leaving; refused as {@link CommandRefusal#ENDED} if the stay has ended, or as
     *     {@link CommandRefusal#NOT_PERMITTED} if the user may not join conferences
     */
    CompletionStage<CommandOutcome> leave();

    /**
     * Mutes this device's microphone: the room hears silence.
     *
     * @return completes on the callbacks' executor, never exceptionally; as {@link Call#setMuted}
     */
    CompletionStage<CommandOutcome> setMuted(boolean muted);

    /**
     * Sends the DTMF keys that mute or unmute the user at the room. Only a roster shows whether it
     * worked ({@link Participant#muted}).
     *
     * @return completes on the callbacks' executor, never exceptionally: done when the keys are
     *     sent; refused if they are unknown ({@link ConferenceDirectory.Room#muteKeys}) or the user
     *     is not in the room
     */
    CompletionStage<CommandOutcome> toggleRoomMute();

    /**
     * Sends the DTMF keys by which a moderator mutes or unmutes all other members. No RFC has a
     * request for that. Only a roster shows whether it worked.
     *
     * @return as {@link #toggleRoomMute}, with {@link ConferenceDirectory.Room#muteMembersKeys}
     */
    CompletionStage<CommandOutcome> toggleMembersMute();

    /**
     * Asks the focus to call a participant into the room (RFC 4579 §5.5).
     *
     * @param target as in {@link com.techpro.callclient.engine.Account#dial(String)}
     * @return completes on the callbacks' executor, never exceptionally, when the participant has
     *     joined or the attempt failed
     * @throws IllegalArgumentException if the target cannot be an address
     * @throws LockedException if the app is locked
     */
    CompletionStage<ConferenceOutcome> add(String target);

    /**
     * Asks the focus to remove a participant (RFC 4579 §5.11).
     *
     * @return completes on the callbacks' executor, never exceptionally
     * @throws LockedException if the app is locked
     */
    CompletionStage<ConferenceOutcome> remove(Participant participant);
}
