// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip;

import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.sip.transport.Flow;
import com.techpro.callclient.engine.internal.sip.transport.TransportLayer;
import com.techpro.callclient.ports.time.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Keeps registered flows open (RFC 5626 §4.4): one timer a flow, however many accounts share it, at a random 80 to 100 % of the
 * interval so that a server's clients do not fall into step.
 */
final class KeepAlive {
    private static final class Kept {
        private int users;
        private Duration interval;
        private boolean answerRequired;
        private @Nullable Timer timer;

        private Kept(Duration interval) {
            this.interval = interval;
        }
    }

    private final EngineLoop loop;
    private final TransportLayer transport;
    private final Random random;
    private final Map<Flow, Kept> flows = new HashMap<>();

    KeepAlive(EngineLoop loop, TransportLayer transport, Random random) {
        this.loop = loop;
        this.transport = transport;
        this.random = random;
    }

    /** @param answerRequired whether the server said that it answers (RFC 5626 §4.4.1) */
    void add(Flow flow, Duration interval, boolean answerRequired) {
        Kept kept = flows.computeIfAbsent(flow, f -> new Kept(interval));
        kept.users++;
        kept.answerRequired |= answerRequired;
        if (interval.compareTo(kept.interval) < 0) {
            kept.interval = interval;
        }
        if (kept.timer == null) {
            schedule(flow, kept);
        }
    }

    void remove(Flow flow) {
        Kept kept = flows.get(flow);
        if (kept != null && --kept.users == 0) {
            forget(flow);
        }
    }

    /** Whoever used it. */
    void forget(Flow flow) {
        Kept kept = flows.remove(flow);
        if (kept != null && kept.timer != null) {
            kept.timer.cancel();
        }
    }

    private void schedule(Flow flow, Kept kept) {
        long nanos = kept.interval.toNanos();
        long delay = nanos - (long) (nanos / 5.0 * random.nextDouble());
        kept.timer = loop.schedule(Duration.ofNanos(delay), () -> {
            transport.keepAlive(flow, kept.answerRequired);
            if (flows.get(flow) == kept) {
                schedule(flow, kept);
            }
        });
    }

    void close() {
        flows.values().forEach(kept -> {
            if (kept.timer != null) {
                kept.timer.cancel();
            }
        });
        flows.clear();
    }
}
