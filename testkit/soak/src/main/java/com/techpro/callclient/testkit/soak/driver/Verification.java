// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.driver;

import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.testkit.judge.speech.Recording;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.speech.Stall;
import com.techpro.callclient.testkit.judge.verify.CallCheck;
import com.techpro.callclient.testkit.judge.verify.Fidelity;
import com.techpro.callclient.testkit.judge.verify.SilenceVerdict;
import com.techpro.callclient.testkit.judge.verify.SpeechVerdict;
import java.time.Duration;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Judges an ended call by what both ends heard. One call after another, so that judging takes only
 * a small part of one processor from current calls.
 */
public final class Verification {
    /** The engine's packet length. */
    private static final Duration PACKET = Duration.ofMillis(20);

    private final CallCheck check;
    private final Worker worker;
    private final UnverifiedSpeech unverified;

    /** @param worker runs tasks one after the other, off the soak's loop */
    public Verification(CallCheck check, Worker worker) {
        this(check, worker, new UnverifiedSpeech(null));
    }

    /** @param unverified saves the audio of unverified directions */
    public Verification(CallCheck check, Worker worker, UnverifiedSpeech unverified) {
        this.check = check;
        this.worker = worker;
        this.unverified = unverified;
    }

    /** Runs tasks. */
    public interface Worker {
        void execute(Runnable task);
    }

    /**
     * The verdicts, the callee's first and then the caller's.
     *
     * @param onHold in the same order
     */
    public record Heard(List<SpeechVerdict> speech, List<SilenceVerdict> onHold, CallResult.Stalls stalls) {
        public static final Heard NOTHING = new Heard(List.of(), List.of(), CallResult.Stalls.NONE);
    }

    /**
     * Judges a call.
     *
     * @param number of the call, if it has one
     * @param found receives the verdicts on the worker's thread
     */
    public void judge(int number, CallLeg caller, CallLeg callee, Consumer<Heard> found) {
        Duration lostAtCallee = lost(callee);
        Duration lostAtCaller = lost(caller);
        callee.audio()
                .recording(atCallee -> caller.audio()
                        .recording(atCaller -> worker.execute(() -> {
                            Fidelity fidelity = fidelity(caller).through(fidelity(callee));
                            List<CallCheck.Ear> ears = Stream.of(
                                            ear(
                                                    caller,
                                                    callee,
                                                    atCallee,
                                                    callee.rejoins() ? fidelity.rejoined() : fidelity,
                                                    lostAtCallee),
                                            ear(
                                                    callee,
                                                    caller,
                                                    atCaller,
                                                    caller.rejoins() ? fidelity.rejoined() : fidelity,
                                                    lostAtCaller))
                                    .toList();
                            List<SpeechVerdict> speech = ears.stream()
                                    .map(
                                            caller.continues() || callee.continues()
                                                    ? check::speechAfterMove
                                                    : check::speech)
                                    .toList();
                            found.accept(new Heard(
                                    speech, ears.stream().map(check::onHold).toList(), stalls(atCallee)));
                            int from = caller.extension().index();
                            int to = callee.extension().index();
                            unverified.keep(number, from, to, ears.get(0), speech.get(0));
                            unverified.keep(number, to, from, ears.get(1), speech.get(1));
                        })));
    }

    /**
     * As above for one end, whose far end echoes.
     *
     * @param found receives the verdicts on the worker's thread
     */
    public void judgeEcho(CallLeg leg, BiConsumer<SpeechVerdict, SilenceVerdict> found) {
        Duration lost = lost(leg);
        leg.audio()
                .recording(heard -> worker.execute(() -> {
                    CallCheck.Ear ear = ear(leg, leg, heard, fidelity(leg), lost);
                    found.accept(check.speech(ear), check.onHold(ear));
                }));
    }

    /** Both ends use the same clock, so either one's stalls will do. */
    private static CallResult.Stalls stalls(Recording recording) {
        LongSummaryStatistics costs =
                recording.stalls().stream().mapToLong(Stall::cost).summaryStatistics();
        long longest = recording.stalls().isEmpty() ? 0 : costs.getMax();
        return new CallResult.Stalls((int) costs.getCount(), time(costs.getSum()), time(longest));
    }

    private static Duration time(long samples) {
        return Duration.ofMillis(samples * 1000 / SpeechClip.SAMPLE_RATE);
    }

    private static Fidelity fidelity(CallLeg leg) {
        EndMedia media = leg.media();
        return media == null ? Fidelity.TELEPHONE : Fidelity.of(media.codec());
    }

    /** According to the engine's sequence numbers so far. */
    private static Duration lost(CallLeg leg) {
        CallQuality quality = leg.quality();
        return quality == null
                ? Duration.ZERO
                : PACKET.multipliedBy(quality.receiving().lost());
    }

    private static CallCheck.Ear ear(CallLeg mouth, CallLeg ear, Recording heard, Fidelity fidelity, Duration lost) {
        return new CallCheck.Ear(mouth.talk(), heard, ear.speech.periods(), ear.silence.periods(), fidelity, lost);
    }
}
