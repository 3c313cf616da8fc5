// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.fault;

import java.util.concurrent.atomic.AtomicInteger;

/** Which of all that fits a rule goes wrong: not the first so many, and not more than so many. */
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

    /** Whether nothing more goes wrong. */
    boolean spent() {
        return seen.get() >= skipped && seen.get() - skipped >= most;
    }

    /** Counts one that fits; whether it goes wrong. */
    boolean next() {
        return seen.getAndIncrement() >= skipped;
    }
}
