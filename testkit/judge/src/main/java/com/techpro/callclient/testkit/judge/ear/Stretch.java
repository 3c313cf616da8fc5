// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.ear;

import java.time.Duration;

/**
 * A time in which speech is due. Speech from its begin on must be heard, as far as it arrives
 * before its end.
 *
 * @param from the first sample, of 16 kHz, since the first one heard; negative if it began before
 *     anything was heard
 * @param to the first sample after it
 * @param adaptation how long another sound, but not silence, may replace the first word's
 *     beginning, while a decoder that begins within a stream adapts
 */
public record Stretch(int from, int to, Duration adaptation) {
    public Stretch {
        if (to < from) {
            throw new IllegalArgumentException("from " + from + " to " + to);
        }
    }

    /** Returns the first step whose window begins within the stretch. */
    int firstStep() {
        return Math.floorDiv(from + 2 * Bands.STEP - 1, Bands.STEP);
    }

    /** Returns the first step whose window reaches beyond the stretch. */
    int endStep() {
        return Math.floorDiv(to, Bands.STEP);
    }
}
