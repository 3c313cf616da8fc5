// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.report;

import com.techpro.callclient.testkit.soak.gate.Figure;
import com.techpro.callclient.testkit.soak.gate.Gate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A comparison with an earlier run, gate by gate. Two runs of the same program differ as well. A
 * figure counts as worse or better only if it changed by more than that.
 *
 * @param baselineStartedAt when the earlier run began
 * @param differences in settings and machine, except the seed; figures of different setups say
 *     little
 */
public record RunComparison(String baselineStartedAt, List<String> differences, List<Row> rows) {
    /** A figure that should be small may be larger by this share on a shared machine. */
    static final double NOISE_AT_MOST = 0.25;
    /** A figure that should be large, a share or a MOS, may be smaller by this share. */
    static final double NOISE_AT_LEAST = 0.05;
    /** As a share of the limit: smaller figures, and smaller changes, are negligible. */
    static final double NEGLIGIBLE = 0.05;

    private static final String SEED = "seed";

    /** How a gate changed. */
    public enum Change {
        TURNED_RED("✗ was green, is red"),
        WORSE("worse"),
        STILL_RED("✗ was red, is red"),
        TURNED_GREEN("✓ was red, is green"),
        BETTER("better"),
        SIMILAR("about the same"),
        NEW("new"),
        GONE("gone"),
        NOT_COMPARED("not judged in both");

        private final String words;

        Change(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /**
     * One gate.
     *
     * @param before the earlier measurement; {@code -} if there was no such gate
     * @param now the present measurement
     * @param by the ratio of the two figures, or their difference if there is no ratio; empty
     *     without figures
     */
    public record Row(String id, String title, Change change, String before, String now, String by) {}

    public static RunComparison of(Baseline baseline, SoakReport report) {
        List<Row> rows = new ArrayList<>();
        Set<String> met = new LinkedHashSet<>();
        for (Gate now : report.gates()) {
            Gate before = baseline.gates().get(now.id());
            met.add(now.id());
            rows.add(
                    before == null
                            ? new Row(now.id(), now.title(), Change.NEW, "-", now.measured(), "")
                            : row(before, now));
        }
        baseline.gates().forEach((id, before) -> {
            if (!met.contains(id)) {
                rows.add(new Row(id, before.title(), Change.GONE, before.measured(), "-", ""));
            }
        });
        List<String> differences = new ArrayList<>();
        addDifferences(differences, baseline.settings(), report.settings());
        addDifferences(differences, baseline.machine(), report.machine());
        return new RunComparison(baseline.startedAt(), differences, rows);
    }

    /**
     * Returns how many gates turned from green to red. Like every red gate, each fails the run;
     * nothing else in a comparison does.
     */
    public long turnedRed() {
        return rows.stream().filter(row -> row.change() == Change.TURNED_RED).count();
    }

    /** Returns how many figures got worse beyond noise within their limits. */
    public long worse() {
        return rows.stream().filter(row -> row.change() == Change.WORSE).count();
    }

    private static Row row(Gate before, Gate now) {
        return new Row(now.id(), now.title(), change(before, now), before.measured(), now.measured(), by(before, now));
    }

    private static Change change(Gate before, Gate now) {
        if (before.verdict() == Gate.Verdict.NOT_JUDGED || now.verdict() == Gate.Verdict.NOT_JUDGED) {
            return Change.NOT_COMPARED;
        }
        if (before.green() != now.green()) {
            return now.green() ? Change.TURNED_GREEN : Change.TURNED_RED;
        }
        if (!now.green()) {
            return Change.STILL_RED;
        }
        Figure then = before.figure();
        Figure found = now.figure();
        if (then == null || found == null || !then.unit().equals(found.unit())) {
            return Change.SIMILAR;
        }
        double worseBy = found.worseBy(then.value());
        double share = found.bound() == Figure.Bound.AT_MOST ? NOISE_AT_MOST : NOISE_AT_LEAST;
        double noise = Math.max(share * Math.abs(then.value()), NEGLIGIBLE * Math.abs(found.limit()));
        return worseBy > noise ? Change.WORSE : -worseBy > noise ? Change.BETTER : Change.SIMILAR;
    }

    private static String by(Gate before, Gate now) {
        Figure then = before.figure();
        Figure found = now.figure();
        if (then == null
                || found == null
                || Double.isNaN(then.value())
                || Double.isNaN(found.value())
                || then.value() == found.value()) {
            return "";
        }
        return then.value() > 0 && found.value() > 0
                ? String.format(Locale.ROOT, "×%.2f", found.value() / then.value())
                : String.format(Locale.ROOT, "%+.2f %s", found.value() - then.value(), found.unit())
                        .strip();
    }

    private static void addDifferences(List<String> said, Map<String, String> before, Map<String, String> now) {
        Set<String> names = new LinkedHashSet<>(now.keySet());
        names.addAll(before.keySet());
        names.remove(SEED);
        for (String name : names) {
            String then = before.getOrDefault(name, "-");
            String found = now.getOrDefault(name, "-");
            if (!then.equals(found)) {
                said.add(name + ": " + then + " before, " + found + " now");
            }
        }
    }
}
