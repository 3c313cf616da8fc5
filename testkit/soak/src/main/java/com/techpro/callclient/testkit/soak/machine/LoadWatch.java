// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.machine;

import com.techpro.callclient.testkit.soak.gate.FreeProcessors;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.function.LongFunction;

/**
 * Checks during calls whether other programs leave enough processor time, by the figures from which
 * the number of calls was chosen. Samples once a second. Not thread-safe.
 */
public final class LoadWatch {
    /** The system counts in ticks of 10 ms: a shorter time says little. */
    static final int WINDOW = 5;

    /** Returns the free processors since a start. */
    interface Free {
        double free(long nanos);
    }

    private final CallLoad load;
    private final LongFunction<Free> counter;
    private final ArrayDeque<Free> window = new ArrayDeque<>();
    private int looks;
    private int tooBusy;
    private double least;

    /** @param load what the machine carried before the calls began */
    public LoadWatch(CallLoad load) {
        this(load, nanos -> new FreeProcessors(nanos)::free);
    }

    LoadWatch(CallLoad load, LongFunction<Free> counter) {
        this.load = load;
        this.counter = counter;
        this.least = load.processors();
    }

    /**
     * Checks the last seconds.
     *
     * @param nanos now, monotonic
     * @param calls in progress
     */
    public void look(long nanos, int calls) {
        if (window.size() == WINDOW) {
            double free = window.removeFirst().free(nanos);
            looks++;
            least = Math.min(least, free);
            if (load.isTooMuch(calls, free)) {
                tooBusy++;
            }
        }
        window.add(counter.apply(nanos));
    }

    /** Returns why the machine did not carry the calls; empty if it did. */
    public String whyNot() {
        return tooBusy == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "for %d of %d s other programs left too little CPU for calls, at worst %.1f of %d processors",
                        tooBusy,
                        looks,
                        least,
                        load.processors());
    }
}
