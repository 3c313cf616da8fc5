// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import java.util.List;
import java.util.Locale;

/** The median of some rounds, and how far they differ. */
record Spread(double least, double median, double most) {
    /** @param values at least one; of an even number, the lower of the two in the middle is taken */
    static Spread of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return new Spread(sorted.get(0), sorted.get((sorted.size() - 1) / 2), sorted.get(sorted.size() - 1));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f to %.2f", least, most);
    }
}
