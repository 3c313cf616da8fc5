// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The sockets of a stream: which of them are heard, and what is told apart on them. */
class MediaTransportTest {
    private static void move(TestCall.Party party) throws IOException {
        party.session.moveTo(InetAddress.getByName(TestCall.ALICE));
    }

    @Test
    void media_to_the_old_port_after_a_move_is_played() throws IOException {
        try (var call = new TestCall(51)) {
            call.connect(SrtpSuite.AEAD_AES_128_GCM);
            call.bob.speak(440);
            call.run(Duration.ofSeconds(4));
            long lost = call.alice.session.statistics().lost();
            long concealed = call.alice.session.statistics().concealed();

            move(call.alice);
            call.run(Duration.ofSeconds(3));
            assertThat(call.bob.events).last().asString().as("new port found").startsWith("latched");
            MediaStatistics after = call.alice.session.statistics();
            assertThat(after.lost()).isEqualTo(lost);
            assertThat(after.concealed()).isEqualTo(concealed);
            assertThat(call.alice.heard(Duration.ofSeconds(3)).power(440)).isGreaterThan(0.9);
        }
    }

    @Test
    void nothing_is_sent_from_the_old_port_after_a_move_and_it_is_free_five_seconds_later() throws IOException {
        try (var call = new TestCall(52)) {
            call.connect(SrtpSuite.AEAD_AES_128_GCM);
            call.run(Duration.ofSeconds(1));
            int before = call.alice.host.openLinks();
            InetSocketAddress old = call.alice.address();

            move(call.alice);
            call.run(Duration.ofMillis(20));
            call.network.trace().clear();
            call.run(Duration.ofMillis(4_900));
            assertThat(call.network.trace().packets())
                    .noneMatch(packet -> packet.from().equals(old));
            assertThat(call.alice.host.openLinks()).isEqualTo(before + 1);
            call.run(Duration.ofMillis(200));
            assertThat(call.alice.host.openLinks()).isEqualTo(before);
        }
    }

    @Test
    void one_that_moves_again_and_again_keeps_four_former_sockets() throws IOException {
        try (var call = new TestCall(53)) {
            call.connect(SrtpSuite.AEAD_AES_128_GCM);
            call.run(Duration.ofSeconds(1));
            int before = call.alice.host.openLinks();
            for (int i = 0; i < 20; i++) {
                move(call.alice);
                call.run(Duration.ofMillis(100));
            }
            assertThat(call.alice.host.openLinks()).isEqualTo(before + 4);
        }
    }

    @Test
    void RFC7983_a_DTLS_record_is_no_media_on_either_port() throws IOException {
        try (var call = new TestCall(54)) {
            call.connect(null);
            call.run(Duration.ofSeconds(1));
            DatagramLink link = call.bob.host.openDatagram(
                    new InetSocketAddress(InetAddress.getByName(TestCall.BOB), 0), (packet, from) -> {});
            for (int first : new int[] {20, 22, 63}) {
                byte[] record = new byte[60];
                record[0] = (byte) first;
                link.send(ByteBuffer.wrap(record), call.alice.address());
            }
            call.run(Duration.ofSeconds(2));

            MediaStatistics.Drops drops = call.alice.session.statistics().drops();
            assertThat(drops.unwanted()).isEqualTo(3);
            assertThat(drops.malformed()).isZero();
            link.close();
        }
    }
}
