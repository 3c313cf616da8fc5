// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.statistics;

import com.techpro.callclient.testkit.judge.verify.SpeechVerdict;
import com.techpro.callclient.testkit.soak.gate.Figure;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.report.SoakReport;
import com.techpro.callclient.testkit.soak.script.FeatureRecord;
import com.techpro.callclient.testkit.soak.settings.CallFeature;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts the results of transfers and pickups, and has their gates. Owned by the soak's loop. */
public final class FeatureStatistics {
    private final Map<CallFeature, Sum> sums = new EnumMap<>(CallFeature.class);

    private static final class Sum {
        private final Map<String, Long> problems = new TreeMap<>();
        private final Map<String, Long> unheard = new TreeMap<>();
        private long tried;
        private long finished;
        private long done;
        /** Calls that failed because it was not done, by reason. */
        private final Map<String, Long> faultyCalls = new TreeMap<>();
        /** Directions of the completed ones, and those of others in which something was heard. */
        private long expected;

        private long directions;
        private long verified;
        private long stalled;
    }

    private Sum of(CallFeature feature) {
        return sums.computeIfAbsent(feature, key -> new Sum());
    }

    /** Counts an attempt. */
    public void tried(CallFeature feature) {
        of(feature).tried++;
    }

    void add(FeatureRecord record) {
        Sum sum = of(record.feature());
        sum.finished++;
        String problem = record.problem();
        if (problem == null) {
            sum.done++;
            sum.expected += 2;
        } else {
            sum.problems.merge(problem, 1L, Long::sum);
            sum.faultyCalls.merge(problem, (long) record.calls(), Long::sum);
            sum.expected += record.heard().size();
        }
        for (SpeechVerdict heard : record.heard()) {
            sum.directions++;
            sum.verified += heard.verified() ? 1 : 0;
            sum.stalled += heard.outcome() == SpeechVerdict.Outcome.MACHINE_STALLED ? 1 : 0;
            if (!heard.verified()) {
                sum.unheard.merge("speech " + Descriptions.of(heard), 1L, Long::sum);
            }
        }
    }

    /**
     * Returns two gates per feature with a third user: whether it was done, and whether it
     * connected the right two.
     *
     * @param enough whether there were enough calls and users for one of each
     */
    public List<Gate> gates(Set<CallFeature> features, boolean enough) {
        List<Gate> gates = new ArrayList<>();
        for (CallFeature feature : CallFeature.values()) {
            if (!feature.hasThird() || !features.contains(feature)) {
                continue;
            }
            Sum sum = of(feature);
            long judged = sum.directions - sum.stalled;
            Gate done = Gate.of(
                            feature.code() + "-done",
                            feature.title() + ", done",
                            sum.done + " of " + sum.tried,
                            enough ? "all, and at least one" : "all",
                            sum.done == sum.tried && sum.finished == sum.tried && (!enough || sum.tried > 0),
                            String.join(", ", sum.problems.keySet()))
                    .measuredAs(Figure.share(sum.done, sum.tried));
            Gate heard = Gate.of(
                            feature.code() + "-speech-heard",
                            feature.title() + ", speech heard after it",
                            sum.verified + " of " + judged,
                            enough ? "all, and at least two" : "all",
                            sum.verified == judged && sum.directions == sum.expected && (!enough || judged > 1),
                            String.join(", ", sum.unheard.keySet()))
                    .measuredAs(Figure.share(sum.verified, judged));
            gates.add(done);
            // After a feature that failed, no speech follows.
            gates.add(done.green() || sum.directions > 0 ? heard : heard.notJudged("see " + done.id()));
        }
        return gates;
    }

    /** Returns how many calls failed because a transfer or pickup was not done, by reason. */
    public Map<String, Long> faultyCalls() {
        Map<String, Long> all = new TreeMap<>();
        sums.values().forEach(sum -> sum.faultyCalls.forEach((why, count) -> all.merge(why, count, Long::sum)));
        return all;
    }

    public List<SoakReport.FeatureFigures> figures() {
        List<SoakReport.FeatureFigures> figures = new ArrayList<>();
        sums.forEach((feature, sum) -> {
            Map<String, Long> failures = new TreeMap<>(sum.problems);
            failures.putAll(sum.unheard);
            figures.add(new SoakReport.FeatureFigures(
                    feature.title(), sum.tried, sum.done, sum.directions, sum.verified, failures));
        });
        return figures;
    }
}
