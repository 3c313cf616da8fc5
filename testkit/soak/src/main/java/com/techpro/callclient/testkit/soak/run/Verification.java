// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.testkit.soak.speech.AudioClock.Stall;
import com.techpro.callclient.testkit.soak.speech.SoakAudio.Recording;
import com.techpro.callclient.testkit.soak.speech.SpeechClip;
import com.techpro.callclient.testkit.soak.verify.SilenceCheck;
import com.techpro.callclient.testkit.soak.verify.SilenceVerdict;
import com.techpro.callclient.testkit.soak.verify.Span;
import com.techpro.callclient.testkit.soak.verify.SpeechCheck;
import com.techpro.callclient.testkit.soak.verify.SpeechVerdict;
import java.util.List;
import java.util.function.Consumer;

/**
 * Has a call that is over judged by what its two ears heard: afterwards, and one call after another, so that judging takes no more than a little of one processor from
 * the calls that are still on.
 */
final class Verification {
    /** So long after a stall its gap is heard at the latest: one way, and until the delay has settled. */
    private static final int AFTERMATH = SpeechClip.SAMPLE_RATE * 3 / 10;

    private final SpeechCheck speech;
    private final SilenceCheck silence = new SilenceCheck();
    private final Worker worker;

    /** @param worker runs what it is given one after the other, off the soak's loop */
    Verification(SpeechCheck speech, Worker worker) {
        this.speech = speech;
        this.worker = worker;
    }

    /** Runs tasks. */
    interface Worker {
        void execute(Runnable task);
    }

    /**
     * What was found, at the callee's ear and then at the caller's.
     *
     * @param onHold likewise
     */
    record Heard(List<SpeechVerdict> speech, List<SilenceVerdict> onHold) {
        static final Heard NOTHING = new Heard(List.of(), List.of());
    }

    /** @param found hears on the worker's thread */
    void judge(CallLeg caller, CallLeg callee, Consumer<Heard> found) {
        callee.audio.recording(atCallee -> caller.audio.recording(atCaller -> worker.execute(() -> {
            found.accept(new Heard(
                    List.of(speech(caller, callee, atCallee), speech(callee, caller, atCaller)),
                    List.of(onHold(caller, callee, atCallee), onHold(callee, caller, atCaller))));
        })));
    }

    private SpeechVerdict speech(CallLeg mouth, CallLeg ear, Recording heard) {
        return speech.judge(
                mouth.talk, heard.samples(), heard.from(), ear.speech.spans(heard.from()), stalls(heard, heard.from()));
    }

    private SilenceVerdict onHold(CallLeg mouth, CallLeg ear, Recording heard) {
        return silence.judge(mouth.talk, heard.samples(), heard.from(), ear.silence.spans(heard.from()));
    }

    /** When a recording may have gaps that are the machine's, in samples since a position of the clock. */
    static List<Span> stalls(Recording recording, long from) {
        return recording.stalls().stream().map(stall -> span(stall, from)).toList();
    }

    private static Span span(Stall stall, long recordedFrom) {
        int from = (int) Math.max(0, stall.from() - SpeechClip.FRAME - recordedFrom);
        return new Span(from, (int) Math.max(from, stall.to() + AFTERMATH - recordedFrom));
    }
}
