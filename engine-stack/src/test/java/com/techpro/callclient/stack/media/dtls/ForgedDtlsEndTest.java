// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our end, as client and as server, against an end that is not what signalling told of, or of less than we ask for. */
@Timeout(60)
class ForgedDtlsEndTest {
    private final DtlsScene scene = new DtlsScene(1);
    private final Deque<byte[]> toForged = new ArrayDeque<>();
    private @Nullable DtlsHandshake ours;
    private @Nullable DtlsKeys keys;
    private @Nullable DtlsFailure failure;
    private @Nullable ForgedDtlsEnd forged;

    @AfterEach
    void close() {
        if (ours != null) {
            ours.close();
        }
        if (forged != null) {
            forged.end();
        }
        scene.close();
    }

    private ForgedDtlsEnd against(DtlsRole our) {
        ForgedDtlsEnd end = new ForgedDtlsEnd(our == DtlsRole.CLIENT ? DtlsRole.SERVER : DtlsRole.CLIENT, scene);
        forged = end;
        return end;
    }

    private void handshake(DtlsRole our, ForgedDtlsEnd end, DtlsIdentity expected) {
        scene.loop.execute(() -> {
            ours = scene.handshakes.begin(
                    our,
                    scene.client.identity,
                    List.of(expected.fingerprint()),
                    scene.client.suites,
                    scene.loop,
                    new Ours());
            deliver(end.resume(null));
        });
        for (int i = 0; i < 20; i++) {
            scene.time.advance(Duration.ofMillis(10));
            scene.loop.execute(() -> {
                byte[] datagram = toForged.poll();
                if (datagram != null) {
                    deliver(end.resume(datagram));
                }
            });
        }
        scene.time.advance(Duration.ofMillis(10));
    }

    private void deliver(List<byte[]> datagrams) {
        DtlsHandshake to = ours;
        if (to != null) {
            datagrams.forEach(datagram -> to.received(ByteBuffer.wrap(datagram)));
        }
    }

    private final class Ours implements DtlsHandshake.Listener {
        @Override
        public void send(ByteBuffer datagram) {
            byte[] bytes = new byte[datagram.remaining()];
            datagram.get(bytes);
            toForged.add(bytes);
        }

        @Override
        public void established(DtlsKeys agreed) {
            keys = agreed;
        }

        @Override
        public void failed(DtlsFailure reason) {
            failure = reason;
        }
    }

    /** Without this none of the others would say anything. */
    @ParameterizedTest
    @EnumSource(DtlsRole.class)
    void an_end_with_the_certificate_told_of_is_taken(DtlsRole our) {
        ForgedDtlsEnd end = against(our);
        handshake(our, end, end.identity());
        assertThat(failure).isNull();
        assertThat(keys).isNotNull();
    }

    /** RFC 5763 §6.7.1, RFC 5246 §7.4.2: the sender's own certificate comes first. Anybody can show the certificate of somebody else behind it. */
    @ParameterizedTest
    @EnumSource(DtlsRole.class)
    void a_certificate_shown_behind_another_proves_nothing(DtlsRole our) {
        ForgedDtlsEnd end = against(our);
        DtlsIdentity genuine = scene.server.identity;
        end.chain.add(genuine.certificate());
        handshake(our, end, genuine);
        assertThat(keys).isNull();
        assertThat(failure).isEqualTo(DtlsFailure.FINGERPRINT);
    }

    /** A gateway may send the certificates that signed its own, which say nothing against it. */
    @ParameterizedTest
    @EnumSource(DtlsRole.class)
    void certificates_behind_the_one_told_of_do_no_harm(DtlsRole our) {
        ForgedDtlsEnd end = against(our);
        end.chain.add(scene.server.identity.certificate());
        handshake(our, end, end.identity());
        assertThat(keys).isNotNull();
    }

    /** RFC 5763 §5: the handshake alone would go through. */
    @Test
    void a_client_without_a_certificate_is_refused() {
        ForgedDtlsEnd end = against(DtlsRole.SERVER);
        end.certified = false;
        handshake(DtlsRole.SERVER, end, end.identity());
        assertThat(keys).isNull();
        assertThat(failure).isEqualTo(DtlsFailure.FINGERPRINT);
        assertThat(end.alert).isEqualTo(AlertDescription.handshake_failure);
    }

    /** RFC 9325 §4.2: the signalling tells of it, but whoever breaks its key is in the call. */
    @ParameterizedTest
    @EnumSource(DtlsRole.class)
    void a_certificate_with_a_key_below_112_bits_is_refused(DtlsRole our) {
        ForgedDtlsEnd end = against(our);
        end.weaken();
        handshake(our, end, end.identity());
        assertThat(keys).isNull();
        assertThat(failure).isEqualTo(DtlsFailure.WEAK_KEY);
        assertThat(end.alert).isEqualTo(AlertDescription.insufficient_security);
    }

    @ParameterizedTest
    @EnumSource(DtlsRole.class)
    void a_signature_of_SHA_1_is_refused(DtlsRole our) {
        ForgedDtlsEnd end = against(our);
        end.hash = HashAlgorithm.sha1;
        handshake(our, end, end.identity());
        assertThat(keys).isNull();
        assertThat(failure).isEqualTo(DtlsFailure.PROTOCOL);
    }

    /** RFC 9155 §2, §3: they are neither offered nor asked for. */
    @ParameterizedTest
    @EnumSource(DtlsRole.class)
    void no_signature_of_MD5_or_SHA_1_is_asked_for(DtlsRole our) {
        ForgedDtlsEnd end = against(our);
        handshake(our, end, end.identity());
        List<Short> hashes = new ArrayList<>();
        for (SignatureAndHashAlgorithm algorithm : end.taken) {
            hashes.add(algorithm.getHash());
        }
        assertThat(hashes).isNotEmpty().containsOnly(HashAlgorithm.sha256, HashAlgorithm.sha384, HashAlgorithm.sha512);
    }

    /** RFC 7627 §5.2, §5.3: without it the keys are not bound to the certificates, and two handshakes can be made to share them. */
    @ParameterizedTest
    @EnumSource(DtlsRole.class)
    void an_end_without_extended_master_secret_is_refused(DtlsRole our) {
        ForgedDtlsEnd end = against(our);
        end.extendedMasterSecret = false;
        handshake(our, end, end.identity());
        assertThat(keys).isNull();
        assertThat(failure).isEqualTo(DtlsFailure.PROTOCOL);
        // At its hello, and not by what the library thinks of the export.
        assertThat(end.alert).isEqualTo(AlertDescription.handshake_failure);
    }
}
