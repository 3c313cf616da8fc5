// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import java.util.List;
import java.util.Locale;

/** The median of some rounds, and how far they differ. */
record Spread(double least, double median, double most) {
    /** @param values at least one */
    static Spread of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int last = sorted.size() - 1;
        double median = (sorted.get(last / 2) + sorted.get((last + 1) / 2)) / 2;
        return new Spread(sorted.get(0), median, sorted.get(last));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f to %.2f", least, most);
    }
}
