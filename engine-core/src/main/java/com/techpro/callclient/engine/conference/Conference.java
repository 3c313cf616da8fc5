// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.conference;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.internal.client.ConferenceDesk;
import com.techpro.callclient.engine.lock.LockedException;
import com.techpro.callclient.ports.phonesystem.ConferenceDirectory;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A conference room that the user joins, is in, or was in. All methods may be called from any thread and return at once; what they lead to
 * is told by {@link com.techpro.callclient.engine.CallClientListener#conferenceChanged}.
 */
public final class Conference {
    private final ConferenceDesk desk;

    public Conference(ConferenceDesk desk) {
        this.desk = desk;
    }

    public ConferenceSnapshot snapshot() {
        return desk.snapshot();
    }

    /** The call that leads to the room: hold, quality and mixing are there. Null if the user may not join conferences. */
    public @Nullable Call call() {
        return desk.call();
    }

    /** Leaves the room; the others stay. */
    public void leave() {
        Call call = desk.call();
        if (call != null) {
            call.hangUp();
        }
    }

    /** Mutes this device's microphone: the room hears silence. */
    public void setMuted(boolean muted) {
        Call call = desk.call();
        if (call != null) {
            call.setMuted(muted);
        }
    }

    /**
     * Presses the keys with which this room mutes the user, or hears the user again. Whether it did, only a roster tells
     * ({@link Participant#muted}).
     *
     * @return false if no such keys are known of this room ({@link ConferenceDirectory.Room#muteKeys}); nothing happens then
     */
    public boolean toggleRoomMute() {
        return desk.pressMuteKeys();
    }

    /**
     * Asks the focus to call somebody into the room (RFC 4579 §5.5).
     *
     * @param target as in {@link com.techpro.callclient.engine.Account#dial(String)}
     * @return completes on the callbacks' executor, never exceptionally, once somebody has come or will not
     * @throws IllegalArgumentException if the target cannot be an address
     * @throws LockedException if the app is locked
     */
    public CompletionStage<ConferenceOutcome> add(String target) {
        return desk.add(target);
    }

    /**
     * Asks the focus to remove somebody (RFC 4579 §5.11).
     *
     * @return completes on the callbacks' executor, never exceptionally
     * @throws LockedException if the app is locked
     */
    public CompletionStage<ConferenceOutcome> remove(Participant participant) {
        return desk.remove(participant);
    }

    @Override
    public String toString() {
        return "Conference[" + desk.snapshot().state() + "]";
    }
}
