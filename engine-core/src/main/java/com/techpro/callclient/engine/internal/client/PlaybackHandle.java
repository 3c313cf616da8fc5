// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.internal.voicemail.play.PlaybackSession;
import com.techpro.callclient.engine.voicemail.Playback;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The host's handle of a playback. Usable from any thread. */
final class PlaybackHandle implements Playback {
    private final ClientContext client;
    private final PlaybackSession session;
    private final Gate gate;

    PlaybackHandle(ClientContext client, PlaybackSession session, Gate gate) {
        this.client = client;
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
    public CompletionStage<CommandOutcome> pause() {
        gate.requireOpen();
        return ask(session::pause);
    }

    @Override
    public CompletionStage<CommandOutcome> resume() {
        gate.requireUsable();
        return ask(session::resume);
    }

    @Override
    public CompletionStage<CommandOutcome> seek(Duration position) {
        Objects.requireNonNull(position, "position");
        gate.requireUsable();
        if (position.isNegative()) {
            throw new IllegalArgumentException("a position is not negative");
        }
        return ask(() -> session.seek(position));
    }

    @Override
    public CompletionStage<CommandOutcome> route(@Nullable String deviceId) {
        gate.requireOpen();
        return ask(() -> session.route(deviceId));
    }

    @Override
    public void close() {
        client.loop().execute(session::close);
    }

    private CompletionStage<CommandOutcome> ask(Supplier<@Nullable CommandRefusal> command) {
        return client.command(answer -> answer.accept(command.get()));
    }

    @Override
    public String toString() {
        return "Playback[" + snapshot().state() + "]";
    }
}
