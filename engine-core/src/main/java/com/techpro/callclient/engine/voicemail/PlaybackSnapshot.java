// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.voicemail;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A playback at one moment.
 *
 * @param position the position of the audio that was last sent to the loudspeaker
 * @param arrived how much of the message has arrived; the limit for {@link Playback#seek}
 * @param duration the duration of the whole message, or null while it is unknown
 * @param problem why it does not play at all or to its end; null if there is no problem
 */
public record PlaybackSnapshot(
        State state,
        Duration position,
        Duration arrived,
        @Nullable Duration duration,
        Arrival arrival,
        @Nullable VoicemailProblem problem) {
    /** The state of a playback. */
    public enum State {
        /** Waiting for audio to arrive. */
        WAITING,
        PLAYING,
        PAUSED,
        /** Paused because of a call; {@link Playback#resume} continues it after the call. */
        PAUSED_BY_CALL,
        /** Played to the end of the available audio; {@link Playback#resume} plays it again. */
        ENDED,
        /** None of it can be played; the problem tells why. */
        FAILED,
        CLOSED
    }

    /** How completely the message has arrived. */
    public enum Arrival {
        UNDER_WAY,
        COMPLETE,
        /** Parts of it cannot be decoded and are skipped. */
        DAMAGED,
        /** It ends early, because it was stored so or the connection was lost. */
        CUT_SHORT
    }
}
