// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench.results;

import com.techpro.callclient.testkit.cli.bench.BenchFigure;
import com.techpro.callclient.testkit.cli.bench.BenchFigure.Better;
import com.techpro.callclient.testkit.cli.bench.OtherLoad;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What changed since an earlier measurement. A figure changed if it differs by more than a tenth
 * and by more than its own rounds differ, then or now.
 *
 * @param differences in machine, its use by others, and settings; figures of different ones say
 *     little
 * @param worse a line for each figure
 * @param better a line for each figure
 * @param missing a line for each figure that only one of the two has
 * @param similar how many did not change
 */
public record BenchComparison(
        List<String> differences, List<String> worse, List<String> better, List<String> missing, int similar) {
    static final double NOISE = 0.1;

    private static final String PART = "...";

    /** Compares. */
    public static BenchComparison of(BenchResults before, BenchResults now) {
        List<String> differences = new ArrayList<>();
        addDifferences("another machine", before.machine(), now.machine(), differences);
        addDifferences("another measurement", before.settings(), now.settings(), differences);
        double busyBefore = busy(before.figures());
        double busyNow = busy(now.figures());
        if (Math.max(busyBefore, busyNow) > OtherLoad.MOST_PERCENT) {
            differences.add(String.format(
                    Locale.ROOT,
                    "%s: up to %.0f %% before, up to %.0f %% now; figures of a busy machine say little",
                    OtherLoad.NAME,
                    busyBefore,
                    busyNow));
        }
        Map<String, BenchFigure> then = byName(before.figures());
        Map<String, BenchFigure> found = byName(now.figures());
        Set<String> names = new LinkedHashSet<>(found.keySet());
        names.addAll(then.keySet());
        List<String> worse = new ArrayList<>();
        List<String> better = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        int similar = 0;
        for (String name : names) {
            BenchFigure one = then.get(name);
            BenchFigure other = found.get(name);
            if (one == null || other == null) {
                missing.add(name + ": only " + (one == null ? "now" : "before"));
            } else {
                double by = worseBy(one, other);
                if (Math.abs(by) <= noise(one, other)) {
                    similar++;
                } else {
                    (by > 0 ? worse : better).add(line(name, one, other));
                }
            }
        }
        return new BenchComparison(differences, worse, better, missing, similar);
    }

    /**
     * By full name, those with a value: a part's begins with what it is a part of, and of two with
     * the same name the second says so.
     */
    private static Map<String, BenchFigure> byName(List<BenchFigure> figures) {
        Map<String, BenchFigure> named = new LinkedHashMap<>();
        Map<String, Integer> times = new HashMap<>();
        String whole = "";
        for (BenchFigure figure : figures) {
            boolean part = figure.name().startsWith(PART);
            whole = part ? whole : figure.name();
            String full = part ? whole + " " + figure.name() : figure.name();
            int nth = times.merge(full, 1, Integer::sum);
            String name = nth == 1 ? full : full + " (" + nth + ")";
            // A condition is no result, and is stated more than once.
            if (figure.better() != Better.NEITHER && !Double.isNaN(figure.value())) {
                named.put(name, figure);
            }
        }
        return named;
    }

    private static double busy(List<BenchFigure> figures) {
        return figures.stream()
                .filter(figure -> figure.name().equals(OtherLoad.NAME))
                .mapToDouble(BenchFigure::value)
                .max()
                .orElse(0);
    }

    private static double worseBy(BenchFigure before, BenchFigure now) {
        double by = now.value() - before.value();
        return now.better() == Better.MORE ? -by : by;
    }

    /** Of a figure that was zero, a tenth of the target is a tenth. */
    private static double noise(BenchFigure before, BenchFigure now) {
        double size = before.value() == 0 && !Double.isNaN(now.target()) ? now.target() : before.value();
        return Math.max(NOISE * Math.abs(size), Math.max(spread(before), spread(now)));
    }

    private static double spread(BenchFigure figure) {
        double spread = figure.most() - figure.least();
        return Double.isNaN(spread) ? 0 : spread;
    }

    private static String line(String name, BenchFigure before, BenchFigure now) {
        String by = before.value() == 0
                ? ""
                : String.format(Locale.ROOT, ", %+.0f %%", 100 * (now.value() / before.value() - 1));
        return String.format(
                Locale.ROOT,
                "%s: %.2f %s before, %.2f %s now%s",
                name,
                before.value(),
                before.unit(),
                now.value(),
                now.unit(),
                by);
    }

    private static void addDifferences(
            String what, Map<String, String> before, Map<String, String> now, List<String> said) {
        Set<String> names = new LinkedHashSet<>(now.keySet());
        names.addAll(before.keySet());
        for (String name : names) {
            String then = before.getOrDefault(name, "-");
            String found = now.getOrDefault(name, "-");
            if (!then.equals(found)) {
                said.add(what + ", " + name + ": " + then + " before, " + found + " now");
            }
        }
    }

    /** Returns it for a terminal, a line for each change. */
    public String text() {
        StringBuilder text = new StringBuilder();
        differences.forEach(line -> text.append(line).append('\n'));
        worse.forEach(line -> text.append("worse: ").append(line).append('\n'));
        better.forEach(line -> text.append("better: ").append(line).append('\n'));
        missing.forEach(line -> text.append("not compared: ").append(line).append('\n'));
        return text.append(String.format(
                        Locale.ROOT,
                        "Compared with the baseline, %d worse, %d better, %d about the same.\n",
                        worse.size(),
                        better.size(),
                        similar))
                .toString();
    }
}
