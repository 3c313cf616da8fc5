// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.network;

import java.time.Duration;
import java.util.Random;

/**
 * The impairment of each packet in each direction.
 *
 * @param lossPercent of the packets, at random
 * @param jitter the largest random delay of a packet, so packets overtake each other
 */
public record Impairment(double lossPercent, Duration jitter) {
    public static final Impairment NONE = new Impairment(0, Duration.ZERO);

    public Impairment {
        if (!(lossPercent >= 0 && lossPercent <= 100)) {
            throw new IllegalArgumentException("loss is 0 to 100 percent");
        }
        if (jitter.isNegative() || jitter.compareTo(Duration.ofSeconds(2)) > 0) {
            throw new IllegalArgumentException("jitter is 0 to 2 seconds");
        }
    }

    public boolean isNone() {
        return lossPercent == 0 && jitter.isZero();
    }

    /** Returns the total loss of a path that impairs a packet this many times. */
    public double lossPercentAfter(int passes) {
        return 100 * (1 - Math.pow(1 - lossPercent / 100, passes));
    }

    boolean loses(Random random) {
        return random.nextDouble() * 100 < lossPercent;
    }

    Duration delay(Random random) {
        return Duration.ofNanos((long) (random.nextDouble() * jitter.toNanos()));
    }
}
