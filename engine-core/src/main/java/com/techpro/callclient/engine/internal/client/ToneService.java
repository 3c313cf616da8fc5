// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.internal.call.CallSession;
import com.techpro.callclient.engine.internal.call.context.AudioGate;
import com.techpro.callclient.engine.internal.call.context.AudioStreams;
import com.techpro.callclient.engine.internal.tone.RingFile;
import com.techpro.callclient.engine.internal.tone.Tone;
import com.techpro.callclient.engine.internal.tone.ToneChoice;
import com.techpro.callclient.engine.tone.CallTones;
import com.techpro.callclient.engine.tone.ToneProblem;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.log.Loggers;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Plays the ring or the call waiting tone of incoming calls, and the tone of a call's end. Ringback
 * belongs to the call ({@code internal.call.media.CallSound}). Belongs to the loop.
 *
 * <table>
 *   <caption>The sound of an incoming call, on the client's audio</caption>
 *   <tr><th>another call on it</th><th>sound</th></tr>
 *   <tr><td>ringing out, connecting or established</td>
 *       <td>call waiting tone, over that call's sound</td></tr>
 *   <tr><td>none, or held by the user</td><td>the ring</td></tr>
 * </table>
 *
 * It plays nothing for a silenced call or during do-not-disturb.
 */
final class ToneService {
    private final ClientContext client;
    private final EngineLoop loop;
    private final CallTones settings;
    private final ToneChoice tones;
    private final @Nullable AudioPort port;
    private final Executor audioWorker;
    private final AudioStreams streams;
    private final AudioGate audioGate;
    private final BooleanSupplier mayBeHeard;
    private final Runnable audioTaken = this::endTone;

    /** Calls that have not ended. */
    private final Set<CallSession> live = new LinkedHashSet<>();
    /** Calls that ring here and are not silenced. */
    private final Set<CallSession> ringing = new LinkedHashSet<>();
    /** Calls that play a notice. */
    private final Set<CallSession> noticed = new LinkedHashSet<>();

    private final Map<ToneProblem, Long> problems = new EnumMap<>(ToneProblem.class);
    private final @Nullable ToneSpeaker ringer;
    private Tone.@Nullable Recorded ownRing;
    private @Nullable ToneSpeaker ending;
    private @Nullable Timer endingTimer;
    /** How long the end tone of the last call plays. */
    private Duration endToneLength = Duration.ZERO;

    private boolean closed;

    /**
     * @param audioWorker opens and closes devices, one after the other
     * @param mayBeHeard whether incoming calls may be heard at all; queried at each use
     * @param systemRings whether the system rings itself
     */
    ToneService(
            ClientContext client,
            ToneChoice tones,
            Executor audioWorker,
            AudioStreams streams,
            AudioGate audioGate,
            BooleanSupplier mayBeHeard,
            boolean systemRings) {
        this.client = client;
        this.loop = client.loop();
        this.settings = client.config().tones();
        this.tones = tones;
        this.port = client.config().audio();
        this.audioWorker = audioWorker;
        this.streams = streams;
        this.audioGate = audioGate;
        this.mayBeHeard = mayBeHeard;
        boolean rings = settings.ringing() && port != null && !systemRings;
        this.ringer = rings && port != null ? speaker(port) : null;
        Path file = settings.ringFile();
        if (rings && file != null) {
            client.workers().execute(() -> read(file));
        }
    }

    private ToneSpeaker speaker(AudioPort of) {
        return new ToneSpeaker(loop, audioWorker, of, streams, () -> report(ToneProblem.NO_SPEAKER));
    }

    private void read(Path file) {
        try {
            Tone.Recorded read = RingFile.read(file);
            loop.execute(() -> {
                ownRing = read;
                settle();
            });
        } catch (RingFile.UnusableException e) {
            loop.execute(() -> report(e.problem()));
        }
    }

    /** Returns how often each problem was reported. On the loop. */
    Map<ToneProblem, Long> problems() {
        loop.assertOnLoop();
        return problems;
    }

    private void report(ToneProblem problem) {
        problems.merge(problem, 1L, Long::sum);
        Loggers.MEDIA.warn("a tone cannot be heard: {}", problem);
        client.listeners().tell(listener -> listener.toneUnavailable(problem));
    }

