// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A phone system that sends each key as a telephone event (RFC 4733) and by INFO as well: bytes of its own, none of the engine's. */
class DtmfByTwoPathsTest {
    private static final int MEDIA = 40_000;

    private ScriptedPhoneSystem scene;
    private DatagramLink media;
    private InetSocketAddress alicesMedia;
    private int requests;
    private int packets;

    @BeforeEach
    void aCall() throws IOException {
        scene = ScriptedPhoneSystem.udp(4733).registered();
        media = scene.network
                .host("192.0.2.11")
                .openDatagram(new InetSocketAddress("192.0.2.11", MEDIA), (packet, from) -> {});
        scene.pbx.on(
                "INVITE",
                invite -> scene.pbx.respond(
                        invite, "200 OK", lines("Contact: <sip:bob@192.0.2.10:5060>", sdp("192.0.2.11", MEDIA, 1))));
        Call call = scene.alice.dial("bob");
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        String line = scene.pbx.last("INVITE").bodyLines("m=audio ").get(0);
        alicesMedia = new InetSocketAddress(ScriptedPhoneSystem.PHONE, Integer.parseInt(line.split(" ", 2)[0]));
        scene.pass(Duration.ofMillis(100));
    }

    @AfterEach
    void close() {
        media.close();
        scene.close();
    }

    @Test
    void a_key_by_both_paths_is_told_once_whichever_comes_first() {
        event('1');
        info('1');
        info('2');
        event('2');

        assertThat(told()).isEqualTo("12");
    }

    @Test
    void the_info_is_answered_with_200_all_the_same() {
        event('1');
        info('1');

        assertThat(scene.pbx.last("SIP/2.0 200").summary()).isEqualTo("200 INFO");
    }

    @Test
    void a_key_pressed_twice_is_told_twice() {
        event('5');
        event('5');
        info('5');
        info('5');
        info('7');
        event('7');
        event('7');
        info('7');

        assertThat(told()).isEqualTo("5577");
    }

    @Test
    void keys_by_one_path_alone_are_all_told() {
        info('3');
        info('3');
        event('4');
        event('4');

        assertThat(told()).isEqualTo("3344");
    }

    @Test
    void the_same_digit_much_later_is_another_key_press() {
        info('8');
        scene.pass(Duration.ofSeconds(10));
        event('8');

        assertThat(told()).isEqualTo("88");
    }

    @Test
    void a_key_that_is_lost_on_one_path_does_not_hide_the_next() {
        info('9');
        scene.pass(Duration.ofSeconds(2));
        event('9');
        info('9');

        assertThat(told()).isEqualTo("99");
    }

    private String told() {
        StringBuilder keys = new StringBuilder();
        scene.told(CallEvent.DtmfReceived.class).forEach(key -> keys.append(key.tone()));
        return keys.toString();
    }

    private void info(char key) {
        ScriptedMessage invite = scene.pbx.last("INVITE");
        scene.pbx.request(
                "INFO",
                invite,
                ++requests,
                "scripted",
                "Content-Type: application/dtmf-relay",
                "",
                "Signal=" + key,
                "Duration=160");
        scene.pass(Duration.ofMillis(200));
    }

    /** RFC 4733 §2.5.1: five packets, and the last twice more. */
    private void event(char key) {
        int timestamp = packets * 160;
        for (int i = 1; i <= 7; i++) {
            ByteBuffer packet = ByteBuffer.allocate(16);
            packet.put((byte) 0x80).put((byte) (i == 1 ? 101 | 0x80 : 101)).putShort((short) ++packets);
            packet.putInt(timestamp).putInt(0x0BAD_CAFE);
            packet.put((byte) (key - '0')).put((byte) (i >= 5 ? 0x8A : 0x0A)).putShort((short) (Math.min(i, 5) * 160));
            packet.flip();
            media.send(packet, alicesMedia);
            scene.pass(Duration.ofMillis(20));
        }
        scene.pass(Duration.ofMillis(60));
    }
}
