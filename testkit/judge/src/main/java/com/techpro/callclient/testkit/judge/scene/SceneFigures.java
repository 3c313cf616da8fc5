// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.scene;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a voice processor made of a scene.
 *
 * @param values only of what the scene asks
 * @param latency of the output, in milliseconds
 */
public record SceneFigures(Map<Measure, Double> values, double latency) {
    public SceneFigures {
        Map<Measure, Double> copy = new EnumMap<>(Measure.class);
        copy.putAll(values);
        values = Collections.unmodifiableMap(copy);
    }

    /** Returns one of them; NaN if the scene does not ask. */
    public double of(Measure measure) {
        return values.getOrDefault(measure, Double.NaN);
    }

    /** Returns whether one of the echo's windows is worse than in the other's figures. */
    public boolean leavesMoreEchoThan(SceneFigures other) {
        return values.keySet().stream()
                .anyMatch(measure -> measure.isEchoWindow() && measure.isWorse(of(measure), other.of(measure)));
    }
}
