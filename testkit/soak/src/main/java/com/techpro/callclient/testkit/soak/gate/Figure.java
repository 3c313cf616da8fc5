// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.gate;

/**
 * What a gate measured, for programs.
 *
 * @param value what was found; not a number if there was nothing to measure
 * @param limit up to which, or from which on, it is right
 * @param unit such as {@code %} or {@code ms}; empty for a count
 */
public record Figure(double value, double limit, String unit, Bound bound) {
    /** On which side of the limit the right values are. */
    public enum Bound {
        AT_MOST,
        AT_LEAST
    }

    public static Figure atMost(double value, double limit, String unit) {
        return new Figure(value, limit, unit, Bound.AT_MOST);
    }

    /** How many of all, in percent; all of them are right. Counts of two runs cannot be compared, shares can. */
    public static Figure share(long part, long whole) {
        return new Figure(percent(part, whole), 100, "%", Bound.AT_LEAST);
    }

    /** Not a number if the whole is nothing. */
    public static double percent(long part, long whole) {
        return whole == 0 ? Double.NaN : 100.0 * (double) part / (double) whole;
    }

    /** How much worse this is than another value of the same gate, in the figure's unit; negative if it is better. */
    public double worseBy(double before) {
        return bound == Bound.AT_MOST ? value - before : before - value;
    }
}
