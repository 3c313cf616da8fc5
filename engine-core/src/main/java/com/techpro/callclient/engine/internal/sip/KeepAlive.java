// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip;

import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.sip.transport.Flow;
import com.techpro.callclient.engine.internal.sip.transport.TransportLayer;
import com.techpro.callclient.ports.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Keeps registered flows open (RFC 5626 §4.4): one timer a flow, however many accounts share it, at a random 80 to 100 % of the
 * interval so that a server's clients do not fall into step. On each of its turns a connection over TCP or TLS is also asked whether anybody is
 * there, by what its server answers ({@link LivenessProbe}); one over which nothing comes for ten seconds closes.
 */
final class KeepAlive {
    /** Later than any timer of a machine that is only busy. */
    private static final Duration ASLEEP = Duration.ofSeconds(15);

    private static final class Kept {
        private final List<LivenessProbe.Requests> users = new ArrayList<>(1);
        private Duration interval;
        private boolean answerRequired;
        private @Nullable Timer timer;
        /** Null where keep-alives are answered by their protocol: UDP, by STUN, and WebSockets. */
        private @Nullable LivenessProbe probe;

        private Kept(Duration interval) {
            this.interval = interval;
        }
    }

    private final EngineLoop loop;
    private final TransportLayer transport;
    private final Random random;
    private Runnable awoke = () -> {};
    private final Map<Flow, Kept> flows = new HashMap<>();

    KeepAlive(EngineLoop loop, TransportLayer transport, Random random) {
        this.loop = loop;
        this.transport = transport;
        this.random = random;
    }

    /** @param answerRequired whether the server said that it answers (RFC 5626 §4.4.1); over TCP and TLS it has to show it */
    void add(Flow flow, Duration interval, boolean answerRequired, LivenessProbe.Requests user) {
        Kept kept = flows.computeIfAbsent(flow, f -> new Kept(interval));
        kept.users.add(user);
        kept.answerRequired |= answerRequired;
        if (interval.compareTo(kept.interval) < 0) {
            kept.interval = interval;
        }
        if (kept.timer == null) {
            schedule(flow, kept);
            if (flow.isReliable() && !flow.transport().isWebSocket()) {
                // At once, so that what the server answers is known before the connection can have been idle.
                kept.probe = new LivenessProbe(loop, transport, flow, kept.users);
                kept.probe.ask();
            }
        }
        if (answerRequired && !flow.isReliable()) {
            // What later answers are compared with: where the server has just seen the account.
            transport.keepAlive(flow, true);
        }
    }

    void remove(Flow flow, LivenessProbe.Requests user) {
        Kept kept = flows.get(flow);
        if (kept != null && kept.users.remove(user) && kept.users.isEmpty()) {
            forget(flow);
        }
    }

    /** Whoever used it. */
    void forget(Flow flow) {
        Kept kept = flows.remove(flow);
        if (kept != null) {
            stop(kept);
        }
    }

    private static void stop(Kept kept) {
        if (kept.timer != null) {
            kept.timer.cancel();
        }
        if (kept.probe != null) {
            kept.probe.close();
        }
    }

    private void schedule(Flow flow, Kept kept) {
        long nanos = kept.interval.toNanos();
        long delay = nanos - (long) (nanos / 5.0 * random.nextDouble());
        long from = loop.nanoTime();
        Instant wall = loop.now();
        kept.timer = loop.schedule(Duration.ofNanos(delay), () -> {
            if (kept.probe != null) {
                kept.probe.ask();
            } else {
                transport.keepAlive(flow, kept.answerRequired);
            }
            if (flows.get(flow) == kept) {
                schedule(flow, kept);
            }
            Duration passed = longer(Duration.ofNanos(loop.nanoTime() - from), Duration.between(wall, loop.now()));
            if (passed.minusNanos(delay).compareTo(ASLEEP) > 0) {
                awoke.run();
            }
        });
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /**
     * A machine that sleeps stops its timers, and on most systems the clock that they run by: registrations expire at the server and not here. A
     * clock that was set looks the same.
     *
     * @param task run when time has passed that the timers know nothing of
     */
    void whenAwake(Runnable task) {
        awoke = task;
    }

    void close() {
        flows.values().forEach(KeepAlive::stop);
        flows.clear();
    }
}
