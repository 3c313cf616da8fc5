// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.net.DatagramLink;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What goes wrong with handshakes of DTLS, seen by a phone that knows no more of them than their first octets. */
class HandshakeFaultsOnTheWireTest extends FieldBehaviourScene {
    @Test
    void the_first_datagram_of_a_handshake_is_lost_and_later_ones_come_twice() throws IOException {
        start();
        PlainPhone alice = phone("1001", "10.0.0.11", "a");
        List<String> answers = new ArrayList<>();
        DatagramLink link = network.host("10.0.0.11")
                .openDatagram(new InetSocketAddress("10.0.0.11", 7_000), (packet, from) -> {
                    byte[] all = new byte[packet.remaining()];
                    packet.get(all);
                    answers.add(HexFormat.of().formatHex(all));
                });
        pbx.faults().media("1001").fromPhone().loseHandshake(1);
        alice.dial("600", "a", dtlsOffer("10.0.0.11"), aSecond);
        String echo = alice.last();
        assertThat(PlainPhone.bodyOf(echo)).contains("a=setup:passive");
        alice.inDialog("ACK", echo, "");
        InetSocketAddress port = new InetSocketAddress(
                PBX, Integer.parseInt(PlainPhone.bodyOf(echo).replaceAll("(?s).*m=audio (\\d+) .*", "$1")));

        link.send(clientHello(0), port);
        time.advance(Duration.ofMillis(100));
        assertThat(answers).as("the first never arrived").isEmpty();
        link.send(clientHello(1), port);
        time.advance(Duration.ofMillis(100));
        assertThat(answers).as("handshake records (RFC 6347 §4.1)").isNotEmpty().allMatch(it -> it.startsWith("16fe"));
        assertThat(answers).as("each has a number of its own").doesNotHaveDuplicates();

        answers.clear();
        pbx.faults().media("1001").toPhone().doubleHandshake(true);
        time.advance(Duration.ofSeconds(2));
        assertThat(answers).as("said again as there is no answer").isNotEmpty();
        for (int i = 0; i < answers.size(); i += 2) {
            assertThat(answers.get(i + 1)).isEqualTo(answers.get(i));
        }

        answers.clear();
        pbx.faults().clear();
        time.advance(Duration.ofSeconds(4));
        assertThat(answers).isNotEmpty().doesNotHaveDuplicates();
        alice.inDialog("BYE", echo, "");
        aSecond.run();
        link.close();
    }

    private static String dtlsOffer(String host) {
        return sdp(host, "sendrecv").replace("RTP/AVP", "UDP/TLS/RTP/SAVP") + "a=setup:active\r\na=fingerprint:sha-256 "
                + "AB:".repeat(31) + "AB\r\n";
    }

    /** RFC 6347 §4.2.2 without a cookie, RFC 8422 §5.1, RFC 5764 §4.1.1, RFC 7627 §5.1, RFC 5746 §3.4. */
    private static ByteBuffer clientHello(int record) {
        String extensions = "000a00040002" + "0017" + "000b00020100" + "000d00040002" + "0403"
                + "000e00090006000700080001" + "00" + "00170000" + "ff01000100";
        String body = "fefd" + "07".repeat(32) + "00" + "00" + "0004c02bc02f" + "0100"
                + String.format("%04x", extensions.length() / 2) + extensions;
        String length = String.format("%06x", body.length() / 2);
        String handshake = "01" + length + "0000" + "000000" + length + body;
        String all = "16fefd" + "0000" + String.format("%012x", record) + String.format("%04x", handshake.length() / 2)
                + handshake;
        ByteBuffer bytes = ByteBuffer.allocate(all.length() / 2);
        for (int i = 0; i < all.length(); i += 2) {
            bytes.put((byte) Integer.parseInt(all.substring(i, i + 2), 16));
        }
        return bytes.flip();
    }
}
