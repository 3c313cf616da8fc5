// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.statistics;

import com.techpro.callclient.testkit.judge.verify.SpeechLimits;
import com.techpro.callclient.testkit.soak.gate.Figure;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.settings.CallLimits;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The figures that calls are judged by, each with its limits: one for calls through this machine
 * only, some elsewhere, and what the user sets instead.
 */
@SuppressWarnings("ImmutableEnumChecker") // the functions that read figures have no state
public enum CallBound {
    LOST("packets-lost", "packets lost", "%.2f %%", 0.1, true, LoopbackGates::lostPercent),
    LATE("packets-late", "packets late", "%.2f %%", 0.5, true, LoopbackGates::latePercent),
    CONCEALED("frames-concealed", "frames concealed", "%.2f %%", 1, true, LoopbackGates::concealedPercent),
    INSERTED("frames-inserted", "frames inserted", "%.2f %%", 1, true, LoopbackGates::insertedPercent),
    DELAY("one-way-delay-median", "one-way delay, median", "%.0f ms", 120, true, gates -> gates.delays.millisAt(50)),
    LONGEST_DELAY(
            "one-way-delay-p99",
            "one-way delay, 99 of 100 directions",
            "%.0f ms",
            200,
            true,
            gates -> gates.delays.millisAt(99)),
    /**
     * The mean of an end's seconds; of a call, the lower end counts, because a hiccup of this
     * machine meets both. From 4.0 on users are satisfied (ITU-T G.107 annex B).
     */
    MOS("mos-p99", "estimated MOS, 99 of 100 calls", "%.2f", 4.0, false, gates -> gates.mos.lowestOf99()),
    /**
     * An end's last figure covers its last five seconds, which a few concealed frames lower;
     * from 3.6 on most users are satisfied.
     */
    WORST_MOS("mos-worst", "estimated MOS, worst", "%.2f", 3.6, false, gates -> gates.lastMos.lowest()),
    /**
     * {@link SpeechLimits} bounds each direction at the embedded phone system; and everywhere,
     * once a limit is set.
     */
    LEVEL(
            "speech-level",
            "level of speech against what was said, quietest direction",
            "%+.1f dB",
            Double.NaN,
            false,
            gates -> gates.quietest),
    BAND("speech-band", "band of speech, narrowest direction", "%.0f Hz", Double.NaN, false, gates -> gates.narrowest),
    SET_UP("set-up-time-median", "set-up time, median", "%.0f ms", 150, true, gates -> gates.setUps.millisAt(50)),
    LONGEST_SET_UP(
            "set-up-time-p99",
            "set-up time, 99 of 100 calls",
            "%.0f ms",
            1000,
            true,
            gates -> gates.setUps.millisAt(99)),
    MADE(
            "calls-made",
            "calls made, of those attempted",
            "%.1f %%",
            100,
            false,
            gates -> LoopbackGates.percent((double) gates.made, (double) gates.calls)),
    ATTEMPTED(
            "calls-attempted",
            "calls attempted when due, if two extensions were free",
            "%.1f %%",
            95,
            false,
            LoopbackGates::attemptedPercent);

    /**
     * The limit of a figure.
     *
     * @param source where it is from
     */
    record Limit(double value, String source) {}

    private final String id;
    private final String title;
    private final String format;
    private final double limit;
    private final boolean atMost;
    private final ToDoubleFunction<LoopbackGates> figure;

