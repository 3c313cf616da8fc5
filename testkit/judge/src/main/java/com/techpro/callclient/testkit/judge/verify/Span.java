// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.verify;

/**
 * A time in which speech was due, in samples since the first one heard.
 *
 * @param from negative for speech before the first heard sample
 * @param to the first sample after it
 */
public record Span(int from, int to) {
    public Span {
        if (to < from) {
            throw new IllegalArgumentException("from " + from + " to " + to);
        }
    }

    boolean overlaps(int start, int end) {
        return start < to && end > from;
    }
}
