// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import com.techpro.callclient.testkit.cli.bench.BenchFigure.Better;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Measures one thing at growing sizes, until one is too large for the machine or for the time that
 * is left.
 */
final class ScaleRow {
    /** Of the packets due; what a machine does not move costs it nothing, and the figure would be too low. */
    static final double MOST_MISSED_PERCENT = 1;

    private final String title;
    private final String of;
    private final List<Integer> sizes;
    private final List<Metric> metrics;

    /** @param how what is counted, and over what */
    record Metric(String title, String unit, String how) {}

    /** The measured thing. */
    interface Subject {
        /**
         * Makes it as large.
         *
         * @param before the size it has
         * @return why that was not possible within the time; empty if it was
         */
        Optional<String> grow(int before, int size, Duration limit);

        /** Returns a value of each metric. */
        Sample measure(int before, int size);
    }

    /**
     * @param missedPercent of the packets due
     * @param othersPercent of the machine's processors, used by other programs
     */
    record Sample(List<Double> values, double missedPercent, double othersPercent) {}

    /**
     * @param title what grows
     * @param of what its size counts
     * @param sizes ascending
     */
    ScaleRow(String title, String of, List<Integer> sizes, List<Metric> metrics) {
        this.title = title;
        this.of = of;
        this.sizes = sizes;
        this.metrics = metrics;
    }

    /**
     * Measures.
     *
     * @param each how long a size is measured once it is reached
     * @param end when all must be over, of the same clock
     * @param nanos now, monotonic
     */
    ScaleResult run(Subject subject, Duration each, long end, LongSupplier nanos, Consumer<BenchFigure> found) {
        List<List<Double>> columns = new ArrayList<>();
        metrics.forEach(metric -> columns.add(new ArrayList<>()));
        int before = 0;
        double nanosToGrowByOne = 0;
        for (int size : sizes) {
            long began = nanos.getAsLong();
            Duration left = Duration.ofNanos(end - began).minus(each);
            if (left.toNanos() < nanosToGrowByOne * (size - before)) {
                return ended(columns, size, "there is no time left for so many", found);
            }
            Optional<String> failure = subject.grow(before, size, left);
            if (failure.isPresent()) {
                return ended(columns, size, failure.get(), found);
            }
            nanosToGrowByOne = (double) (nanos.getAsLong() - began) / (size - before);
            Sample sample = subject.measure(before, size);
            String others =
                    String.format(Locale.ROOT, "other programs used %.0f %% of the machine", sample.othersPercent());
            if (sample.missedPercent() > MOST_MISSED_PERCENT) {
                String missed = String.format(
                        Locale.ROOT, "%.0f %% of the packets due were not moved; ", sample.missedPercent());
                return ended(columns, size, missed + others, found);
            }
            for (int i = 0; i < metrics.size(); i++) {
                Metric metric = metrics.get(i);
                columns.get(i).add(sample.values().get(i));
                found.accept(new BenchFigure(
                        metric.title() + ", " + size + " " + of,
                        sample.values().get(i),
                        metric.unit(),
                        Double.NaN,
                        metric.how() + "; " + others));
            }
            before = size;
        }
        return result(columns, "");
    }

    private ScaleResult ended(List<List<Double>> columns, int size, String why, Consumer<BenchFigure> found) {
        found.accept(new BenchFigure(title + " ends at", size, "", Double.NaN, of + ": " + why).better(Better.NEITHER));
        return result(columns, "It ends at " + size + " " + of + ": " + why + ".");
    }

    private ScaleResult result(List<List<Double>> columns, String ending) {
        List<ScaleResult.Curve> curves = new ArrayList<>();
        for (int i = 0; i < metrics.size(); i++) {
            Metric metric = metrics.get(i);
            curves.add(new ScaleResult.Curve(metric.title(), metric.unit(), columns.get(i)));
        }
        return new ScaleResult(title, of, sizes, curves, ending);
    }
}
