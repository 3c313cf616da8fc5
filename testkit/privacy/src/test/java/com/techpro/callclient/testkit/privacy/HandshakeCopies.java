// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.stack.media.dtls.DtlsFailure;
import com.techpro.callclient.stack.media.dtls.DtlsHandshake;
import com.techpro.callclient.stack.media.dtls.DtlsHandshakes;
import com.techpro.callclient.stack.media.dtls.DtlsIdentity;
import com.techpro.callclient.stack.media.dtls.DtlsKeys;
import com.techpro.callclient.stack.media.dtls.DtlsRole;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Two ends that agree about keys by a DTLS handshake, and keep them. */
final class HandshakeCopies {

    private HandshakeCopies() {}

    /** What both have, each of them its own. Tells each key of a direction and its salt, veiled. */
    static List<DtlsKeys> agreed() {
        try (VirtualTime time = VirtualTime.seeded(9);
                Loop loop = time.openLoop("media")) {
            DtlsHandshakes handshakes = new DtlsHandshakes(time.workers(), time.random("handshakes"));
            Map<DtlsRole, DtlsHandshake> both = new EnumMap<>(DtlsRole.class);
            Map<DtlsRole, DtlsKeys> keys = new EnumMap<>(DtlsRole.class);
            Map<DtlsRole, DtlsIdentity> identities = new EnumMap<>(DtlsRole.class);
            for (DtlsRole role : DtlsRole.values()) {
                identities.put(role, new DtlsIdentity(time.random(role.name()), time.now()));
            }
            loop.execute(() -> {
                for (DtlsRole role : List.of(DtlsRole.SERVER, DtlsRole.CLIENT)) {
                    DtlsRole other = role == DtlsRole.CLIENT ? DtlsRole.SERVER : DtlsRole.CLIENT;
                    both.put(
                            role,
                            handshakes.begin(
                                    role,
                                    Objects.requireNonNull(identities.get(role)),
                                    List.of(Objects.requireNonNull(identities.get(other))
                                            .fingerprint()),
                                    List.of(SrtpSuite.AEAD_AES_256_GCM),
                                    loop,
                                    listener(loop, both, other, agreed -> keys.put(role, agreed))));
                }
            });
            time.runUntil(() -> keys.size() == 2, Duration.ofSeconds(10));
            DtlsKeys client = Objects.requireNonNull(keys.get(DtlsRole.CLIENT));
            tell("of-the-client", client.local());
            tell("of-the-server", client.remote());
            loop.execute(() -> both.values().forEach(DtlsHandshake::close));
            time.advance(Duration.ofSeconds(1));
            return List.copyOf(keys.values());
        }
    }

    private static DtlsHandshake.Listener listener(
            Loop loop, Map<DtlsRole, DtlsHandshake> both, DtlsRole other, Consumer<DtlsKeys> established) {
        return new DtlsHandshake.Listener() {
            @Override
            public void send(ByteBuffer datagram) {
                var unused = loop.schedule(Duration.ofMillis(20), () -> {
                    DtlsHandshake to = both.get(other);
                    if (to != null) {
                        to.received(datagram);
                    }
                });
            }

            @Override
            public void established(DtlsKeys agreed) {
                established.accept(agreed);
            }

            @Override
            public void failed(DtlsFailure reason) {
                throw new AssertionError("the handshake failed: " + reason);
            }
        };
    }

    private static void tell(String whose, SrtpKeys keys) {
        byte[] keySalt = keys.masterKeySalt();
        byte[] veiled = new byte[keySalt.length];
        for (int i = 0; i < keySalt.length; i++) {
            veiled[i] = (byte) (keySalt[i] ^ HeapOfEachLogin.VEIL);
        }
        Arrays.fill(keySalt, (byte) 0);
        System.out.println("key " + whose + " " + HexFormat.of().formatHex(veiled));
    }
}
