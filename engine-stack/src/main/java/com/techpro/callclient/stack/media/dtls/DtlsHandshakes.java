// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.dtls;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.ports.time.Scheduler;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Starts handshakes, up to a maximum number at a time: each has a thread until it is done. Callable
 * from any loop.
 */
public final class DtlsHandshakes {
    /** More simultaneous handshakes than any phone has, or a gateway for long. */
    static final int MOST = 256;

    private final AtomicInteger running = new AtomicInteger();
    private final Executor workers;
    private final SecureRandom random;

    public DtlsHandshakes(Executor workers, Random random) {
        this.workers = workers;
        this.random = SecureSource.of(random);
    }

    /**
     * Starts a handshake; the client sends its first flight.
     *
     * @param expected the signalled fingerprints; one of them must match the other side's
     *     certificate (RFC 8122 §5)
     * @param suites the suites that may protect the media, best first
     * @param loop runs the listener, and uses the handshake
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

    /** Returns the number of handshakes in progress; for leak checks. */
    public int running() {
        return running.get();
    }
}
