// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.voicemail;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A playback at one moment.
 *
 * @param position what the loudspeaker was given last
 * @param arrived how much of the message is here, and so how far one can seek
 * @param duration of the whole message, or null while nobody knows
 * @param problem why it does not play, or not to its end; null if nothing is wrong
 */
public record PlaybackSnapshot(
        State state,
        Duration position,
        Duration arrived,
        @Nullable Duration duration,
        Arrival arrival,
        @Nullable VoicemailProblem problem) {
    /** What it does. */
    public enum State {
        /** Would play, and waits for sound to arrive. */
        WAITING,
        PLAYING,
        PAUSED,
        /** Paused because of a call; goes on by {@link Playback#resume} once there is none. */
        PAUSED_BY_CALL,
        /** Played to the end of what there is; {@link Playback#resume} plays it again. */
        ENDED,
        /** Nothing of it can be played; the problem says why. */
        FAILED,
        CLOSED
    }

    /** How much of the message is here. */
    public enum Arrival {
        UNDER_WAY,
        COMPLETE,
        /** Parts of it cannot be read and are left out. */
        DAMAGED,
        /** It ends early: as it was stored, or because the connection was lost. */
        CUT_SHORT
    }
}
