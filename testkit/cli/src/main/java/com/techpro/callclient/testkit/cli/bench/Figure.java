// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

/**
 * One thing measured.
 *
 * @param target at most this; NaN if there is none
 * @param how what was counted, and over what
 */
public record Figure(String name, double value, String unit, double target, String how) {
    /** Whether the target is met; one without a target is. */
    public boolean met() {
        return Double.isNaN(target) || value <= target;
    }
}
