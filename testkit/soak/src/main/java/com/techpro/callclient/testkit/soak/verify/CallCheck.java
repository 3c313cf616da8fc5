// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.verify;

import com.techpro.callclient.testkit.soak.speech.AudioClock.Stall;
import com.techpro.callclient.testkit.soak.speech.SoakAudio.Recording;
import com.techpro.callclient.testkit.soak.speech.SpeechClip;
import com.techpro.callclient.testkit.soak.speech.SpeechClip.Rate;
import com.techpro.callclient.testkit.soak.speech.SpeechSource;
import java.time.Duration;
import java.util.List;

/**
 * Judges what one ear of a call heard: whether the far end's voice was there whenever it was due, from the first word to the last, and whether nobody was to be
 * heard on hold. All times are those of the one clock that both ends' sound cards tick by. Thread-safe.
 */
public final class CallCheck {
    /** So long after a stall its gap is heard at the latest: one way, and until the delay has settled. */
    private static final int AFTERMATH = SpeechClip.SAMPLE_RATE * 3 / 10;
    /** What a stall costs beyond its own length: the frames at its two edges, of which it takes a part each. */
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
     * What there is to judge one ear by.
     *
     * @param far what the far end said all along
     * @param heard what the speaker here played; where it played nothing, nothing was heard
     * @param speechDue when both ends were talking: what is said from its begin on must be heard here, all that comes here until its end
     * @param silenceDue when nothing may be heard
     * @param fidelity of what lies between the two ends
     * @param lost sound of which sequence numbers show that it never came: no stall excuses that
     */
    public record Ear(
            SpeechSource far,
            Recording heard,
            List<Period> speechDue,
            List<Period> silenceDue,
            Fidelity fidelity,
            Duration lost) {
        /** Of a call in G.711 that lost nothing. */
        public Ear(SpeechSource far, Recording heard, List<Period> speechDue, List<Period> silenceDue) {
            this(far, heard, speechDue, silenceDue, Fidelity.TELEPHONE, Duration.ZERO);
        }
    }

    /** Whether it heard what the far end said. */
    public SpeechVerdict speech(Ear ear) {
        return judge(speech, ear);
    }

    /** Likewise of two whose calls went on with each other, in place of others. */
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

    /** Whether it was left in peace on hold. */
    public SilenceVerdict onHold(Ear ear) {
        if (ear.silenceDue.isEmpty()) {
            return silence.judge(ear.far, new short[0], 0, List.of());
        }
        long origin = origin(ear.heard, ear.silenceDue);
        return silence.judge(ear.far, since(origin, ear.heard, Rate.NARROWBAND), origin, spans(ear.silenceDue, origin));
    }

    /**
     * What a stall can explain of a recording's gaps.
     *
     * @param from the position of the clock at its first sample
     */
    public static Excuse excuse(Stall stall, long from) {
        int begin = (int) Math.max(0, stall.from() - SpeechClip.FRAME - from);
        int end = (int) Math.max(begin, stall.to() + AFTERMATH - from);
        return new Excuse(new Span(begin, end), (int) stall.cost() + EDGES);
    }

    /** Before the first sound as well as before the first time something was due: a speaker that begins late has been silent till then. */
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
