// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.stack.sip.transport.Flow;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the flow of one registration open (RFC 5626 §4.4), as often as this network needs
 * ({@link IdleLimit}). For one flow of one account; belongs to the loop.
 */
final class FlowKeepAlive {
    private final KeepAlive keepAlives;
    private final IdleLimit idle;
    private @Nullable Flow kept;
    private Duration every = Duration.ZERO;
    private boolean pongsPromised;
    private LivenessProbe.@Nullable Requests asking;

    FlowKeepAlive(KeepAlive keepAlives, LongSupplier nanoTime) {
        this.keepAlives = keepAlives;
        this.idle = new IdleLimit(nanoTime);
    }

    boolean keeps(Flow open) {
        return kept == open;
    }

    /**
     * Keeps this flow open from now on, and no other.
     *
     * @param wanted the longest time that the flow may be idle
     * @param answered whether the server said that it answers pings
     * @param requests check whether the server is still there if it does not answer pings
     */
    void keep(Flow open, Duration wanted, boolean answered, LivenessProbe.Requests requests) {
        Duration interval = idle.within(wanted);
        if (kept != open) {
            idle.opened();
        }
        if (kept != open || !every.equals(interval) || pongsPromised != answered) {
            letIdle();
            kept = open;
            every = interval;
            pongsPromised = answered;
            asking = requests;
            keepAlives.add(open, interval, answered, requests);
        }
    }

    /** Stops keeping the flow open. */
    void letIdle() {
        if (kept != null && asking != null) {
            keepAlives.remove(kept, asking);
        }
        kept = null;
    }

    /**
     * The flow closed.
     *
     * @param unasked whether neither this side nor its network closed it
     */
    void closed(Flow gone, boolean unasked) {
        if (kept == gone) {
            kept = null;
            keepAlives.forget(gone);
            if (unasked) {
                idle.lost(every);
            }
        }
    }

    void networkChanged() {
        idle.networkChanged();
    }
}
