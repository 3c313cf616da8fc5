// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail.play;

import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.internal.voicemail.cache.CachedAudio;
import com.techpro.callclient.engine.voicemail.PlaybackOptions;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot.Arrival;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot.State;
import com.techpro.callclient.engine.voicemail.VoicemailProblem;
import com.techpro.callclient.ports.voicemail.VoicemailBox;
import com.techpro.callclient.stack.log.Loggers;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One message being played. What it does follows from a few facts, see {@link #state}; whoever changes a fact calls {@link #update}. Belongs to the
 * loop, but for {@link #snapshot} and {@link #messageId}.
 */
public final class PlaybackSession {
    /** How much of the message is kept at hand for the loudspeaker, and from when on the next is fetched. */
    private static final Duration WINDOW = Duration.ofSeconds(2);

    private static final Duration LOW = Duration.ofMillis(750);

    /** How much must have arrived to go on after it ran dry: less would stutter. */
    private static final Duration CUSHION = Duration.ofSeconds(1);

    /** What it reports. */
    enum Event {
        /** Its snapshot changed. */
        CHANGED,
        /** The mailbox gave the message. */
        OPENED,
        /** It was played to its end. */
        HEARD,
        /** Nothing is left of it on the device. */
        ERASED
    }

    private final PlaybackParts parts;
    private final String id;
    private final PlaybackPosition playhead;
    private final Speaker speaker;
    private final boolean marks;
    private Consumer<Event> events = event -> {};

    private @Nullable Fetch fetch;
    private @Nullable CachedAudio sound;
    private long declared = -1;
    private Duration from;
    private Arrival arrival = Arrival.UNDER_WAY;
    private @Nullable VoicemailProblem problem;
    private boolean wants = true;
    private boolean call;
    private boolean byCall;
    private boolean dry = true;
    private boolean begun;
    private boolean ended;
    private boolean failed;
    private boolean closed;
    private boolean loading;
    private boolean erasing;
    private volatile PlaybackFacts facts;

    PlaybackSession(PlaybackParts parts, String id, PlaybackOptions options) {
        this.parts = parts;
        this.id = id;
        this.marks = options.markHeard();
        this.from = options.from();
        this.playhead = new PlaybackPosition(() -> parts.loop().execute(this::hungry));
        this.speaker =
                new Speaker(parts.loop(), parts.audioWorker(), parts.audio(), parts.streams(), playhead, this::speaker);
        this.speaker.route(options.device());
        this.facts = facts();
    }

    /** From any thread. */
    public String messageId() {
        return id;
    }

    /** From any thread. */
    public PlaybackSnapshot snapshot() {
        return facts.at(playhead.position());
    }

    /**
     * @param busy whether there is a call now
     * @param to receives what happens, on the loop
     */
    void start(@Nullable VoicemailBox box, boolean busy, Consumer<Event> to) {
        events = to;
        if (busy) {
            callBegan();
        }
        if (box == null) {
            failed = true;
            problem = VoicemailProblem.NOT_AVAILABLE;
            update();
            return;
        }
        fetch = new Fetch(parts.loop(), parts.networkWorkers(), box, id, parts.cache(), this::fetched);
        parts.networkWorkers().execute(fetch);
        update();
    }

    /** Why a command is refused, or null. */
    private @Nullable CommandRefusal refusal() {
        return closed ? CommandRefusal.ENDED : failed ? CommandRefusal.NO_SOUND : null;
    }

    public @Nullable CommandRefusal pause() {
        wants = false;
        byCall = false;
        update();
        return refusal();
    }

    public @Nullable CommandRefusal resume() {
        if (call || refusal() != null) {
            return refusal() == null ? CommandRefusal.IN_CALL : refusal();
        }
        if (problem == VoicemailProblem.NO_SPEAKER) {
            problem = null;
        }
        if (ended) {
            ended = false;
            playhead.seek(0);
        }
        wants = true;
        byCall = false;
        update();
        return null;
    }

    public @Nullable CommandRefusal seek(Duration position) {
        if (sound == null) {
            from = position;
            return refusal();
        }
        playhead.seek(Math.min(samples(position, sound), sound.available()));
        ended = false;
        dry = false;
        update();
        return refusal();
    }

    public @Nullable CommandRefusal route(@Nullable String device) {
        speaker.route(device);
        return refusal();
    }

    boolean isPlaying() {
        return wants && !closed && !failed;
    }

    void callBegan() {
        call = true;
        byCall |= wants && !ended;
        wants = false;
        update();
    }

    void callsOver() {
        call = false;
    }

    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (fetch != null) {
            fetch.cancel();
        }
        playhead.forget();
        update();
        erase();
    }

    private void erase() {
        CachedAudio kept = sound;
        if (kept == null) {
            if (fetch == null || arrival != Arrival.UNDER_WAY) {
                events.accept(Event.ERASED);
            }
        } else if (!erasing) {
            erasing = true;
            parts.workers().execute(() -> {
                try {
                    kept.erase();
                } finally {
                    parts.loop().execute(() -> events.accept(Event.ERASED));
                }
            });
        }
    }

    /** What it does, from what is known: the first that holds. */
    private State state() {
        if (closed) {
            return State.CLOSED;
        } else if (failed) {
            return State.FAILED;
        } else if (ended) {
            return State.ENDED;
        } else if (byCall) {
            return State.PAUSED_BY_CALL;
        } else if (!wants) {
            return State.PAUSED;
        } else {
            return dry || !begun || problem == VoicemailProblem.NO_SPEAKER ? State.WAITING : State.PLAYING;
        }
    }

    private void update() {
        parts.loop().assertOnLoop();
        refill();
        CachedAudio known = sound;
        boolean loud = !closed && !failed && !ended && wants && !call && begun;
        speaker.want(loud, known == null ? 8_000 : known.sampleRate());
        PlaybackFacts now = facts();
        if (!now.equals(facts)) {
            boolean told = !now.withArrived(facts.arrived()).equals(facts);
            facts = now;
            if (told) {
                events.accept(Event.CHANGED);
            }
        }
    }

    private PlaybackFacts facts() {
        CachedAudio known = sound;
        long arrived = known == null ? 0 : known.available();
        long whole = arrival == Arrival.UNDER_WAY ? declared : arrived;
        return new PlaybackFacts(
                state(),
                arrived,
                known == null ? -1 : whole,
                known == null ? 8_000 : known.sampleRate(),
                arrival,
                problem);
    }

    /** Brings what comes next to where the loudspeaker takes it. */
    private void refill() {
        CachedAudio known = sound;
        if (known == null || loading || closed || failed) {
            return;
        }
        long at = playhead.position();
        long there = known.available();
        boolean complete = arrival != Arrival.UNDER_WAY;
        if (dry && (complete || there - at >= samples(begun ? CUSHION : Duration.ofMillis(1), known))) {
            dry = false;
        }
        PlaybackPosition.Window window = playhead.window();
        int left = window.after(at);
        if (dry || at >= there || (left > 0 && (left >= samples(LOW, known) || window.end() == there))) {
            return;
        }
        loading = true;
        long to = Math.min(there, at + samples(WINDOW, known));
        parts.workers().execute(() -> {
            short[] samples = null;
            try {
                samples = known.read(at, to);
            } catch (IOException e) {
                // Told below.
                samples = null;
            } catch (RuntimeException | Error e) {
                Loggers.portThrew(e);
                samples = null;
            }
            short[] read = samples;
            parts.loop().execute(() -> loaded(known, at, read));
        });
    }

    private void loaded(CachedAudio known, long at, short @Nullable [] samples) {
        loading = false;
        if (closed) {
            return;
        }
        if (samples == null) {
            failed = true;
            problem = VoicemailProblem.NO_SOUND;
        } else {
            begun = true;
            playhead.show(new PlaybackPosition.Window(at, samples), (int) samples(LOW, known));
        }
        update();
    }

    /** The loudspeaker has played most of what it was given, or all. */
    private void hungry() {
        CachedAudio known = sound;
        if (known == null || closed) {
            return;
        }
        if (playhead.position() >= known.available()) {
            if (arrival == Arrival.UNDER_WAY) {
                dry = true;
                playhead.rearm();
            } else if (!ended) {
                ended = true;
                wants = false;
                if (marks && arrival == Arrival.COMPLETE) {
                    events.accept(Event.HEARD);
                }
            }
        } else if (playhead.window().end() == known.available()) {
            // The last of it is in the window: to be told of its end, too.
            playhead.rearm();
        }
        update();
    }

    private static long samples(Duration time, CachedAudio sound) {
        return time.toMillis() * sound.sampleRate() / 1_000;
    }

    private void speaker(Speaker.Change change) {
        if (change == Speaker.Change.UNAVAILABLE) {
            wants = false;
        }
        if (change != Speaker.Change.WORKS) {
            problem = problem == null ? VoicemailProblem.NO_SPEAKER : problem;
        } else if (problem == VoicemailProblem.NO_SPEAKER) {
            problem = null;
        }
        update();
    }

    private void fetched(Fetch.Progress step) {
        if (step instanceof Fetch.Progress.Opened) {
            events.accept(Event.OPENED);
            return;
        } else if (step instanceof Fetch.Progress.Known known) {
            sound = known.sound();
            declared = known.declared();
            if (!closed) {
                playhead.seek(samples(from, known.sound()));
            }
        } else if (step instanceof Fetch.Progress.Ended over) {
            ended(over.arrival(), over.problem());
        }
        if (closed) {
            erase();
        } else {
            update();
        }
    }

    private void ended(Arrival how, @Nullable VoicemailProblem why) {
        arrival = how;
        CachedAudio given = sound;
        if (why != null && !closed) {
            problem = why;
        }
        if (given == null || given.available() == 0) {
            failed = true;
            problem = problem == null ? VoicemailProblem.NO_SOUND : problem;
        } else if (playhead.position() > given.available()) {
            playhead.seek(given.available());
        }
        playhead.rearm();
    }
}
