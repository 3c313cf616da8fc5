// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.gate;

/**
 * One thing that had to hold.
 *
 * @param measured what was found, in words or figures
 * @param limit what would have been right
 * @param note what helps to understand a red gate; may be empty
 */
public record Gate(String name, String measured, String limit, boolean green, String note) {
    /** A count that must be back at or below where it was. */
    public static Gate backTo(String name, long before, long after) {
        return new Gate(name, Long.toString(after), "at most " + before, after <= before, "");
    }

    public static Gate of(String name, String measured, String limit, boolean green) {
        return new Gate(name, measured, limit, green, "");
    }
}
