// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench.playout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.testkit.cli.bench.playout.BaresipBuffer.ReturnedSound;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** How baresip is called, and its sound placed, without baresip. */
class BaresipBufferTest {
    private static final String INVITE = String.join(
            "\r\n",
            "INVITE sip:trace@127.0.0.1 SIP/2.0",
            "Via: SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bK1;rport",
            "Contact: <sip:peer-1@127.0.0.1:5070>",
            "To: <sip:trace@127.0.0.1>",
            "From: <sip:peer@127.0.0.1>;tag=25f9",
            "Call-ID: 7d8e",
            "CSeq: 5 INVITE",
            "",
            "v=0",
            "m=audio %s RTP/AVP 0 101",
            "");

    @Test
    void a_frame_that_comes_late_is_placed_by_its_timestamp() {
        ReturnedSound returned = new ReturnedSound();
        returned.add(112, frame(0, 160, 1000));
        returned.add(130, frame(0, 320, 2000));
        returned.add(215, frame(0, 640, 3000));

        short[] sound = returned.sound(2_000);

        assertThat(sound[110 * 8 - 1]).isZero();
        assertThat(new int[] {sound[110 * 8], sound[130 * 8], sound[170 * 8]})
                .containsExactly(heard(1000), heard(2000), heard(3000));
        assertThat(sound[150 * 8]).isZero();
    }

    @Test
    void packets_of_another_payload_are_passed_over() {
        ReturnedSound returned = new ReturnedSound();
        returned.add(40, frame(101, 160, 9000));
        returned.add(60, frame(0, 320, 1000));

        assertThat(returned.sound(1_000)[60 * 8]).isEqualTo(heard(1000));
    }

    @Test
    void a_clock_is_as_late_as_its_latest_frame() {
        ReturnedSound returned = new ReturnedSound();
        for (int i = 0; i < 50; i++) {
            returned.add(20 * i + (i == 40 ? 33 : 2), frame(0, 160 * i, 1000));
        }

        assertThat(returned.latest()).isEqualTo(31);
    }

    @Test
    void a_call_is_answered_with_its_own_headers_and_ended_in_its_dialog() throws IOException {
        try (BaresipCall call = new BaresipCall();
                DatagramSocket caller = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            caller.setSoTimeout(10_000);
            send(caller, call, INVITE.formatted("4242"));
            send(caller, call, "ACK sip:trace@127.0.0.1 SIP/2.0\r\n\r\n");

            InetSocketAddress media = call.answer(Duration.ofSeconds(10));
            call.bye();

            assertThat(media.getPort()).isEqualTo(4242);
            assertThat(received(caller))
                    .startsWith("SIP/2.0 200 OK\r\n")
                    .contains("Via: SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bK1;rport\r\n")
                    .contains("CSeq: 5 INVITE\r\n")
                    .contains("m=audio " + call.media().getLocalPort() + " RTP/AVP 0\r\n");
            assertThat(received(caller))
                    .startsWith("BYE sip:peer-1@127.0.0.1:5070 SIP/2.0\r\n")
                    .contains("To: <sip:peer@127.0.0.1>;tag=25f9\r\n");
        }
    }

    @Test
    void a_call_without_sound_is_refused() throws IOException {
        try (BaresipCall call = new BaresipCall();
                DatagramSocket caller = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            send(caller, call, INVITE.formatted("none"));

            assertThatThrownBy(() -> call.answer(Duration.ofSeconds(10)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("baresip offers no sound");
        }
    }

    private static void send(DatagramSocket from, BaresipCall to, String message) throws IOException {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        int port = Integer.parseInt(to.uri().replaceFirst(".*:", ""));
        from.send(new DatagramPacket(bytes, bytes.length, from.getLocalAddress(), port));
    }

    private static String received(DatagramSocket at) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
        at.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    private static ByteBuffer frame(int payloadType, int timestamp, int sample) {
        byte[] payload = new byte[160];
        Arrays.fill(payload, G711.ULAW.encode((short) sample));
        return ByteBuffer.allocate(172)
                .put((byte) 0x80)
                .put((byte) payloadType)
                .putShort((short) 1)
                .putInt(timestamp)
                .putInt(7)
                .put(payload)
                .flip();
    }

    private static short heard(int sample) {
        return G711.ULAW.decode(G711.ULAW.encode((short) sample));
    }
}
