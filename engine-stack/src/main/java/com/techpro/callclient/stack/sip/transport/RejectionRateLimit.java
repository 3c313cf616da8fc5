// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Limits the answers to malformed packets per address: a few at once, then one a second. Otherwise
 * an attacker who forges a victim's address could make us send as much to it as is sent to us. In a
 * flood from many addresses only the newest are remembered; each gets at most one burst while it
 * is.
 */
final class RejectionRateLimit {
    private static final int BURST = 5;
    private static final long NANOS_PER_ANSWER = 1_000_000_000L;
    private static final int MOST_ADDRESSES = 1_024;

    /**
     * The time, in monotonic nanoseconds, until which each address has used up its answers (a token
     * bucket as one number).
     */
    private final Map<InetAddress, Long> spentUntil = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Long> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    private long withheld;

    /**
     * @return whether one more answer may go to the address now
     */
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

    /** The number of answers not sent. */
    long withheld() {
        return withheld;
    }
}
