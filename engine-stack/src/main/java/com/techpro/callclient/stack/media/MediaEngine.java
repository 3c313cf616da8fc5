// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.time.Schedulers;
import com.techpro.callclient.stack.media.dtls.DtlsHandshakes;
import com.techpro.callclient.stack.media.dtls.DtlsIdentities;
import java.io.IOException;
import java.lang.Thread.UncaughtExceptionHandler;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All media of one client: sessions spread over a fixed number of loops. A loop, with its thread
 * and selector, exists while it has sessions and a little longer, as the next call often comes
 * soon. Methods may be called from any thread.
 */
public final class MediaEngine implements AutoCloseable {
    /** How long a loop without sessions is kept. */
    static final Duration LINGER = Duration.ofSeconds(2);

    private final Schedulers schedulers;
    private final Network network;
    private final Random random;
    private final DtlsHandshakes handshakes;
    private final DtlsIdentities identities;
    private final UncaughtExceptionHandler failures;
    // Needed because sessions are opened on the host's workers and closed on the media loops.
    private final Object lock = new Object();
    private final Shard[] shards;
    private final Set<DropCounters> counting = Collections.newSetFromMap(new IdentityHashMap<>());
    private MediaStatistics.Drops dropsOfClosed = MediaStatistics.Drops.NONE;
    private boolean closed;

    /**
     * Makes an engine without loops or sockets; the first session opens them.
     *
     * @param loops at least 1; one per core is right
     * @param failures receives exceptions of bugs on a loop
     */
    public MediaEngine(
            Schedulers schedulers, Network network, Random random, int loops, UncaughtExceptionHandler failures) {
        if (loops < 1) {
            throw new IllegalArgumentException("media needs at least one loop");
        }
        this.schedulers = schedulers;
        this.network = network;
        this.random = random;
        this.handshakes = new DtlsHandshakes(schedulers.workers(), random);
        this.identities = new DtlsIdentities(schedulers.workers(), random);
        this.failures = failures;
        shards = new Shard[loops];
        for (int i = 0; i < loops; i++) {
            shards[i] = new Shard();
        }
    }

    /**
     * Opens a session on a free pair of ports: an even one for RTP, the next for RTCP (RFC 3550
     * §11). It neither sends nor accepts anything until configured.
     *
     * @throws IOException if the address is not ours, no port is free, or the engine is closed
     */
    public MediaSession open(InetAddress local, MediaListener listener) throws IOException {
        return open(local, null, listener);
    }

    /**
     * As {@link #open(InetAddress, MediaListener)}, with ICE.
     *
     * @param ice null to use the signalled address
     */
    public MediaSession open(InetAddress local, @Nullable IceParameters ice, MediaListener listener)
            throws IOException {
        synchronized (lock) {
            if (closed) {
                throw new IOException("the media engine is closed");
            }
            int number = 0;
            for (int i = 1; i < shards.length; i++) {
                number = shards[i].sessions < shards[number].sessions ? i : number;
            }
            Shard shard = shards[number];
            MediaLoop loop = shard.loop;
            if (loop == null) {
                loop = new MediaLoop(schedulers, network, "media-" + number, failures);
                shard.loop = loop;
            }
            shard.sessions++;
            shard.opened++;
            var drops = new DropCounters();
            try {
                MediaSession session = MediaSession.open(
                        loop, local, ice, listener, random, handshakes, drops, () -> released(shard, drops));
                counting.add(drops);
                return session;
            } catch (IOException e) {
                released(shard);
                throw e;
            }
        }
    }

    /** The identities for handshakes of this engine's sessions. */
    public DtlsIdentities identities() {
        return identities;
    }

    /** Returns the other addresses of this host at which a session may be reached. */
    public List<InetAddress> addressesBesides(InetAddress local) {
        return network.addresses().stream()
                .filter(address -> !address.equals(local))
                .collect(Collectors.toList());
    }

    /**
     * Mixes two sessions of this engine, on the loop of the first.
     *
     * @throws IOException if the first was closed long ago, or the engine is closed
     */
    public MixSession mix(MediaSession one, MediaSession other) throws IOException {
        synchronized (lock) {
            for (Shard shard : shards) {
                MediaLoop loop = shard.loop;
                if (!closed && loop != null && loop.equals(one.loop())) {
                    shard.sessions++;
                    shard.opened++;
                    return MixSession.open(loop, one, other, () -> released(shard));
                }
            }
        }
        throw new IOException("the media is closed");
    }

    /** Returns the number of open sessions and mixes; for leak checks. */
    public int openSessions() {
        synchronized (lock) {
            int sessions = 0;
            for (Shard shard : shards) {
                sessions += shard.sessions;
            }
            return sessions;
        }
    }

    /** Returns what all sessions have ever dropped; open ones update it about once a second. */
    public MediaStatistics.Drops drops() {
        synchronized (lock) {
            MediaStatistics.Drops sum = dropsOfClosed;
            for (DropCounters open : counting) {
                sum = sum.plus(open.published());
            }
            return sum;
        }
    }

    /** Closes the remaining sessions, and the loops. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            for (Shard shard : shards) {
                MediaLoop loop = shard.loop;
                if (loop != null && shard.sessions == 0) {
                    loop.closeUnused();
                } else if (loop != null) {
                    loop.executeNow(loop::close);
                }
            }
        }
    }

    private void released(Shard shard, DropCounters drops) {
        synchronized (lock) {
            counting.remove(drops);
            dropsOfClosed = dropsOfClosed.plus(drops.published());
        }
        released(shard);
    }

    /**
     * A session has closed. If it was the last, its loop closes after {@link #LINGER}, unless
     * another session is opened meanwhile.
     */
    private void released(Shard shard) {
        synchronized (lock) {
            shard.sessions--;
            MediaLoop loop = shard.loop;
            if (shard.sessions == 0 && loop != null && !closed) {
                long opened = shard.opened;
                loop.schedule(LINGER, () -> closeUnused(shard, opened));
            }
        }
    }

    private void closeUnused(Shard shard, long opened) {
        synchronized (lock) {
            MediaLoop loop = shard.loop;
            if (loop != null && shard.opened == opened) {
                shard.loop = null;
                loop.closeUnused();
            }
        }
    }

    private static final class Shard {
        private @Nullable MediaLoop loop;
        private int sessions;
        private long opened;
    }
}
