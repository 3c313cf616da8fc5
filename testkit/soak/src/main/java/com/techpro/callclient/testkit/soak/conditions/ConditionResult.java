// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.conditions;

import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.testkit.soak.run.JudgedCall;
import com.techpro.callclient.testkit.soak.verify.SpeechVerdict;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What calls in one codec over one network came to. Means are of what was heard at all: of a call that nobody answered there is no score. Immutable.
 *
 * @param network what they went over
 * @param codec the encoding name that was asked for
 * @param calls each of them
 */
public record ConditionResult(NetworkCondition network, String codec, List<JudgedCall> calls) {
    private static final int EARS = 2;

    public ConditionResult {
        calls = List.copyOf(calls);
    }

    /** Two for each call, whether or not anybody was heard. */
    public int directions() {
        return EARS * calls.size();
    }

    /** In how many directions all was heard that was said. */
    public int verified() {
        return (int) heard().filter(SpeechVerdict::verified).count();
    }

    /** What listeners would think of it, 1 to 5; not a number if nothing was heard. */
    public double score() {
        return mean(SpeechVerdict::score);
    }

    /** How much of the speech was missing, in percent; not a number if nothing was heard. */
    public double missingPercent() {
        return mean(SpeechVerdict::gapPercent);
    }

    /** In how much of its place another sound was heard, in percent; not a number if nothing was heard. */
    public double otherPercent() {
        return mean(SpeechVerdict::guessedPercent);
    }

    /** One way, from mouth to ear; zero if nothing was heard. */
    public Duration delay() {
        double millis = mean(verdict -> verdict.delay().toMillis());
        return Duration.ofMillis(Double.isNaN(millis) ? 0 : Math.round(millis));
    }

    /** What the engine itself estimates (ITU-T G.107, and G.107.1 for wideband codecs), 1 to 4.5; not a number if it has no figures. */
    public double mos() {
        return calls.stream()
                .flatMap(call -> call.quality().stream())
                .mapToDouble(CallQuality::mos)
                .average()
                .orElse(Double.NaN);
    }

    /** How often each verdict came that is not {@link SpeechVerdict.Outcome#VERIFIED}, and each problem of a call, by their stable words. */
    public Map<String, Integer> faults() {
        Map<String, Integer> faults = new TreeMap<>();
        heard().filter(verdict -> !verdict.verified())
                .forEach(verdict -> faults.merge(verdict.outcome().code(), 1, Integer::sum));
        for (JudgedCall call : calls) {
            String problem = call.problem();
            if (problem != null) {
                faults.merge(problem, 1, Integer::sum);
            }
        }
        return faults;
    }

    private Stream<SpeechVerdict> heard() {
        return calls.stream().flatMap(call -> call.heard().stream());
    }

    private double mean(ToDoubleFunction<SpeechVerdict> figure) {
        return heard().mapToDouble(figure).average().orElse(Double.NaN);
    }

    /** As a line of {@link ConditionTable}. */
    @Override
    public String toString() {
        return ConditionTable.line(
                network.name(),
                codec,
                verified() + " of " + directions(),
                figure("%.1f", score()),
                figure("%.1f %%", missingPercent()),
                figure("%.1f %%", otherPercent()),
                delay().isZero() ? "none" : delay().toMillis() + " ms",
                figure("%.1f", mos()),
                faults().entrySet().stream()
                        .map(fault -> fault.getValue() + " " + fault.getKey())
                        .collect(Collectors.joining(", ")));
    }

    private static String figure(String format, double value) {
        return Double.isNaN(value) ? "none" : String.format(Locale.ROOT, format, value);
    }
}
