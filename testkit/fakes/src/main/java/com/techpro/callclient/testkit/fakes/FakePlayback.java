// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.voicemail.Playback;
import com.techpro.callclient.engine.voicemail.PlaybackOptions;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot.Arrival;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot.State;
import com.techpro.callclient.engine.voicemail.VoicemailProblem;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The playback of a voicemail message, in memory. All of the message has arrived at once. No time
 * passes, so the position moves by {@link #playedTo} and {@link #playedToEnd} alone. All methods may be
 * called from any thread.
 */
public final class FakePlayback implements Playback {
    private final FakeContext context;
    private final String messageId;
    private final Duration duration;
    private final Runnable heard;
    private volatile PlaybackSnapshot snapshot;
    private volatile @Nullable String device;

    /**
     * @param problem why it cannot be played, or null
     * @param heard runs when it was played to its end and is to be marked
     */
    FakePlayback(
            FakeContext context,
            String messageId,
            Duration duration,
            PlaybackOptions options,
            @Nullable VoicemailProblem problem,
            Runnable heard) {
        this.context = context;
        this.messageId = messageId;
        this.duration = duration;
        this.heard = options.markHeard() ? heard : () -> {};
        this.device = options.device();
        this.snapshot = problem == null
                ? at(State.PLAYING, within(options.from()))
                : new PlaybackSnapshot(State.FAILED, Duration.ZERO, Duration.ZERO, null, Arrival.UNDER_WAY, problem);
    }

    private Duration within(Duration position) {
        return position.compareTo(duration) > 0 ? duration : position;
    }

    private PlaybackSnapshot at(State state, Duration position) {
        return new PlaybackSnapshot(state, position, duration, duration, Arrival.COMPLETE, null);
    }

    /** Notifies the listeners of the state. Under the context's lock. */
    void tell() {
        PlaybackSnapshot now = snapshot;
        context.listeners().tell(listener -> listener.playbackChanged(this, now));
    }

    private void become(State state, Duration position) {
        State before = snapshot.state();
        if (before != State.CLOSED && before != State.FAILED) {
            snapshot = at(state, position);
            if (before != state) {
                tell();
            }
        }
    }

    /** The message was played up to this position. Listeners are not told of that. */
    public void playedTo(Duration position) {
        Objects.requireNonNull(position, "position");
        context.run(() -> become(snapshot.state(), within(position)));
    }

    /** The message was played to its end, and is marked heard if the options say so. */
    public void playedToEnd() {
        context.run(() -> {
            become(State.ENDED, duration);
            if (snapshot.state() == State.ENDED) {
                heard.run();
            }
        });
    }

    /** A call pauses the playback. */
    public void pausedByCall() {
        context.run(() -> become(State.PAUSED_BY_CALL, snapshot.position()));
    }

    /** Returns the loudspeaker that the app chose, or null for the default. */
    public @Nullable String device() {
        return device;
    }

    @Override
    public String messageId() {
        return messageId;
    }

    @Override
    public PlaybackSnapshot snapshot() {
        return snapshot;
    }

    @Override
    public void pause() {
        command("pause", () -> {
            if (snapshot.state() == State.PLAYING) {
                become(State.PAUSED, snapshot.position());
            }
        });
    }

    @Override
    public void resume() {
        context.requireUnlocked();
        command(
                "resume",
                () -> become(State.PLAYING, snapshot.state() == State.ENDED ? Duration.ZERO : snapshot.position()));
    }

    @Override
    public void seek(Duration position) {
        Objects.requireNonNull(position, "position");
        context.requireUnlocked();
        command(
                "seek",
                () -> become(snapshot.state() == State.ENDED ? State.PLAYING : snapshot.state(), within(position)));
    }

    @Override
    public void route(@Nullable String deviceId) {
        command("route", () -> device = deviceId);
    }

    @Override
    public void close() {
        command("close", this::closeNow);
    }

    private void command(String name, Runnable task) {
        context.run(() -> {
            context.record("playback", name);
            task.run();
        });
    }

    /** Under the context's lock. */
    void closeNow() {
        PlaybackSnapshot now = snapshot;
        if (now.state() != State.CLOSED) {
            snapshot = new PlaybackSnapshot(
                    State.CLOSED, now.position(), now.arrived(), now.duration(), now.arrival(), now.problem());
            tell();
        }
    }
}
