// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.conditions;

import com.techpro.callclient.testkit.judge.verify.SpeechVerdict;
import com.techpro.callclient.testkit.soak.run.JudgedCall;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The result of calls in one codec over one network. Means count only directions in which something
 * was heard: an unanswered call has no score. Immutable.
 *
 * @param network the network of the calls
 * @param codec the requested encoding name
 * @param calls the individual calls
 */
public record ConditionResult(NetworkCondition network, String codec, List<JudgedCall> calls) {
    private static final int EARS = 2;

    public ConditionResult {
        calls = List.copyOf(calls);
    }

    /** Returns two per call, whether or not anything was heard. */
    public int directions() {
        return EARS * calls.size();
    }

    /** Returns in how many directions all speech was heard. */
    public int verified() {
        return (int) heard().filter(SpeechVerdict::verified).count();
    }

    /** Returns the estimated listener score, 1 to 5; NaN if nothing was heard. */
    public double score() {
        return mean(SpeechVerdict::score);
    }

    /** Returns the share of missing speech in percent; NaN if nothing was heard. */
    public double missingPercent() {
        return mean(SpeechVerdict::gapPercent);
    }

    /**
     * Returns the share of speech replaced by another sound, in percent; NaN if nothing was heard.
     */
    public double otherPercent() {
        return mean(SpeechVerdict::guessedPercent);
    }

    /** Returns the one-way delay; zero if nothing was heard. */
    public Duration delay() {
        double millis = mean(verdict -> verdict.delay().toMillis());
        return Duration.ofMillis(Double.isNaN(millis) ? 0 : Math.round(millis));
    }

    /**
     * Returns the engine's own estimate (ITU-T G.107, and G.107.1 for wideband codecs), 1 to 4.5;
     * NaN if it has no figures.
     */
    public double mos() {
        return calls.stream()
                .flatMap(call -> call.quality().stream())
                .mapToDouble(quality -> quality.latest().mos())
                .average()
                .orElse(Double.NaN);
    }

    /**
     * Returns the count of each verdict other than {@link SpeechVerdict.Outcome#VERIFIED} and of
     * each problem of a call, by their stable words.
     */
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

    /** Returns a line of {@link ConditionTable}. */
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
