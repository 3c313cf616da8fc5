// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.fault;

import java.util.concurrent.atomic.AtomicInteger;

/** Selects which matches of a rule are affected: skips the first ones and limits the number. */
final class Occurrences {
    private final AtomicInteger seen = new AtomicInteger();
    private int skipped;
    private int most = Integer.MAX_VALUE;

    void skip(int count) {
        skipped = count;
    }

    void times(int count) {
        most = count;
    }

    /** Whether the limit is reached. */
    boolean spent() {
        return seen.get() >= skipped && seen.get() - skipped >= most;
    }

    /** Counts a match; returns whether it is affected. */
    boolean next() {
        return seen.getAndIncrement() >= skipped;
    }
}
