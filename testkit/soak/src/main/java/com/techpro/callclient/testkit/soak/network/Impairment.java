// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.network;

import java.time.Duration;
import java.util.Random;

/**
 * How bad the network is, for each packet in each direction.
 *
 * @param lossPercent of the packets, at random
 * @param jitter each packet is held back for a random time up to this, so packets overtake each other
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

    /** What is lost of a path on which a packet is impaired so many times. */
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
