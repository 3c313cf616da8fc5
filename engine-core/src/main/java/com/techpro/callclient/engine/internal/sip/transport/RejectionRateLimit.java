// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.transport;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many answers to malformed packets an address gets: a few at once, then one a second. Without it, whoever forges a victim's
 * address could have us send to it as much as is sent to us. Of a flood from ever new addresses only the newest are remembered; each of
 * them gets no more than one burst while it is.
 */
final class RejectionRateLimit {
    private static final int BURST = 5;
    private static final long NANOS_PER_ANSWER = 1_000_000_000L;
    private static final int MOST_ADDRESSES = 1_024;

    /** Until when, in monotonic nanoseconds, each address has used up what it is owed (a token bucket kept as one number). */
    private final Map<InetAddress, Long> spentUntil = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Long> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    private long withheld;

    /** @return whether one more answer may go to the address now */
    boolean spend(InetAddress to, long nanoTime) {
        Long until = spentUntil.get(to);
        long from = until == null || until - nanoTime < 0 ? nanoTime : until;
        if (from - nanoTime > (BURST - 1) * NANOS_PER_ANSWER) {
            withheld++;
            return false;
        }
        spentUntil.put(to, from + NANOS_PER_ANSWER);
        return true;
    }

    /** Answers that were not sent. */
    long withheld() {
        return withheld;
    }
}
