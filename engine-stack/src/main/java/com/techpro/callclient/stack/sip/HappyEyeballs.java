// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.locate.Locator;
import com.techpro.callclient.stack.sip.transport.ConnectionKey;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.FlowCallback;
import com.techpro.callclient.stack.sip.transport.Hop;
import com.techpro.callclient.stack.sip.transport.TransportLayer;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the first reachable one of several hops (RFC 3263 §4.3).
 *
 * <p>Servers are tried one after the other: the phone system decides their order. Several addresses
 * of the same server are tried in parallel (RFC 8305 §5): the next attempt starts 250 ms after the
 * previous one, or when that has failed. The first attempt to complete, including TLS and its
 * certificate check, ends the others. If the second address family was faster, that is remembered
 * for ten minutes. Belongs to the loop.
 */
final class HappyEyeballs {
    /** RFC 8305 §8: Connection Attempt Delay. */
    static final Duration ATTEMPT_DELAY = Duration.ofMillis(250);

    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private final EngineLoop loop;
    private final TransportLayer transport;
    private final ConnectionKey key;
    private @Nullable Class<? extends InetAddress> faster;
    private long fasterUntil;
    private final List<Race> racing = new ArrayList<>(1);
    private boolean closed;

    HappyEyeballs(EngineLoop loop, TransportLayer transport, ConnectionKey key) {
        this.loop = loop;
        this.transport = transport;
        this.key = key;
    }

    /**
     * @param way the hops, in the order in which to try them
     * @param location tells which hops are addresses of one server
     * @param callback called once, never inside this call; reports a rejected certificate rather
     *     than an unreachable server
     */
    void connect(List<Hop> way, Locator.Location.Located location, FlowCallback callback) {
        new Race(fasterFirst(way, location), location, callback).start();
    }

    /** Ends all attempts, so that no connection opens for nobody; later, their callers are told. */
    void close() {
        closed = true;
        for (Race race : List.copyOf(racing)) {
            race.end();
            loop.execute(() -> race.callback.failed(new Failure.Unreachable()));
        }
    }

    /**
     * The device moved to another network: fails the pending attempts, and forgets which family was
     * faster.
     */
    void networkChanged() {
        faster = null;
        new ArrayList<>(racing).forEach(Race::giveUp);
    }

    private List<Hop> fasterFirst(List<Hop> way, Locator.Location.Located location) {
        if (faster == null || loop.nanoTime() - fasterUntil > 0) {
            faster = null;
            return way;
        }
        List<Hop> ordered = new ArrayList<>(way);
        for (int i = 1; i < ordered.size(); i++) {
            Hop before = ordered.get(i - 1);
            Hop hop = ordered.get(i);
            // The families alternate already; put the faster one first within each pair.
            if (location.ofOneServer(before, hop) && family(before) != faster && family(hop) == faster) {
                ordered.set(i - 1, hop);
                ordered.set(i, before);
                i++;
            }
        }
        return ordered;
    }

    private static Class<? extends InetAddress> family(Hop hop) {
        return hop.address().getAddress().getClass();
    }

    /** The attempts for one flow. */
    private final class Race {
        private final List<Hop> way;
        private final Locator.Location.Located location;
        private final FlowCallback callback;
        private final Map<Hop, FlowCallback> pending = new LinkedHashMap<>(2);
        private int tried;
        private @Nullable Timer delay;
        private @Nullable Failure refused;
        private boolean over;

        Race(List<Hop> way, Locator.Location.Located location, FlowCallback callback) {
            this.way = way;
            this.location = location;
            this.callback = callback;
        }

        void start() {
            if (closed || way.isEmpty()) {
                over = true;
                loop.execute(() -> callback.failed(new Failure.Unreachable()));
            } else {
                racing.add(this);
                next();
            }
        }

        private void next() {
            Hop hop = way.get(tried++);
            Attempt attempt = new Attempt(hop);
            pending.put(hop, attempt);
            transport.connect(hop, key, attempt);
            if (hasAnotherAddressOf(hop) && hop.transport().isStream()) {
                delay = loop.schedule(ATTEMPT_DELAY, this::delayOver);
            }
        }

        /** Returns whether the next hop is another address of the same server. */
        private boolean hasAnotherAddressOf(Hop hop) {
            return tried < way.size() && location.ofOneServer(hop, way.get(tried));
        }

        private void delayOver() {
            delay = null;
            if (!over && !closed) {
                next();
            }
        }

        private void cancelDelay() {
            if (delay != null) {
                delay.cancel();
                delay = null;
            }
        }

        private void won(Hop hop, Flow opened) {
            end();
            if (family(hop) != family(way.get(0)) && location.ofOneServer(hop, way.get(0))) {
                faster = family(hop);
                fasterUntil = loop.nanoTime() + REMEMBERED.toNanos();
            }
            callback.opened(opened);
        }

        /** Closes all connections that are still being made. */
        private void end() {
            over = true;
            racing.remove(this);
            cancelDelay();
            pending.forEach((loser, attempt) -> transport.abandon(loser, key, attempt));
            pending.clear();
        }

        private void giveUp() {
            end();
            callback.failed(new Failure.Unreachable());
        }

        private void lost(Hop hop, Failure failure) {
            // A certificate that one server failed to prove says more than another server out of
            // reach.
            refused = refused == null && failure instanceof Failure.TlsFailed ? failure : refused;
            if (!closed && tried < way.size() && (hasAnotherAddressOf(hop) || pending.isEmpty())) {
                cancelDelay();
                next();
            } else if (pending.isEmpty()) {
                end();
                callback.failed(refused != null ? refused : failure);
            }
        }

        /** One connection attempt. */
        private final class Attempt implements FlowCallback {
            private final Hop hop;

            Attempt(Hop hop) {
                this.hop = hop;
            }

            @Override
            public void opened(Flow opened) {
                pending.remove(hop);
                if (!over) {
                    won(hop, opened);
                }
            }

            @Override
            public void failed(Failure failure) {
                pending.remove(hop);
                if (!over) {
                    lost(hop, failure);
                }
            }
        }
    }
}
