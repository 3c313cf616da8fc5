// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.fault;

import java.util.Random;

/** What goes wrong with media on its way into the PBX. Callable from any thread; works from the next packet on. */
public final class MediaFaults {
    private final Random random;
    private volatile double loss;
    private volatile boolean silence;

    public MediaFaults(Random random) {
        this.random = random;
    }

    /** Loses that share of packets, 0 to 1, independently of each other. */
    public void loseShare(double share) {
        if (share < 0 || share > 1) {
            throw new IllegalArgumentException("a share is 0 to 1, not " + share);
        }
        loss = share;
    }

    /** The share that {@link #loseShare} set; 0 before. */
    public double lostShare() {
        return loss;
    }

    /** Loses everything while on, as when a cable is pulled. */
    public void silence(boolean on) {
        silence = on;
    }

    /** Loses nothing any more. */
    public void clear() {
        loss = 0;
        silence = false;
    }

    /** Whether the next packet is lost; called on the media loop alone. */
    public boolean loses() {
        return silence || (loss > 0 && random.nextDouble() < loss);
    }
}