    CallBound(
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
            case MOS, WORST_MOS ->
                gates.lastMos.stalled() == 0
                        ? ""
                        : "in " + gates.lastMos.stalled() + " of " + gates.lastMos.count()
                                + " ends this machine stalled: their best second counts";
            case ATTEMPTED ->
                gates.calls - gates.consultations + " calls"
                        + (gates.busy == 0 ? "" : ", " + gates.busy + " times no two extensions were free");
            default -> "";
        };
    }

    private String unit() {
        int space = format.lastIndexOf(' ');
        return space < 0 ? "" : format.substring(space + 1).replace("%%", "%");
    }

    /**
     * The default elsewhere than on this machine; NaN if there is none. ITU-T G.114 limits a
     * connection to 400 ms; below a MOS of 3.6 many users are dissatisfied (G.107 annex B).
     */
    private double elsewhere() {
        return switch (this) {
            case LOST -> 1;
            case LONGEST_DELAY -> 400;
            case MOS -> 3.6;
            case LONGEST_SET_UP -> 3_000;
            default -> Double.NaN;
        };
    }

    /** Returns the option that sets it; empty if none does. */
    public String option() {
        return switch (this) {
            case LOST -> "--max-loss";
            case MOS, WORST_MOS -> "--min-mos";
            case DELAY, LONGEST_DELAY -> "--max-delay";
            case SET_UP, LONGEST_SET_UP -> "--max-setup";
            case LEVEL -> "--min-level";
            case BAND -> "--band";
            default -> "";
        };
    }

    private @Nullable Double asked(CallLimits set) {
        return switch (this) {
            case LOST -> set.lossPercent();
            case MOS, WORST_MOS -> set.mos();
            case DELAY, LONGEST_DELAY -> millisOf(set.delay());
            case SET_UP, LONGEST_SET_UP -> millisOf(set.setUp());
            case LEVEL -> set.levelDb();
            case BAND -> set.bandHertz() == null ? null : Double.valueOf(set.bandHertz());
            default -> null;
        };
    }

    private static @Nullable Double millisOf(@Nullable Duration time) {
        return time == null ? null : LoopbackGates.millis(time);
    }

    /**
     * Whether an option sets another gate first, so that this one only must not ask for more.
     */
    private boolean follows() {
        return this == DELAY || this == WORST_MOS || this == SET_UP;
    }

    private double usual(LoopbackGates.Way way) {
        return switch (way) {
            case OURS -> limit;
            case OTHERS -> elsewhere();
            case IMPAIRED -> Double.NaN;
        };
    }

    Optional<Limit> limit(LoopbackGates.Way way, CallLimits set) {
        double usual = usual(way);
        Double asked = asked(set);
        if (asked == null || (follows() && (Double.isNaN(usual) || !isLaxer(asked, usual)))) {
            return Double.isNaN(usual) ? Optional.empty() : Optional.of(new Limit(usual, way.source()));
        }
        return Optional.of(new Limit(asked, option()));
    }

    private boolean isLaxer(double one, double other) {
        return atMost ? one > other : one < other;
    }

    /** Returns the default in words; empty if there is none. */
    public String usualInWords(LoopbackGates.Way way) {
        double usual = usual(way);
        return Double.isNaN(usual) ? "" : inWords(usual);
    }

    private String inWords(double value) {
        return (atMost ? "at most " : "at least ") + String.format(Locale.ROOT, format, value);
    }

    public String id() {
        return id;
    }

    public String title() {
        return title;
    }

    private boolean isJudged(LoopbackGates gates) {
        return gates.made > 0
                && switch (this) {
                    case MOS, WORST_MOS -> gates.mos.count() > 0;
                    case DELAY, LONGEST_DELAY -> gates.delays.count() > 0;
                    case LEVEL, BAND -> gates.levelled;
                    default -> true;
                };
    }

    private boolean holds(double found, double bound) {
        return this == BAND ? SpeechLimits.reaches((int) found, (int) bound) : atMost ? found <= bound : found >= bound;
    }

    Gate gate(LoopbackGates gates, Limit bound) {
        boolean judged = isJudged(gates);
        double found = judged ? figure.applyAsDouble(gates) : Double.NaN;
        Gate gate = Gate.of(
                        id,
                        title,
                        judged ? String.format(Locale.ROOT, format, found) : "none",
                        inWords(bound.value),
                        holds(found, bound.value),
                        note(gates))
                .measuredAs(
                        new Figure(found, bound.value, unit(), atMost ? Figure.Bound.AT_MOST : Figure.Bound.AT_LEAST))
                .limitedBy(bound.source);
        if (!judged) {
            return gate.notJudged("there was no data to judge it by");
        }
        return isLoweredByStallsOnly(gates, gate, bound) ? gate.notJudged(note(gates)) : gate;
    }

    private boolean isLoweredByStallsOnly(LoopbackGates gates, Gate gate, Limit bound) {
        return !gate.green()
                && switch (this) {
                    case MOS -> holds(gates.mos.unstalled().lowestOf99(), bound.value);
                    case WORST_MOS -> holds(gates.lastMos.unstalled().lowest(), bound.value);
                    default -> false;
                };
    }
}
