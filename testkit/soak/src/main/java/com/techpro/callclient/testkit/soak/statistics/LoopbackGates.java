// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.statistics;

import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.testkit.judge.verify.SpeechLimits;
import com.techpro.callclient.testkit.judge.verify.SpeechVerdict;
import com.techpro.callclient.testkit.judge.verify.SpeechVerdict.Outcome;
import com.techpro.callclient.testkit.soak.driver.CallResult;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.settings.CallLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * The quality gates of calls: counts what the table of {@link CallBound} judges. Only the effect of
 * stalls proven to be another program's is subtracted from a call's figures, and never packets that
 * sequence numbers show as lost. Owned by the soak's loop.
 */
public final class LoopbackGates {
    private static final double FRAME_MILLIS = 20;
    /** Besides its own length a stall costs part of the frames at its two edges. */
    private static final int EDGE_FRAMES = 1;
    /** If stalls cost a call more than this, they lowered its estimated MOS. */
    private static final double MOST_STALLED_PERCENT = 1;

    /** If little or nothing of the speech was heard, its level and band mean nothing. */
    private static final Set<Outcome> BEFORE_LEVEL = EnumSet.of(
            Outcome.TOO_SHORT,
            Outcome.NOTHING_HEARD,
            Outcome.OTHER_SOUND,
            Outcome.GAPS,
            Outcome.CLIPPED_BEGINNING,
            Outcome.WRONG_SPEED,
            Outcome.MACHINE_STALLED);

    /** The path between the two ends. */
    public enum Way {
        /** Only this machine. */
        OURS("default for the embedded phone system"),
        /** A foreign phone system and network. */
        OTHERS("default for another phone system"),
        /** The run itself impairs packets: only limits set by the user apply. */
        IMPAIRED("");

        private final String source;

        Way(String source) {
            this.source = source;
        }

        String source() {
            return source;
        }
    }

    long calls;
    /** Consultations among these, which were not due by the clock. */
    long consultations;

    long made;
    long busy;
    private long sent;
    private long lost;
    private double late;
    private double concealed;
    private double inserted;
    /** The mean of each call's lower end. */
    final MosOfEnds mos = new MosOfEnds();
    /** The last figure of each end. */
    final MosOfEnds lastMos = new MosOfEnds();

    final DurationHistogram delays = new DurationHistogram();
    final DurationHistogram setUps = new DurationHistogram();
    private double askedFor;
    boolean levelled;
    double quietest = Double.POSITIVE_INFINITY;
    double narrowest = SpeechLimits.WIDEST_BAND;

    /** A call was due, but no two extensions were free. */
    public void noneFree() {
        busy++;
    }

    /** Sets how many calls were due in all. */
    public void askedFor(double due) {
        askedFor = due;
    }

    void attempted() {
        calls++;
    }

    /** A call was made within another. */
    void consulted() {
        calls++;
        consultations++;
    }

    void add(CallResult call) {
        Duration setUp = call.setUp();
        if (setUp == null) {
            return;
        }
        made++;
        double stalled = millis(call.stalls().cost());
        double explained =
                stalled / FRAME_MILLIS + (double) EDGE_FRAMES * call.stalls().count();
        setUps.add(setUp.minus(call.stalls().longest()));
        double lowest = Double.POSITIVE_INFINITY;
        double unstalled = Double.POSITIVE_INFINITY;
        for (CallQuality end : call.quality()) {
            sent += end.sending().packets();
            lost += end.receiving().lost();
            late += unexplained(end, quality -> quality.receiving().late(), explained);
            concealed += unexplained(end, quality -> quality.receiving().framesConcealed(), explained);
            long unsent = end.receiving().framesConcealed() - end.receiving().lost();
            boolean held =
                    (unsent > 0 && unsent <= explained) || 100 * stalled > MOST_STALLED_PERCENT * millis(call.talked());
            double mean = MosOfEnds.figure(end, MosOfEnds.mean(end), held);
            lowest = Math.min(lowest, mean);
            unstalled = held ? unstalled : Math.min(unstalled, mean);
            lastMos.add(
                    MosOfEnds.figure(end, end.latest().mos(), held),
                    held ? Double.POSITIVE_INFINITY : end.latest().mos());
        }
        if (lowest < Double.POSITIVE_INFINITY) {
            mos.add(lowest, unstalled);
        }
        for (SpeechVerdict ear : call.heard()) {
            inserted += Math.max(0, millis(ear.inserted()) / FRAME_MILLIS - explained);
            if (ear.verified()) {
                delays.add(ear.delay().minus(call.stalls().longest()));
            }
        }
    }

    /** Adds one direction of a call, or of a transferred one. */
    void add(SpeechVerdict heard) {
        if (!BEFORE_LEVEL.contains(heard.outcome())) {
            levelled = true;
            quietest = Math.min(quietest, heard.levelDb());
            narrowest = Math.min(narrowest, heard.bandHertz());
        }
    }

    /** Returns the gates for such a path; set limits replace the defaults. */
    public List<Gate> gates(Way way, CallLimits set) {
        List<Gate> gates = new ArrayList<>();
        for (CallBound bound : CallBound.values()) {
            bound.limit(way, set).ifPresent(limit -> gates.add(bound.gate(this, limit)));
        }
        return gates;
    }

    double lostPercent() {
        return percent((double) lost, (double) sent);
    }

    double latePercent() {
        return percent(late, (double) sent);
    }

    double concealedPercent() {
        return percent(concealed, (double) sent);
    }

    double insertedPercent() {
        return percent(inserted, (double) sent);
    }

    double attemptedPercent() {
        return percent((double) (calls - consultations + busy), askedFor);
    }

    private static double unexplained(CallQuality end, ToLongFunction<CallQuality> count, double explained) {
        return Math.max(0, (double) count.applyAsLong(end) - explained);
    }

    static double percent(double part, double whole) {
        return whole == 0 ? 0 : 100 * part / whole;
    }

    static double millis(Duration time) {
        return time.toNanos() / 1e6;
    }
}
