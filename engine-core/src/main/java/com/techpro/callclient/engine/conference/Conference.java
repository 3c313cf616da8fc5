// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.conference;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.lock.LockedException;
import com.techpro.callclient.ports.phonesystem.ConferenceDirectory;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A conference room that the user joins, is in, or was in. All methods may be called from any thread and return at once; what they lead to
 * is told by {@link com.techpro.callclient.engine.CallClientListener#conferenceChanged}. Their stages are not to be waited for inside a
 * callback: see {@link com.techpro.callclient.engine.CallClient}.
 */
public interface Conference {
    ConferenceSnapshot snapshot();

    /** The call that leads to the room: hold, quality and mixing are there. Null if the user may not join conferences. */
    @Nullable
    Call call();

    /** Leaves the room; the others stay. */
    void leave();

    /** Mutes this device's microphone: the room hears silence. */
    void setMuted(boolean muted);

    /**
     * Presses the keys with which this room mutes the user, or hears the user again. Whether it did, only a roster tells
     * ({@link Participant#muted}).
     *
     * @return false if no such keys are known of this room ({@link ConferenceDirectory.Room#muteKeys}); nothing happens then
     */
    boolean toggleRoomMute();

    /**
     * Asks the focus to call somebody into the room (RFC 4579 §5.5).
     *
     * @param target as in {@link com.techpro.callclient.engine.Account#dial(String)}
     * @return completes on the callbacks' executor, never exceptionally, once somebody has come or will not
     * @throws IllegalArgumentException if the target cannot be an address
     * @throws LockedException if the app is locked
     */
    CompletionStage<ConferenceOutcome> add(String target);

    /**
     * Asks the focus to remove somebody (RFC 4579 §5.11).
     *
     * @return completes on the callbacks' executor, never exceptionally
     * @throws LockedException if the app is locked
     */
    CompletionStage<ConferenceOutcome> remove(Participant participant);
}
