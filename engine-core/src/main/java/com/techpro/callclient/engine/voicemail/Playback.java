// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.voicemail;

import com.techpro.callclient.engine.internal.lock.LockGate;
import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.voicemail.play.PlaybackSession;
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
public final class Playback implements AutoCloseable {
    private final EngineLoop loop;
    private final PlaybackSession session;
    private final LockGate lock;

    public Playback(EngineLoop loop, PlaybackSession session, LockGate lock) {
        this.loop = loop;
        this.session = session;
        this.lock = lock;
    }

    /** Which message, or greeting, it is. */
    public String messageId() {
        return session.messageId();
    }

    public PlaybackSnapshot snapshot() {
        return session.snapshot();
    }

    public void pause() {
        loop.execute(session::pause);
    }

    /**
     * Goes on; from the beginning if it was played to the end. Does nothing while there is a call.
     *
     * @throws LockedException if the app is locked
     */
    public void resume() {
        lock.requireOpen();
        loop.execute(session::resume);
    }

    /**
     * Goes to a place of the message; at most to the end of what has arrived.
     *
     * @throws LockedException if the app is locked
     */
    public void seek(Duration position) {
        lock.requireOpen();
        if (position.isNegative()) {
            throw new IllegalArgumentException("a position is not negative");
        }
        loop.execute(() -> session.seek(position));
    }

    /**
     * Moves the sound to another loudspeaker, such as the earpiece.
     *
     * @param deviceId that the audio port lists, or null for the system's default
     */
    public void route(@Nullable String deviceId) {
        loop.execute(() -> session.route(deviceId));
    }

    /** Ends it, and erases what is kept of the message on the device. Closing twice does nothing. */
    @Override
    public void close() {
        loop.execute(session::close);
    }

    @Override
    public String toString() {
        return "Playback[" + snapshot().state() + "]";
    }
}
