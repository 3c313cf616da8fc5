// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.stack.jdk.JdkSchedulers;
import com.techpro.callclient.stack.media.dtls.DtlsFailure;
import com.techpro.callclient.stack.media.dtls.DtlsHandshake;
import com.techpro.callclient.stack.media.dtls.DtlsHandshakes;
import com.techpro.callclient.stack.media.dtls.DtlsIdentity;
import com.techpro.callclient.stack.media.dtls.DtlsKeys;
import com.techpro.callclient.stack.media.dtls.DtlsRole;
import com.techpro.callclient.testkit.cli.bench.BenchFigure.Better;
import com.techpro.callclient.testkit.soak.gate.ProcessProbe;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Measures DTLS handshakes per second. Several run at a time with both ends in this process,
 * connected by method calls only.
 */
public final class HandshakeRate {
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final int AT_ONCE = 4 * Runtime.getRuntime().availableProcessors();

    private final SecureRandom random = new SecureRandom();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
    private final DtlsIdentity one = new DtlsIdentity(random, Instant.now());
    private final DtlsIdentity other = new DtlsIdentity(random, Instant.now());
    private volatile boolean ending;

    private HandshakeRate() {}

    /** @param length how long is counted, after a warm-up of three seconds */
    public static void measure(Duration length, Consumer<BenchFigure> found) {
        new HandshakeRate().run(length, found);
    }

    private void run(Duration length, Consumer<BenchFigure> found) {
        ProcessProbe probe = new ProcessProbe();
        try (JdkSchedulers schedulers = new JdkSchedulers();
                Loop loop = schedulers.openLoop("bench-dtls", (thread, failure) -> failed.set(failure))) {
            DtlsHandshakes handshakes = new DtlsHandshakes(schedulers.workers(), random);
            for (int i = 0; i < AT_ONCE; i++) {
                loop.execute(() -> new Pair(handshakes, loop).begin());
            }
            MeasuredEngine.pass(WARM_UP);
            int before = done.get();
            Duration cpu = probe.cpu();
            long begun = System.nanoTime();
            MeasuredEngine.pass(length);
            double seconds = (System.nanoTime() - begun) / 1e9;
            int count = done.get() - before;
            double cpuMillis = probe.cpu().minus(cpu).toNanos() / 1e6;
            ending = true;
            Throwable failure = failed.get();
            if (failure != null) {
                throw new IllegalStateException("a handshake failed", failure);
            }
            String how = "both ends of each in one process, " + AT_ONCE + " at a time; ECDSA P-256, DTLS 1.2, over "
                    + length.toSeconds() + " s";
            found.accept(new BenchFigure("DTLS handshakes a second", count / seconds, "", Double.NaN, how)
                    .better(Better.MORE));
            found.accept(new BenchFigure("CPU an end of a handshake", cpuMillis / count / 2, "ms", Double.NaN, how));
        }
    }

    /** Two ends that handshake again and again. On the loop. */
    private final class Pair {
        private final DtlsHandshakes handshakes;
        private final Loop loop;
        private final End client = new End();
        private final End server = new End();

        Pair(DtlsHandshakes handshakes, Loop loop) {
            this.handshakes = handshakes;
            this.loop = loop;
        }

        void begin() {
            client.begin(DtlsRole.CLIENT, one, other, server);
            server.begin(DtlsRole.SERVER, other, one, client);
        }

        private void ended() {
            if (client.established && server.established) {
                done.incrementAndGet();
                client.close();
                server.close();
                if (!ending) {
                    new Pair(handshakes, loop).begin();
                }
            }
        }

        private final class End implements DtlsHandshake.Listener {
            private @Nullable DtlsHandshake handshake;
            private @Nullable End peer;
            private boolean established;

            void begin(DtlsRole role, DtlsIdentity own, DtlsIdentity theirs, End to) {
                peer = to;
                handshake = handshakes.begin(
                        role, own, List.of(theirs.fingerprint()), List.of(SrtpSuite.values()), loop, this);
            }

            void close() {
                if (handshake != null) {
                    handshake.close();
                }
            }

            @Override
            public void send(ByteBuffer datagram) {
                End to = peer;
                if (to != null) {
                    loop.execute(() -> to.take(datagram));
                }
            }

            private void take(ByteBuffer datagram) {
                if (handshake != null) {
                    handshake.received(datagram);
                }
            }

            @Override
            public void established(DtlsKeys keys) {
                established = true;
                ended();
            }

            @Override
            public void failed(DtlsFailure reason) {
                failed.compareAndSet(null, new IllegalStateException(reason.name()));
            }
        }
    }
}
