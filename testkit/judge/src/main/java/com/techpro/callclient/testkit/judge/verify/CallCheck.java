// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.verify;

import com.techpro.callclient.testkit.judge.speech.Recording;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.speech.SpeechClip.Rate;
import com.techpro.callclient.testkit.judge.speech.SpeechSource;
import com.techpro.callclient.testkit.judge.speech.Stall;
import java.time.Duration;
import java.util.List;

/**
 * Judges what one end of a call heard: whether the far end's voice was there whenever it was due,
 * from the first word to the last, and whether a hold was silent. All times are those of the clock
 * that drives both ends' sound cards. Thread-safe.
 */
public final class CallCheck {
    /**
     * A stall's gap is heard at most this long after the stall: the one-way delay, and the time
     * until it settles.
     */
    private static final int AFTERMATH = SpeechClip.SAMPLE_RATE * 3 / 10;
    /** Samples that a stall costs beyond its length: a part of the frame at each edge. */
    private static final int EDGES = 2 * SpeechClip.FRAME;

    private static final int BEFORE = 2 * SpeechClip.FRAME;

    private final SpeechCheck speech;
    private final SpeechCheck speechAfterMove;
    private final SilenceCheck silence = new SilenceCheck();

    public CallCheck(SpeechLimits limits) {
        this.speech = new SpeechCheck(limits);
        this.speechAfterMove = new SpeechCheck(limits.afterMove());
    }

    /**
     * The material to judge one end.
     *
     * @param far what the far end said all along
     * @param heard what the speaker here played; elsewhere it was silent
     * @param speechDue when both ends were talking: speech from a period's begin on must be heard,
     *     as far as it arrives before the period's end
     * @param silenceDue when nothing may be heard
     * @param fidelity of the path between the ends
     * @param lost samples that never came, by sequence numbers; no stall excuses these
     */
    public record Ear(
            SpeechSource far,
            Recording heard,
            List<Period> speechDue,
            List<Period> silenceDue,
            Fidelity fidelity,
            Duration lost) {
        /** Creates the material of a call in G.711 without loss. */
        public Ear(SpeechSource far, Recording heard, List<Period> speechDue, List<Period> silenceDue) {
            this(far, heard, speechDue, silenceDue, Fidelity.TELEPHONE, Duration.ZERO);
        }
    }

    /** Judges whether it heard what the far end said. */
    public SpeechVerdict speech(Ear ear) {
        return judge(speech, ear);
    }

    /** As {@link #speech}, for two ends that a transfer or pickup connected. */
    public SpeechVerdict speechAfterMove(Ear ear) {
        return judge(speechAfterMove, ear);
    }

    private static SpeechVerdict judge(SpeechCheck speech, Ear ear) {
        if (ear.fidelity.equals(Fidelity.TELEPHONE)) {
            SpeechVerdict unchanged = speech.judgeUnchanged(ear.far, ear.heard, ear.speechDue);
            if (unchanged != null) {
                return unchanged;
            }
        }
        long origin = origin(ear.heard, ear.speechDue);
        List<Span> due = spans(ear.speechDue, origin);
        List<Excuse> excuses =
                ear.heard.stalls().stream().map(stall -> excuse(stall, origin)).toList();
        short[] heard = since(origin, ear.heard, Rate.WIDEBAND);
        return speech.judge(ear.far, heard, origin, due, excuses, ear.fidelity, ear.lost);
    }

    /** Judges whether it heard nothing during holds. */
    public SilenceVerdict onHold(Ear ear) {
        if (ear.silenceDue.isEmpty()) {
            return silence.judge(ear.far, new short[0], 0, List.of());
        }
        long origin = origin(ear.heard, ear.silenceDue);
        return silence.judge(ear.far, since(origin, ear.heard, Rate.NARROWBAND), origin, spans(ear.silenceDue, origin));
    }

    /**
     * Returns the part of a recording's gaps that a stall can explain.
     *
     * @param from the clock's position at the recording's first sample
     */
    public static Excuse excuse(Stall stall, long from) {
        int begin = (int) Math.max(0, stall.from() - SpeechClip.FRAME - from);
        int end = (int) Math.max(begin, stall.to() + AFTERMATH - from);
        return new Excuse(new Span(begin, end), (int) stall.cost() + EDGES);
    }

    /**
     * Returns a position before the first sound and before the first due speech, because a speaker
     * that begins late was silent until then.
     */
    private static long origin(Recording heard, List<Period> due) {
        long first = due.stream().mapToLong(Period::from).min().orElse(Math.max(0, heard.from()));
        return (heard.from() < 0 ? first : Math.min(first, heard.from())) - BEFORE;
    }

    private static short[] since(long origin, Recording heard, Rate rate) {
        return heard.samples().length == 0
                ? heard.samples()
                : heard.afterSilence(rate, (int) (heard.from() - origin) * rate.factor());
    }

    private static List<Span> spans(List<Period> periods, long origin) {
        return periods.stream()
                .map(period -> new Span((int) (period.from() - origin), (int) (period.to() - origin)))
                .toList();
    }
}
