// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.transaction.TransactionLayer;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.TransportLayer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Keeps registered flows open (RFC 5626 §4.4). Each flow has one timer, however many accounts share
 * it. It fires at a random 80 to 100 % of the interval, so that a server's clients do not
 * synchronise. At each turn, a TCP or TLS connection is also probed, in a way that its server
 * answers ({@link LivenessProbe}). If nothing arrives for ten seconds, the connection is closed.
 */
final class KeepAlive {
    /** Longer than the delay of any timer on a machine that is only busy. */
    private static final Duration ASLEEP = Duration.ofSeconds(15);

    private static final class Kept {
        private final List<LivenessProbe.Requests> users = new ArrayList<>(1);
        private Duration interval;
        private boolean answerRequired;
        private @Nullable Timer timer;
        /** Null if the protocol itself answers keep-alives: UDP (by STUN) and WebSockets. */
        private @Nullable LivenessProbe probe;

        private Kept(Duration interval) {
            this.interval = interval;
        }
    }

    private final EngineLoop loop;
    private final TransactionLayer transactions;
    private final TransportLayer transport;
    private final Random random;
    private Runnable awoke = () -> {};
    private final Map<Flow, Kept> flows = new HashMap<>();

    KeepAlive(EngineLoop loop, TransactionLayer transactions, Random random) {
        this.loop = loop;
        this.transactions = transactions;
        this.transport = transactions.transport();
        this.random = random;
    }

    /**
     * @param answerRequired whether the server said that it answers (RFC 5626 §4.4.1); over TCP and
     *     TLS it has to show it
     */
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
                // Probe at once, to learn what the server answers before the connection can have
                // been idle.
                kept.probe = new LivenessProbe(loop, transactions, flow, kept.users);
                kept.probe.ask();
            }
        }
        if (answerRequired && !flow.isReliable()) {
            // The baseline for later answers: the address where the server has just seen the
            // account.
            transport.keepAlive(flow, true);
        }
    }

    void remove(Flow flow, LivenessProbe.Requests user) {
        Kept kept = flows.get(flow);
        if (kept != null && kept.users.remove(user) && kept.users.isEmpty()) {
            forget(flow);
        }
    }

    /** Removes the flow for all its users. */
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
     * A sleeping machine stops its timers and, on most systems, their clock: registrations expire
     * at the server but not here. Setting the clock looks the same.
     *
     * @param task run when time has passed that the timers did not count
     */
    void whenAwake(Runnable task) {
        awoke = task;
    }

    void close() {
        flows.values().forEach(KeepAlive::stop);
        flows.clear();
    }
}
