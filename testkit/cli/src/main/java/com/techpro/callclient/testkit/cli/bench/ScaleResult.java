// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import java.util.List;

/**
 * What one thing costs at growing sizes.
 *
 * @param title what grows
 * @param of what its size counts
 * @param sizes all that were to be measured
 * @param curves of each metric
 * @param ending why not all sizes have values; empty if they have
 */
public record ScaleResult(String title, String of, List<Integer> sizes, List<Curve> curves, String ending) {
    /**
     * One metric.
     *
     * @param values of the first sizes, as many as the machine carries
     */
    public record Curve(String metric, String unit, List<Double> values) {
        public Curve {
            values = List.copyOf(values);
        }
    }

    public ScaleResult {
        sizes = List.copyOf(sizes);
        curves = List.copyOf(curves);
    }
}
