// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.ice.IceCandidate;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.stack.media.dtls.DtlsIdentity;
import com.techpro.callclient.stack.media.dtls.DtlsRole;
import com.techpro.callclient.stack.media.dtls.Fingerprint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * By which of ICE's pairs a handshake goes. A peer whose DTLS knows only the address at which it began drops what comes
 * from another, as baresip 1.1 does.
 */
class DtlsPathTest {
    @ParameterizedTest
    @CsvSource({"SERVER, 1", "SERVER, 100", "SERVER, 600", "CLIENT, 1", "CLIENT, 100", "CLIENT, 600"})
    void a_handshake_goes_on_where_it_began_although_another_pair_is_selected(DtlsRole role, int afterMillis)
            throws IOException {
        StrayRecords theirs = role == DtlsRole.SERVER ? StrayRecords.CLIENT_HELLO : StrayRecords.SERVER_HELLO;
        try (IceScene scene =
                        IceScene.builder(36).bobWithoutIce().withoutServers().open();
                LitePeer began = new LitePeer(scene.call.network.host("198.51.100.9"), 1);
                LitePeer better = new LitePeer(scene.call.network.host("198.51.100.10"), IceCandidate.MAX_PREFERENCE)) {
            // Given a peer whose better address answers later
            better.answers = false;
            scene.alice.party.gathered = description -> scene.later(() -> {
                began.description = description;
                better.description = description;
                scene.alice.guard.permit(began.address());
                scene.alice.guard.permit(better.address());
                scene.alice.party.session.remoteIce(began.attributes(better));
                scene.alice.party.configure(parameters(scene, began, role));
            });
            while (began.answered == 0) {
                scene.run(Duration.ofMillis(1));
            }
            scene.run(Duration.ofMillis(2));
            InetSocketAddress alice = mapped(scene, began);
            began.send(theirs.datagrams().get(0), alice);
            scene.run(Duration.ofMillis(20));
            int first = began.handshakes.size();
            assertThat(first).isPositive();

            // When the better one is selected, and the flight is asked for once more
            better.answers = true;
            scene.run(Duration.ofMillis(afterMillis));
            began.send(theirs.datagrams().get(0), alice);
            scene.run(Duration.ofMillis(1_500));

            assertThat(better.nominations).isPositive();
            assertThat(began.handshakes).hasSizeGreaterThan(first);
            assertThat(better.handshakes).isEmpty();
        }
    }

    /** Where Alice's checks come from. */
    private static InetSocketAddress mapped(IceScene scene, LitePeer peer) {
        return scene.call.network.trace().packets().stream()
                .filter(packet -> packet.to().equals(peer.address()))
                .findFirst()
                .orElseThrow()
                .from();
    }

    private static MediaParameters parameters(IceScene scene, LitePeer peer, DtlsRole role) {
        PayloadFormat codec = PayloadFormat.ofStatic(G711.ULAW);
        DtlsIdentity own = new DtlsIdentity(scene.call.time.random("alice"), scene.call.time.now());
        Fingerprint other = new DtlsIdentity(scene.call.time.random("peer"), scene.call.time.now()).fingerprint();
        return new MediaParameters(
                peer.address(),
                null,
                codec,
                TestCall.EVENTS,
                PayloadTypeMap.of(List.of(codec), List.of()),
                20,
                MediaDirection.SENDRECV,
                new Keying.Dtls(role, own, List.of(other), List.of(SrtpSuite.AEAD_AES_256_GCM)));
    }
}
