// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import java.time.Duration;

/**
 * The conditions of one direction between two hosts of a {@link SimulatedNetwork}.
 *
 * <p>Probabilities are from 0 to 1. Delay, jitter, rate and partition affect streams too. A lost
 * segment costs a stream one retransmission timeout, never data.
 *
 * @param delay one way
 * @param jitter the most that is added to the delay, without reordering
 * @param loss probability that a packet is lost
 * @param duplicate probability that it arrives twice
 * @param reorder probability that it is held back by {@code reorderBy}, so that later ones overtake
 *     it
 * @param bitsPerSecond the rate of the link; 0 for unlimited
 * @param queue how long a packet may wait for a limited rate before it is dropped
 * @param partitioned nothing passes: packets are lost, streams wait
 */
public record LinkConditions(
        Duration delay,
        Duration jitter,
        double loss,
        double duplicate,
        double reorder,
        Duration reorderBy,
        long bitsPerSecond,
        Duration queue,
        boolean partitioned) {
    /** No impairment and no delay. */
    public static final LinkConditions PERFECT = new LinkConditions(
            Duration.ZERO, Duration.ZERO, 0, 0, 0, Duration.ofMillis(30), 0, Duration.ofMillis(200), false);

    /** One millisecond each way and no impairment: the default between hosts. */
    public static final LinkConditions LAN = PERFECT.withDelay(Duration.ofMillis(1));

    public LinkConditions {
        probability("loss", loss);
        probability("duplicate", duplicate);
        probability("reorder", reorder);
        if (delay.isNegative() || jitter.isNegative() || bitsPerSecond < 0) {
            throw new IllegalArgumentException("delay, jitter and rate are not negative");
        }
    }

    public LinkConditions withDelay(Duration oneWay) {
        return new LinkConditions(
                oneWay, jitter, loss, duplicate, reorder, reorderBy, bitsPerSecond, queue, partitioned);
    }

    public LinkConditions withJitter(Duration most) {
        return new LinkConditions(delay, most, loss, duplicate, reorder, reorderBy, bitsPerSecond, queue, partitioned);
    }

    public LinkConditions withLoss(double probability) {
        return new LinkConditions(
                delay, jitter, probability, duplicate, reorder, reorderBy, bitsPerSecond, queue, partitioned);
    }

    public LinkConditions withDuplicates(double probability) {
        return new LinkConditions(
                delay, jitter, loss, probability, reorder, reorderBy, bitsPerSecond, queue, partitioned);
    }

    public LinkConditions withReordering(double probability, Duration by) {
        return new LinkConditions(delay, jitter, loss, duplicate, probability, by, bitsPerSecond, queue, partitioned);
    }

    public LinkConditions withRate(long bits, Duration longestQueue) {
        return new LinkConditions(delay, jitter, loss, duplicate, reorder, reorderBy, bits, longestQueue, partitioned);
    }

    public LinkConditions withPartition(boolean broken) {
        return new LinkConditions(delay, jitter, loss, duplicate, reorder, reorderBy, bitsPerSecond, queue, broken);
    }

    private static void probability(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " is a probability from 0 to 1, not " + value);
        }
    }
}
