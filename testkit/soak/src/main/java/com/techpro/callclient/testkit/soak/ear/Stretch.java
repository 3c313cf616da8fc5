// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.ear;

import java.time.Duration;

/**
 * A time in which speech is due: what is said from its begin on has to be heard, as far as it comes before its end.
 *
 * @param from the first sample, of 16 kHz, since the first one heard; negative if it began before anything was heard
 * @param to the first sample after it
 * @param adaptation how long another sound may be heard in place of the first word's beginning, silence may not: a decoder that begins in the middle of a stream
 */
public record Stretch(int from, int to, Duration adaptation) {
    public Stretch {
        if (to < from) {
            throw new IllegalArgumentException("from " + from + " to " + to);
        }
    }

    /** The first step that looks at nothing before it. */
    int firstStep() {
        return Math.floorDiv(from + 2 * Bands.STEP - 1, Bands.STEP);
    }

    /** The first step that looks at something after it. */
    int endStep() {
        return Math.floorDiv(to, Bands.STEP);
    }
}
