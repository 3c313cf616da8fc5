// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.rtp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The contributing sources that a mixer lists in its packets (RFC 3550 §7.1). A source stays listed
 * a little longer, so that pauses between words do not remove it. Allocates only when a source
 * appears or disappears. Written by one thread; {@link #current} may be called from any.
 */
public final class ContributingSources {
    private static final int MOST = 32;
    private static final long LINGER_NANOS = 400_000_000;

    /** Without room until a mixer lists the first: most calls have none. */
    private int[] sources = new int[0];

    private long[] heard = new long[0];
    private int count;
    private boolean named;
    private volatile int @Nullable [] published;

    public void received(RtpPacket packet, long now) {
        for (int i = 0; i < packet.csrcCount(); i++) {
            named = true;
            int slot = slot(packet.csrc(i));
            heard[slot] = now;
        }
    }

    /** Returns the slot for a source; if all are taken, that of the source heard longest ago. */
    private int slot(int source) {
        int oldest = 0;
        for (int i = 0; i < count; i++) {
            if (sources[i] == source) {
                return i;
            }
            oldest = heard[i] - heard[oldest] < 0 ? i : oldest;
        }
        if (sources.length == 0) {
            sources = new int[MOST];
            heard = new long[MOST];
        }
        int slot = count < MOST ? count++ : oldest;
        sources[slot] = source;
        return slot;
    }

    /** Called regularly: removes sources that are no longer heard, and publishes changes. */
    public void look(long now) {
        for (int i = count - 1; i >= 0; i--) {
            if (now - heard[i] > LINGER_NANOS) {
                count--;
                sources[i] = sources[count];
                heard[i] = heard[count];
            }
        }
        if (named && !isPublished()) {
            published = Arrays.copyOf(sources, count);
        }
    }

    private boolean isPublished() {
        int[] before = published;
        if (before == null || before.length != count) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (sources[i] != before[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the SSRCs of those heard now, in no order; null if the far end has never listed any.
     * Do not modify it.
     */
    public int @Nullable [] current() {
        return published;
    }
}
