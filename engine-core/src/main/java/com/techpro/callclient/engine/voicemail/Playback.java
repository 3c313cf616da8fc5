// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.voicemail;

import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.lock.LockedException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The playback of a message, which starts while the message is still being fetched. It opens a
 * loudspeaker and never the microphone (promise C11). Methods may be called from any thread and
 * return at once. {@link com.techpro.callclient.engine.CallClientListener#playbackChanged} reports
 * their effects, but not the moving position; poll {@link #snapshot} for that. While the app is
 * locked, a playback continues and can only be paused, routed and closed.
 *
 * <p>Stages complete on the callbacks' executor, never exceptionally; do not wait for them inside a
 * callback: see {@link com.techpro.callclient.engine.CallClient}. Commands are refused as
 * {@link CommandRefusal#ENDED} once the playback is closed, and as {@link CommandRefusal#NO_SOUND}
 * if the message cannot be played; {@link PlaybackSnapshot#problem} tells why.
 *
 * <p>Close it when its screen closes. That erases the message's audio from the device (promise S3).
 */
public interface Playback extends AutoCloseable {
    /** Returns the id of the message or greeting. */
    String messageId();

    PlaybackSnapshot snapshot();

    CompletionStage<CommandOutcome> pause();

    /**
     * Resumes the playback; from the beginning if it was played to the end.
     *
     * @return refused as {@link CommandRefusal#IN_CALL} during a call
     * @throws LockedException if the app is locked
     */
    CompletionStage<CommandOutcome> resume();

    /**
     * Moves to a position in the message, at most to the end of the audio that has arrived.
     *
     * @throws LockedException if the app is locked
     */
    CompletionStage<CommandOutcome> seek(Duration position);

    /**
     * Switches to another loudspeaker, such as the earpiece.
     *
     * @param deviceId a device id of the audio port, or null for the system's default
     */
    CompletionStage<CommandOutcome> route(@Nullable String deviceId);

    /**
     * Ends the playback and erases the message's audio from the device. Closing twice does nothing.
     */
    @Override
    void close();
}
