// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.signalling;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counters of the PBX. Counted on its loops, readable from any thread. */
public final class Statistics {
    private static final int MOST_KINDS = 64;

    private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();
    private final Map<Integer, LongAdder> refusals = new ConcurrentHashMap<>();
    private final LongAdder connectedCalls = new LongAdder();
    private final LongAdder failedLogins = new LongAdder();
    private volatile int activeCalls;

    public void received(String method) {
        String kind = requests.size() < MOST_KINDS ? method : "other";
        requests.computeIfAbsent(kind, k -> new LongAdder()).increment();
    }

    public void refused(int status) {
        refusals.computeIfAbsent(status, k -> new LongAdder()).increment();
    }

    public void connected() {
        connectedCalls.increment();
    }

    /** Counts a failed authentication. */
    void failedLogin() {
        failedLogins.increment();
    }

    public void activeCalls(int now) {
        activeCalls = now;
    }

    public int activeCalls() {
        return activeCalls;
    }

    public long connectedCalls() {
        return connectedCalls.sum();
    }

    public long failedLogins() {
        return failedLogins.sum();
    }

    /** Sets the counters to 0, except for current calls. */
    public void reset() {
        requests.clear();
        refusals.clear();
        connectedCalls.reset();
        failedLogins.reset();
    }

    public Map<String, Long> requests() {
        Map<String, Long> copy = new TreeMap<>();
        requests.forEach((method, count) -> copy.put(method, count.sum()));
        return copy;
    }

    public Map<Integer, Long> refusals() {
        Map<Integer, Long> copy = new TreeMap<>();
        refusals.forEach((status, count) -> copy.put(status, count.sum()));
        return copy;
    }
}
