// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.testkit.contracts.PacketTrace.Fate;
import java.time.Duration;
import java.util.Random;

/** One direction between two hosts: its conditions, random source and queue. */
final class NetworkPath {
    // RFC 6298 §2.4 requires a second, but every system in use retransmits after 200 ms.
    private static final long RETRANSMISSION = Duration.ofMillis(200).toNanos();

    private final Random random;
    private LinkConditions conditions;
    private long busyUntil = Long.MIN_VALUE;
    private long lastArrival = Long.MIN_VALUE;

    NetworkPath(LinkConditions conditions, long seed) {
        this.conditions = conditions;
        this.random = new Random(seed);
    }

    /**
     * When a packet arrives, and its fate; {@code at} has no meaning for a packet that does not
     * arrive.
     */
    record Passage(Fate fate, long at) {
        boolean arrives() {
            return fate == Fate.PASSED || fate == Fate.DUPLICATED || fate == Fate.REORDERED;
        }
    }

    LinkConditions conditions() {
        return conditions;
    }

    void conditions(LinkConditions changed) {
        conditions = changed;
    }

    Passage datagram(int bytes, long now) {
        if (conditions.partitioned()) {
            return new Passage(Fate.PARTITIONED, now);
        }
        if (happens(conditions.loss())) {
            return new Passage(Fate.LOST, now);
        }
        if (conditions.bitsPerSecond() > 0
                && busyUntil - now > VirtualTime.nanosOf(conditions.queue())
                && busyUntil != Long.MIN_VALUE) {
            return new Passage(Fate.QUEUE_FULL, now);
        }
        long arrival = depart(bytes, now) + VirtualTime.nanosOf(conditions.delay()) + jitter();
        if (happens(conditions.reorder())) {
            return new Passage(Fate.REORDERED, arrival + VirtualTime.nanosOf(conditions.reorderBy()));
        }
        lastArrival = Math.max(lastArrival, arrival);
        return new Passage(happens(conditions.duplicate()) ? Fate.DUPLICATED : Fate.PASSED, lastArrival);
    }

    /** Returns when a stream's segment arrives. The caller keeps the order within one stream. */
    long segment(int bytes, long now) {
        long arrival = depart(bytes, now) + VirtualTime.nanosOf(conditions.delay()) + jitter();
        return happens(conditions.loss()) ? arrival + RETRANSMISSION : arrival;
    }

    private long depart(int bytes, long now) {
        if (conditions.bitsPerSecond() == 0) {
            return now;
        }
        busyUntil = Math.max(busyUntil, now) + bytes * 8L * 1_000_000_000L / conditions.bitsPerSecond();
        return busyUntil;
    }

    private long jitter() {
        long most = VirtualTime.nanosOf(conditions.jitter());
        return most == 0 ? 0 : (long) (random.nextDouble() * most);
    }

    private boolean happens(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }
}