    /** Starts ringing for a call; the host is notified right after. */
    void ring(CallSession call) {
        if (call.snapshot().state() == CallState.INCOMING) {
            live.add(call);
            ringing.add(call);
            settle();
        }
    }

    /** Adapts the tones after a change of do-not-disturb. */
    void settle() {
        loop.assertOnLoop();
        boolean heard = !ringing.isEmpty() && !closed && mayBeHeard.getAsBoolean();
        if (heard) {
            endTone(); // a ring takes precedence, even if the system plays it
        }
        List<CallSession> ears = heard ? ears(port) : List.of();
        for (CallSession call : new ArrayList<>(noticed)) {
            if (!ears.contains(call)) {
                noticed.remove(call);
                call.sound().notice(ownNotice(call.snapshot()));
            }
        }
        if (settings.progress()) {
            for (CallSession ear : ears) {
                if (noticed.add(ear)) {
                    ear.sound().notice(tones.set().waiting());
                }
            }
        }
        if (ringer == null) {
            return;
        }
        if (heard && ears.isEmpty()) {
            if (!ringer.isPlaying()) {
                ringer.play(ownRing != null ? ownRing : tones.set().ring(), settings.ringDevice());
            }
        } else {
            ringer.stop();
        }
    }

    /** Returns the calls on a port that somebody listens to. */
    private List<CallSession> ears(@Nullable AudioPort of) {
        List<CallSession> ears = new ArrayList<>();
        for (CallSession call : live) {
            if (of != null && call.sound().chosenPort() == of && isHeard(call.snapshot())) {
                ears.add(call);
            }
        }
        return ears;
    }

    private static boolean isHeard(CallSnapshot call) {
        boolean sounds = switch (call.state()) {
            case RINGING_OUT, CONNECTING, ESTABLISHED -> true;
            case DIALLING, INCOMING, ENDED -> false;
        };
        return sounds && !call.hold().isLocal();
    }

    private @Nullable Tone ownNotice(CallSnapshot call) {
        return settings.progress() && call.nothingArrives() && call.ending() == null
                ? tones.set().warning()
                : null;
    }

    void dialled(CallSession call) {
        live.add(call);
        endTone();
    }

    void received(CallSession call) {
        live.add(call);
    }

    void silenced(CallSession call) {
        if (ringing.remove(call)) {
            settle();
        }
    }

    void changed(CallSession call, CallEvent event) {
        if (event instanceof CallEvent.Ended over) {
            live.remove(call);
            ringing.remove(call);
            noticed.remove(call);
            settle();
            endToneLength = sayThatOver(call, over);
        } else if (event instanceof CallEvent.StateChanged || event instanceof CallEvent.HoldChanged) {
            if (isHeard(event.after())) {
                ringing.remove(call);
                endTone();
            }
            settle();
        } else if (event instanceof CallEvent.ReceptionChanged && !noticed.contains(call)) {
            call.sound().notice(ownNotice(event.after()));
        }
    }

    /** Returns how long the end tone of the last call plays, with its fade; zero if none plays. */
    Duration endToneOfLastCall() {
        return endToneLength;
    }

    private Duration sayThatOver(CallSession call, CallEvent.Ended over) {
        EndTone due = settings.progress() ? EndTone.of(over.ending(), over.after(), tones.set()) : null;
        AudioPort of = call.sound().chosenPort();
        if (due == null || of == null || closed || !ringing.isEmpty() || !audioGate.isOpen() || !ears(of).isEmpty()) {
            return Duration.ZERO;
        }
        endTone();
        ToneSpeaker speaker = speaker(of);
        ending = speaker;
        audioGate.add(audioTaken);
        endingTimer = loop.schedule(due.length(), this::endTone);
        speaker.play(due.tone(), call.sound().playbackDevice());
        return due.length().plus(ToneSpeaker.FADE);
    }

    private void endTone() {
        if (endingTimer != null) {
            endingTimer.cancel();
            endingTimer = null;
        }
        audioGate.remove(audioTaken);
        if (ending != null) {
            ending.stop();
            ending = null;
        }
    }

    /** Stops all tones and releases the devices. */
    void close() {
        closed = true;
        ToneSpeaker last = ending;
        endTone();
        if (last != null) {
            last.close();
        }
        if (ringer != null) {
            ringer.close();
        }
    }
}
