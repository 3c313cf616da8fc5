// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip;

import com.techpro.callclient.engine.internal.sip.transport.Flow;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the flow open that one registration is on (RFC 5626 §4.4), as often as this network wants it ({@link IdleLimit}). Of one flow of one account;
 * on the loop.
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
     * @param wanted at most how long it may be idle
     * @param answered whether the server said that it answers pings
     * @param requests find out otherwise whether the server is still there
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

    /** It may close. */
    void letIdle() {
        if (kept != null && asking != null) {
            keepAlives.remove(kept, asking);
        }
        kept = null;
    }

    /**
     * A flow is gone.
     *
     * @param unasked whether neither this side nor its network ended it
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
