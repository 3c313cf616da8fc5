// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.dtls;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.ports.time.Scheduler;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Two ends of a handshake in virtual time, and a network between them that loses, repeats and overtakes by chance. */
final class DtlsScene implements AutoCloseable {
    private static final int HEADER_BUT_LENGTH = 11;
    static final Duration ONE_WAY = Duration.ofMillis(20);

    final VirtualTime time;
    final Loop loop;
    final DtlsHandshakes handshakes;
    final End client;
    final End server;
    final List<String> trace = new ArrayList<>();
    double lost;
    double repeated;
    Duration jitter = Duration.ZERO;
    private final Random chance;

    DtlsScene(long seed) {
        time = VirtualTime.seeded(seed);
        loop = time.openLoop("media");
        chance = time.random("network");
        handshakes = new DtlsHandshakes(time.workers(), secureRandom("handshakes"));
        client = new End(DtlsRole.CLIENT);
        server = new End(DtlsRole.SERVER);
    }

    SecureRandom secureRandom(String whose) {
        return SecureSource.of(time.random(whose));
    }

    /** Begins both. */
    void begin() {
        server.begin(List.of(client.identity.fingerprint()));
        client.begin(List.of(server.identity.fingerprint()));
    }

    End other(End end) {
        return end == client ? server : client;
    }

    @Override
    public void close() {
        client.close();
        server.close();
        time.close();
    }

    /** One end and what became of it. */
    final class End implements DtlsHandshake.Listener {
        final DtlsRole role;
        DtlsIdentity identity;
        List<SrtpSuite> suites = List.of(SrtpSuite.values());

        @Nullable
        DtlsHandshake handshake;

        @Nullable
        DtlsKeys keys;

        @Nullable
        DtlsFailure failure;

        Duration established = Duration.ZERO;
        int sent;
        int told;
        /** Flights from here do not arrive. */
        boolean cut;
        /** Flights from here arrive changed. */
        UnaryOperator<ByteBuffer> forged = UnaryOperator.identity();
        /** What its handshake runs on. */
        Scheduler scheduler = loop;

        End(DtlsRole role) {
            this.role = role;
            identity = new DtlsIdentity(secureRandom(role.name()), time.now());
        }

        void begin(Collection<Fingerprint> expected) {
            loop.execute(() -> handshake = handshakes.begin(role, identity, expected, suites, scheduler, this));
        }

        void close() {
            if (handshake != null) {
                handshake.close();
            }
        }

        @Override
        public void send(ByteBuffer datagram) {
            sent++;
            // Not the whole: BouncyCastle's nonces have the machine's clock in them, and signatures differ in length
            // with them.
            trace.add(time.elapsed().toMillis() + " " + role + " "
                    + HexFormat.of().formatHex(datagram.array(), 0, HEADER_BUT_LENGTH));
            if (cut || chance.nextDouble() < lost) {
                return;
            }
            int copies = chance.nextDouble() < repeated ? 2 : 1;
            for (int i = 0; i < copies; i++) {
                Duration late = jitter.multipliedBy(chance.nextInt(100)).dividedBy(100);
                loop.schedule(ONE_WAY.plus(late), () -> arrive(datagram.duplicate()));
            }
        }

        private void arrive(ByteBuffer datagram) {
            DtlsHandshake to = other(this).handshake;
            if (to != null) {
                to.received(forged.apply(datagram));
            }
        }

        @Override
        public void established(DtlsKeys agreed) {
            told++;
            keys = agreed;
            established = time.elapsed();
        }

        @Override
        public void failed(DtlsFailure reason) {
            told++;
            failure = reason;
        }
    }

    /** The same every time. */
}
