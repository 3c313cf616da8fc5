// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.voicemail;

import com.techpro.callclient.engine.lock.LockedException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A message that is being played, while it arrives. It opens a loudspeaker and never the microphone (promise C11). Methods may be called from any
 * thread and return at once; {@link com.techpro.callclient.engine.CallClientListener#playbackChanged} tells what they lead to, but not that the position moves, for which
 * one asks {@link #snapshot}. While the app is locked a playback goes on, and can be paused, routed and closed only.
 *
 * <p>Close it when its screen goes: what is kept of the message on the device goes then (promise S3).
 */
public interface Playback extends AutoCloseable {
    /** Which message, or greeting, it is. */
    String messageId();

    PlaybackSnapshot snapshot();

    void pause();

    /**
     * Goes on; from the beginning if it was played to the end. Does nothing while there is a call.
     *
     * @throws LockedException if the app is locked
     */
    void resume();

    /**
     * Goes to a place of the message; at most to the end of what has arrived.
     *
     * @throws LockedException if the app is locked
     */
    void seek(Duration position);

    /**
     * Moves the sound to another loudspeaker, such as the earpiece.
     *
     * @param deviceId that the audio port lists, or null for the system's default
     */
    void route(@Nullable String deviceId);

    /** Ends it, and erases what is kept of the message on the device. Closing twice does nothing. */
    @Override
    void close();
}
