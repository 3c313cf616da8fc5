// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.testkit.soak.report.SoakReport.Sample;
import java.util.ArrayList;
import java.util.List;

/**
 * Samples over time for the charts. If there are too many, every second one is removed, so eight
 * hours fit as well as a minute.
 */
final class Series {
    private static final int MOST = 600;

    private final List<Sample> samples = new ArrayList<>();
    private int every = 1;
    private int seen;

    void add(Sample sample) {
        if (seen++ % every != 0) {
            return;
        }
        samples.add(sample);
        if (samples.size() > MOST) {
            for (int i = samples.size() - 1; i > 0; i -= 2) {
                samples.remove(i - (i % 2 == 0 ? 1 : 0));
            }
            every *= 2;
        }
    }

    List<Sample> samples() {
        return List.copyOf(samples);
    }
}
