// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.statistics;

import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.engine.call.QualitySample;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The estimated MOS of call ends, or of calls by their lower end, with and without those ends that
 * stalls of the machine may have lowered. Owned by the soak's loop.
 */
final class MosOfEnds {
    private static final long MOST_THOUSANDTHS = 5_000;

    /** In thousandths. */
    private final Histogram all = new Histogram(MOST_THOUSANDTHS, 3);

    /** The same without the ends in which the machine stalled; null if this is that already. */
    private final @Nullable MosOfEnds unstalled;

    MosOfEnds() {
        this(new MosOfEnds(null));
    }

    private MosOfEnds(@Nullable MosOfEnds unstalled) {
        this.unstalled = unstalled;
    }

    /**
     * Adds an end or a call.
     *
     * @param mos its lowest figure
     * @param unstalled its lowest figure without ends that stalls may have lowered; infinite if
     *     none is left
     */
    void add(double mos, double unstalled) {
        all.recordValue(Math.round(1000 * mos));
        if (this.unstalled != null && unstalled < Double.POSITIVE_INFINITY) {
            this.unstalled.add(unstalled, unstalled);
        }
    }

    /** Returns an end's figure: if stalls may have lowered it, that of its best second. */
    static double figure(CallQuality end, double mos, boolean stalled) {
        return stalled
                ? end.history().stream()
                        .mapToDouble(QualitySample::mos)
                        .max()
                        .orElse(end.latest().mos())
                : mos;
    }

    /** Returns the mean of an end's seconds. */
    static double mean(CallQuality end) {
        return end.history().stream()
                .mapToDouble(QualitySample::mos)
                .average()
                .orElse(end.latest().mos());
    }

    long count() {
        return all.getTotalCount();
    }

    /** Returns how many have nothing but ends in which the machine stalled. */
    long stalled() {
        return count() - unstalled().count();
    }

    MosOfEnds unstalled() {
        return unstalled == null ? this : unstalled;
    }

    /** Returns the lowest; infinite if there is none. */
    double lowest() {
        return count() == 0 ? Double.POSITIVE_INFINITY : all.getMinValue() / 1000.0;
    }

    /**
     * Returns the lowest of 99 of 100; infinite if there is none. A hiccup in a short call says
     * little: of ten and more one may be lower, down to the limit of the worst. Of fewer, each
     * counts.
     */
    double lowestOf99() {
        long count = count();
        long lower = count < 10 ? 0 : Math.max(1, count / 100);
        return count == 0 ? Double.POSITIVE_INFINITY : all.getValueAtPercentile(100 * (lower + 0.5) / count) / 1000.0;
    }
}
