// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.statistics;

import com.techpro.callclient.testkit.soak.report.SoakReport.Spread;
import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Times up to five minutes, in constant memory. */
public final class DurationHistogram {
    private static final long MOST_MICROS = Duration.ofMinutes(5).toNanos() / 1000;

    private final Histogram micros;

    /** With a precision of a thousandth. */
    DurationHistogram() {
        this(3);
    }

    /** @param digits of its precision */
    DurationHistogram(int digits) {
        micros = new Histogram(MOST_MICROS, digits);
        micros.setAutoResize(false);
    }

    void add(Duration time) {
        micros.recordValue(Math.max(0, Math.min(time.toNanos() / 1000, MOST_MICROS)));
    }

    long count() {
        return micros.getTotalCount();
    }

    /** Returns the time that this share of them do not exceed, in milliseconds. */
    double millisAt(double percent) {
        return micros.getValueAtPercentile(percent) / 1000.0;
    }

    Spread spread() {
        return new Spread(count(), millisAt(50), millisAt(99), micros.getMaxValue() / 1000.0);
    }

    public static Spread spreadOf(List<Duration> times) {
        DurationHistogram all = new DurationHistogram();
        times.forEach(all::add);
        return all.spread();
    }
}
