// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

/**
 * One measured value.
 *
 * @param name "... of what" adds to the last figure whose name begins otherwise
 * @param target the most it may be; NaN if there is none
 * @param how what was counted, and over what
 * @param better which values are better
 * @param least the least of the rounds that the value is the median or mean of; NaN if it was measured once
 * @param most the most of them; NaN if it was measured once
 */
public record BenchFigure(
        String name, double value, String unit, double target, String how, Better better, double least, double most) {

    /** Which values are better. */
    public enum Better {
        LESS,
        MORE,
        /** A condition, or what another program costs. */
        NEITHER
    }

    /** Measured once, and better if it is less. */
    public BenchFigure(String name, double value, String unit, double target, String how) {
        this(name, value, unit, target, how, Better.LESS, Double.NaN, Double.NaN);
    }

    /** Returns whether the target is met; true without a target. */
    public boolean met() {
        return Double.isNaN(target) || value <= target;
    }

    /** Returns the same that is better if it is as said. */
    public BenchFigure better(Better which) {
        return new BenchFigure(name, value, unit, target, how, which, least, most);
    }

    /** Returns the same with the rounds that it was measured in. */
    BenchFigure in(Spread rounds) {
        return new BenchFigure(name, value, unit, target, how, better, rounds.least(), rounds.most());
    }
}
