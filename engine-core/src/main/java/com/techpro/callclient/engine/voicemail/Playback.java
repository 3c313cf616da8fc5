// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.voicemail;

import com.techpro.callclient.engine.lock.LockedException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The playback of a message, which starts while the message is still being fetched. It opens a
 * loudspeaker and never the microphone (promise C11). Methods may be called from any thread and
 * return at once. {@link com.techpro.callclient.engine.CallClientListener#playbackChanged} reports
 * their effects, but not the moving position; poll {@link #snapshot} for that. While the app is
 * locked, a playback continues and can only be paused, routed and closed.
 *
 * <p>Close it when its screen closes. That erases the message's audio from the device (promise S3).
 */
public interface Playback extends AutoCloseable {
    /** Returns the id of the message or greeting. */
    String messageId();

    PlaybackSnapshot snapshot();

    void pause();

    /**
     * Resumes the playback; from the beginning if it was played to the end. Does nothing during a
     * call.
     *
     * @throws LockedException if the app is locked
     */
    void resume();

    /**
     * Moves to a position in the message, at most to the end of the audio that has arrived.
     *
     * @throws LockedException if the app is locked
     */
    void seek(Duration position);

    /**
     * Switches to another loudspeaker, such as the earpiece.
     *
     * @param deviceId a device id of the audio port, or null for the system's default
     */
    void route(@Nullable String deviceId);

    /**
     * Ends the playback and erases the message's audio from the device. Closing twice does nothing.
     */
    @Override
    void close();
}
