// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media.dtls;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.ports.time.Scheduler;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** Begins handshakes, as many at a time as may be: each has a thread until it is done. Callable from any loop. */
public final class DtlsHandshakes {
    /** More handshakes in hand than that no phone has, and no gateway for long. */
    static final int MOST = 256;

    private final AtomicInteger running = new AtomicInteger();
    private final Executor workers;
    private final SecureRandom random;

    public DtlsHandshakes(Executor workers, Random random) {
        this.workers = workers;
        this.random = SecureSource.of(random);
    }

    /**
     * Begins one; as the client with a first flight.
     *
     * @param expected what the signalling told of the other side's certificate; one of them must be of it (RFC 8122 §5)
     * @param suites what may protect the media, the best first
     * @param loop on which the listener is told, and the handshake is used
     */
    public DtlsHandshake begin(
            DtlsRole role,
            DtlsIdentity own,
            Collection<Fingerprint> expected,
            List<SrtpSuite> suites,
            Scheduler loop,
            DtlsHandshake.Listener listener) {
        DtlsHandshake handshake = new DtlsHandshake(this, role, own, expected, suites, loop, workers, random, listener);
        handshake.begin();
        return handshake;
    }

    boolean enter() {
        if (running.incrementAndGet() > MOST) {
            running.decrementAndGet();
            return false;
        }
        return true;
    }

    void leave() {
        running.decrementAndGet();
    }

    /** Handshakes in hand; for leak checks. */
    public int running() {
        return running.get();
    }
}
