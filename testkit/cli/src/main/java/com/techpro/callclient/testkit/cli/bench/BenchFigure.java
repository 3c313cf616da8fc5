// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

/**
 * One measured value.
 *
 * @param target the most it may be; NaN if there is none
 * @param how what was counted, and over what
 */
public record BenchFigure(String name, double value, String unit, double target, String how) {
    /** Returns whether the target is met; true without a target. */
    public boolean met() {
        return Double.isNaN(target) || value <= target;
    }
}
