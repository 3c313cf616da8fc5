// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.verify;

/**
 * A time on the audio clock, in samples since its start.
 *
 * @param to the first sample after it
 */
public record Period(long from, long to) {
    public Period {
        if (to < from) {
            throw new IllegalArgumentException("from " + from + " to " + to);
        }
    }
}
