// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.internal.voicemail.play.PlaybackSession;
import com.techpro.callclient.engine.voicemail.Playback;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The host's handle of a playback. Usable from any thread. */
final class PlaybackHandle implements Playback {
    private final EngineLoop loop;
    private final PlaybackSession session;
    private final Gate gate;

    PlaybackHandle(EngineLoop loop, PlaybackSession session, Gate gate) {
        this.loop = loop;
        this.session = session;
        this.gate = gate;
    }

    @Override
    public String messageId() {
        return session.messageId();
    }

    @Override
    public PlaybackSnapshot snapshot() {
        return session.snapshot();
    }

    @Override
    public void pause() {
        gate.requireOpen();
        loop.execute(session::pause);
    }

    @Override
    public void resume() {
        gate.requireUsable();
        loop.execute(session::resume);
    }

    @Override
    public void seek(Duration position) {
        Objects.requireNonNull(position, "position");
        gate.requireUsable();
        if (position.isNegative()) {
            throw new IllegalArgumentException("a position is not negative");
        }
        loop.execute(() -> session.seek(position));
    }

    @Override
    public void route(@Nullable String deviceId) {
        gate.requireOpen();
        loop.execute(() -> session.route(deviceId));
    }

    @Override
    public void close() {
        loop.execute(session::close);
    }

    @Override
    public String toString() {
        return "Playback[" + snapshot().state() + "]";
    }
}
