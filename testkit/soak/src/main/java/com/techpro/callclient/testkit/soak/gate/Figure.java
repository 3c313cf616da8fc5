// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.gate;

/**
 * The measurement of a gate as numbers.
 *
 * @param value the measured value; NaN if there was nothing to measure
 * @param limit the largest or smallest right value
 * @param unit such as {@code %} or {@code ms}; empty for a count
 */
public record Figure(double value, double limit, String unit, Bound bound) {
    /** The side of the limit on which values are right. */
    public enum Bound {
        AT_MOST,
        AT_LEAST
    }

    public static Figure atMost(double value, double limit, String unit) {
        return new Figure(value, limit, unit, Bound.AT_MOST);
    }

    /**
     * Returns a share in percent that must be 100. Shares of two runs can be compared, counts
     * cannot.
     */
    public static Figure share(long part, long whole) {
        return new Figure(percent(part, whole), 100, "%", Bound.AT_LEAST);
    }

    /** Returns NaN if the whole is zero. */
    public static double percent(long part, long whole) {
        return whole == 0 ? Double.NaN : 100.0 * (double) part / (double) whole;
    }

    /**
     * Returns by how much this is worse than another value of the same gate, in the figure's unit;
     * negative if it is better.
     */
    public double worseBy(double before) {
        return bound == Bound.AT_MOST ? value - before : before - value;
    }
}
