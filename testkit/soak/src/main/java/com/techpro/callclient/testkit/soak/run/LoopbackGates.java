// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.testkit.soak.gate.Figure;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.verify.SpeechVerdict;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/**
 * What calls through this machine alone must be like: a figure and its limit each, in one table. What stalls that are proven to be another program's have cost
 * a call is taken off that call's figures, and nothing else is. Of the soak's loop.
 */
final class LoopbackGates {
    private static final double FRAME_MILLIS = 20;
    /** Beyond its own length a stall costs a part of the frames at its two edges. */
    private static final int EDGE_FRAMES = 1;
    /** The E-model's estimate says nothing of a call of which stalls have cost so much. */
    private static final double MOST_STALLED_PERCENT = 1;

    /** The table. */
    @SuppressWarnings("ImmutableEnumChecker") // what reads a figure has no state
    enum Bound {
        LOST("packets-lost", "packets lost", "%.2f %%", 0.1, true, LoopbackGates::lostPercent),
        LATE("packets-late", "packets late", "%.2f %%", 0.5, true, LoopbackGates::latePercent),
        CONCEALED("frames-concealed", "frames concealed", "%.2f %%", 1, true, LoopbackGates::concealedPercent),
        INSERTED("frames-inserted", "frames inserted", "%.2f %%", 1, true, LoopbackGates::insertedPercent),
        DELAY("one-way-delay-median", "one-way delay, median", "%.0f ms", 120, true, gates -> at(50, gates.delays)),
        LONGEST_DELAY(
                "one-way-delay-p99",
                "one-way delay, 99 of 100 directions",
                "%.0f ms",
                200,
                true,
                gates -> at(99, gates.delays)),
        /** From 4.0 on users are satisfied (ITU-T G.107 annex B). */
        MOS(
                "mos-p99",
                "estimated MOS, 99 of 100 ends",
                "%.2f",
                4.0,
                false,
                gates -> gates.mos.getValueAtPercentile(1) / 1000.0),
        /** An end's last figure is of its last second, which some frames that are made up bring down; from 3.6 on most users are satisfied. */
        WORST_MOS("mos-worst", "estimated MOS, worst", "%.2f", 3.6, false, gates -> gates.mos.getMinValue() / 1000.0),
        SET_UP("set-up-time-median", "set-up time, median", "%.0f ms", 150, true, gates -> at(50, gates.setUps)),
        LONGEST_SET_UP(
                "set-up-time-p99",
                "set-up time, 99 of 100 calls",
                "%.0f ms",
                1000,
                true,
                gates -> at(99, gates.setUps)),
        MADE(
                "calls-made",
                "calls made, of those attempted",
                "%.1f %%",
                100,
                false,
                gates -> percent((double) gates.made, (double) gates.calls)),
        ATTEMPTED(
                "calls-attempted",
                "calls attempted when due, if two extensions were free",
                "%.1f %%",
                95,
                false,
                LoopbackGates::attemptedPercent);

        private final String id;
        private final String title;
        private final String format;
        private final double limit;
        private final boolean atMost;
        private final ToDoubleFunction<LoopbackGates> figure;

        Bound(
                String id,
                String title,
                String format,
                double limit,
                boolean atMost,
                ToDoubleFunction<LoopbackGates> figure) {
            this.id = id;
            this.title = title;
            this.format = format;
            this.limit = limit;
            this.atMost = atMost;
            this.figure = figure;
        }

        private String note(LoopbackGates gates) {
            return switch (this) {
                case MOS -> gates.mos.getTotalCount() + " of " + 2 * gates.made + " ends judged, where nothing stalled";
                case ATTEMPTED ->
                    gates.calls - gates.consultations + " calls"
                            + (gates.busy == 0 ? "" : ", " + gates.busy + " times no two extensions were free");
                default -> "";
            };
        }

        private String unit() {
            return format.endsWith("%%") ? "%" : format.endsWith("ms") ? "ms" : "";
        }

        private Gate gate(LoopbackGates gates) {
            boolean judged = gates.made > 0 && ((this != MOS && this != WORST_MOS) || gates.mos.getTotalCount() > 0);
            double found = judged ? figure.applyAsDouble(gates) : Double.NaN;
            Gate gate = Gate.of(
                            id,
                            title,
                            judged ? String.format(Locale.ROOT, format, found) : "none",
                            (atMost ? "at most " : "at least ") + String.format(Locale.ROOT, format, limit),
                            atMost ? found <= limit : found >= limit,
                            note(gates))
                    .measuredAs(
                            new Figure(found, limit, unit(), atMost ? Figure.Bound.AT_MOST : Figure.Bound.AT_LEAST));
            return judged ? gate : gate.notJudged("there was nothing to judge it by");
        }
    }

    private long calls;
    /** Of these: they were not due by the clock. */
    private long consultations;

    private long made;
    private long busy;
    private long sent;
    private double lost;
    private double late;
    private double concealed;
    private double inserted;
    /** In thousandths. */
    private final Histogram mos = RunStatistics.micros();

    private final Histogram delays = RunStatistics.micros();
    private final Histogram setUps = RunStatistics.micros();
    private double askedFor;

    /** A call was due, but no two extensions were free. */
    void noneFree() {
        busy++;
    }

    /** So many calls were due in all. */
    void askedFor(double due) {
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

    void add(CallRecord call) {
        Duration setUp = call.setUp();
        if (setUp == null) {
            return;
        }
        made++;
        double stalled = millis(call.stalls().cost());
        double explained =
                stalled / FRAME_MILLIS + (double) EDGE_FRAMES * call.stalls().count();
        record(setUps, setUp.minus(call.stalls().longest()));
        for (CallQuality end : call.quality()) {
            sent += end.packetsSent();
            lost += unexplained(end, CallQuality::packetsLost, explained);
            late += unexplained(end, CallQuality::packetsLate, explained);
            concealed += unexplained(end, CallQuality::framesConcealed, explained);
            if (100 * stalled <= MOST_STALLED_PERCENT * millis(call.talked())) {
                mos.recordValue(Math.round(end.mos() * 1000));
            }
        }
        for (SpeechVerdict ear : call.heard()) {
            inserted += Math.max(0, millis(ear.inserted()) / FRAME_MILLIS - explained);
            if (ear.verified()) {
                record(delays, ear.delay().minus(call.stalls().longest()));
            }
        }
    }

    List<Gate> gates() {
        return Arrays.stream(Bound.values()).map(figure -> figure.gate(this)).toList();
    }

    private double lostPercent() {
        return percent(lost, (double) sent);
    }

    private double latePercent() {
        return percent(late, (double) sent);
    }

    private double concealedPercent() {
        return percent(concealed, (double) sent);
    }

    private double insertedPercent() {
        return percent(inserted, (double) sent);
    }

    private double attemptedPercent() {
        return percent((double) (calls - consultations + busy), askedFor);
    }

    private static double unexplained(CallQuality end, ToLongFunction<CallQuality> count, double explained) {
        return Math.max(0, (double) count.applyAsLong(end) - explained);
    }

    private static double percent(double part, double whole) {
        return whole == 0 ? 0 : 100 * part / whole;
    }

    private static void record(Histogram histogram, Duration time) {
        histogram.recordValue(RunStatistics.toMicros(time));
    }

    private static double at(int percent, Histogram micros) {
        return micros.getValueAtPercentile(percent) / 1000.0;
    }

    private static double millis(Duration time) {
        return time.toNanos() / 1e6;
    }
}
