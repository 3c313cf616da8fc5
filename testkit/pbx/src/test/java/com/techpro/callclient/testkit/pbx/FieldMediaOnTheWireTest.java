// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each behaviour of the field profile that is about descriptions, sound and keys, alone, as phones see it; {@link FieldBehaviourOnTheWireTest} has the others. */
class FieldMediaOnTheWireTest extends FieldBehaviourScene {
    @Test
    void hold_is_music_to_the_other_and_no_word_of_it() throws IOException {
        start(FieldBehaviour.MUSIC_ON_HOLD);
        PlainPhone alice = phone("1001", "10.0.0.11", "a");
        PlainPhone bob = phone("1002", "10.0.0.12", "b");
        List<ByteBuffer> heard = new ArrayList<>();
        var bobsMedia = network.host("10.0.0.12")
                .openDatagram(new InetSocketAddress("10.0.0.12", 7_000), (packet, from) -> heard.add(packet));
        String ok = talk(alice, bob);
        assertThat(heard).isEmpty();

        alice.inDialog("INVITE", ok, sdp("10.0.0.11", "sendonly"));
        aSecond.run();
        assertThat(PlainPhone.bodyOf(alice.last())).contains("a=recvonly");
        alice.inDialog("ACK", alice.last(), "");
        assertThat(heard).hasSizeGreaterThan(40);
        assertThat(bob.requests("INVITE")).as("bob is told nothing").hasSize(1);

        alice.inDialog("INVITE", ok, PLAIN_SDP);
        aSecond.run();
        assertThat(PlainPhone.bodyOf(alice.last())).contains("a=sendrecv");
        alice.inDialog("ACK", alice.last(), "");
        int before = heard.size();
        aSecond.run();
        assertThat(heard).as("the music is over").hasSizeLessThan(before + 3);
        hangUp(alice, bob, ok);
        bobsMedia.close();
    }

    @Test
    void direct_media_points_two_phones_at_each_other_and_back_when_one_holds() throws IOException {
        start(FieldBehaviour.DIRECT_MEDIA);
        PlainPhone alice = phone("1001", "10.0.0.11", "a");
        PlainPhone bob = phone("1002", "10.0.0.12", "b");
        String ok = talk(alice, bob);
        assertThat(mediaOf(ok)).isEqualTo(PBX);
        answerWith(alice, PLAIN_SDP);
        answerWith(bob, sdp("10.0.0.12", "sendrecv"));
        assertThat(mediaOf(latest(alice, "INVITE"))).isEqualTo("10.0.0.12");
        assertThat(mediaOf(latest(bob, "INVITE"))).isEqualTo("10.0.0.11");
        assertThat(PlainPhone.bodyOf(latest(bob, "INVITE"))).contains("m=audio 7000 ");

        alice.inDialog("INVITE", ok, sdp("10.0.0.11", "sendonly"));
        aSecond.run();
        assertThat(mediaOf(latest(bob, "INVITE"))).isEqualTo(PBX);
        assertThat(PlainPhone.bodyOf(latest(bob, "INVITE"))).contains("a=sendonly");
        answerWith(bob, sdp("10.0.0.12", "recvonly"));
        assertThat(mediaOf(alice.last())).as("the answer to a hold").isEqualTo("10.0.0.12");
        alice.inDialog("ACK", alice.last(), "");
        time.advance(Duration.ofSeconds(5));
        assertThat(mediaOf(latest(bob, "INVITE"))).as("while held").isEqualTo(PBX);

        alice.inDialog("INVITE", ok, PLAIN_SDP);
        aSecond.run();
        answerWith(bob, sdp("10.0.0.12", "sendrecv"));
        assertThat(mediaOf(alice.last())).isEqualTo(PBX);
        alice.inDialog("ACK", alice.last(), "");
        aSecond.run();
        answerWith(alice, PLAIN_SDP);
        answerWith(bob, sdp("10.0.0.12", "sendrecv"));
        assertThat(mediaOf(latest(alice, "INVITE"))).isEqualTo("10.0.0.12");
        assertThat(mediaOf(latest(bob, "INVITE"))).isEqualTo("10.0.0.11");
        hangUp(alice, bob, ok);
    }

    @Test
    void direct_media_exchanges_the_keys_of_the_phones_and_returns_with_fresh_ones() throws IOException {
        start(EmbeddedPbx.builder().srtpEverywhere(), FieldBehaviour.DIRECT_MEDIA, FieldBehaviour.MUSIC_ON_HOLD);
        PlainPhone alice = phone("1001", "10.0.0.11", "a");
        PlainPhone bob = phone("1002", "10.0.0.12", "b");
        String alicesKey = "AES_CM_128_HMAC_SHA1_80 inline:" + "A".repeat(40);
        String bobsKey = "AES_CM_128_HMAC_SHA1_80 inline:" + "B".repeat(40);
        alice.dial("1002", "a", encrypted("10.0.0.11", "sendrecv", "1 " + alicesKey), aSecond);
        String offered = bob.requests("INVITE").get(0);
        String tag = PlainPhone.bodyOf(offered).replaceAll("(?s).*a=crypto:(\\d+) AES_CM_128_HMAC_SHA1_80.*", "$1");
        bob.reply(offered, 200, encrypted("10.0.0.12", "sendrecv", tag + " " + bobsKey));
        aSecond.run();
        String ok = alice.last();
        alice.inDialog("ACK", ok, "");
        aSecond.run();

        assertThat(PlainPhone.bodyOf(latest(alice, "INVITE"))).contains("a=crypto:1 " + bobsKey);
        answerWith(alice, encrypted("10.0.0.11", "sendrecv", "1 " + alicesKey));
        assertThat(PlainPhone.bodyOf(latest(bob, "INVITE"))).contains("a=crypto:1 " + alicesKey);
        answerWith(bob, encrypted("10.0.0.12", "sendrecv", "1 " + bobsKey));

        alice.inDialog("INVITE", ok, encrypted("10.0.0.11", "sendonly", "1 " + alicesKey));
        aSecond.run();
        assertThat(PlainPhone.bodyOf(alice.last())).contains("a=crypto:1 " + bobsKey, "a=recvonly");
        alice.inDialog("ACK", alice.last(), "");
        String back = PlainPhone.bodyOf(latest(bob, "INVITE"));
        assertThat(mediaOf(latest(bob, "INVITE"))).isEqualTo(PBX);
        assertThat(back)
                .contains("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:", "a=sendrecv")
                .doesNotContain(alicesKey);
        assertThat(back).as("a key of its own").doesNotContain(cryptoOf(offered, "AES_CM_128_HMAC_SHA1_80"));
        answerWith(bob, encrypted("10.0.0.12", "sendrecv", "1 " + bobsKey));
        hangUp(alice, bob, ok);
    }

    @Test
    void a_phone_that_refuses_direct_media_leaves_both_at_the_pbx() throws IOException {
        start(FieldBehaviour.DIRECT_MEDIA);
        PlainPhone alice = phone("1001", "10.0.0.11", "a");
        PlainPhone bob = phone("1002", "10.0.0.12", "b");
        String ok = talk(alice, bob);
        answerWith(alice, PLAIN_SDP);
        assertThat(mediaOf(latest(bob, "INVITE"))).isEqualTo("10.0.0.11");
        bob.reply(latest(bob, "INVITE"), 488, "");
        aSecond.run();

        assertThat(mediaOf(latest(alice, "INVITE"))).isEqualTo(PBX);
        answerWith(alice, PLAIN_SDP);
        time.advance(Duration.ofSeconds(10));
        assertThat(bob.requests("INVITE")).as("the first, and the one refused").hasSize(2);
        hangUp(alice, bob, ok);
    }

    @Test
    void a_key_is_the_first_packet_with_a_timestamp_of_its_own() throws IOException {
        start(FieldBehaviour.RESTAMPS_KEYS);
        PlainPhone alice = phone("1001", "10.0.0.11", "a");
        List<byte[]> heard = new ArrayList<>();
        var media = network.host("10.0.0.11")
                .openDatagram(new InetSocketAddress("10.0.0.11", 7_000), (packet, from) -> {
                    byte[] bytes = new byte[packet.remaining()];
                    packet.get(bytes);
                    if (bytes.length >= 12 && (bytes[1] & 0x7f) < 72 | (bytes[1] & 0x7f) == 101) {
                        heard.add(bytes);
                    }
                });
        alice.dial("601", "a", PLAIN_SDP, aSecond);
        String ok = alice.last();
        alice.inDialog("ACK", ok, "");
        aSecond.run();

        assertThat(heard.get(0)[1] & 0x7f).isEqualTo(101);
        assertThat(ByteBuffer.wrap(heard.get(0)).getInt(4)).isZero();
        assertThat(heard.get(5)[1] & 0x7f).isZero();
        assertThat(ByteBuffer.wrap(heard.get(5)).getInt(4)).isNotZero();
        alice.inDialog("BYE", ok, "");
        aSecond.run();
        media.close();
    }

    @Test
    void keys_passed_on_are_stamped_anew_from_0_and_the_voice_is_not() throws IOException {
        start(FieldBehaviour.RESTAMPS_KEYS);
        PlainPhone alice = phone("1001", "10.0.0.11", "a");
        PlainPhone bob = phone("1002", "10.0.0.12", "b");
        List<String> heard = new ArrayList<>();
        var bobsMedia = network.host("10.0.0.12")
                .openDatagram(
                        new InetSocketAddress("10.0.0.12", 7_000),
                        (packet, from) -> heard.add((packet.slice().get(1) & 0x7f) + "@"
                                + packet.slice().getInt(4)));
        var alicesMedia =
                network.host("10.0.0.11").openDatagram(new InetSocketAddress("10.0.0.11", 7_000), (p, f) -> {});
        String ok = talk(alice, bob);
        for (int[] sent : new int[][] {{101, 5_000}, {101, 5_000}, {0, 9_000}, {101, 77_000}}) {
            alicesMedia.send(rtp(sent[0], sent[1], 0), portOf(ok));
        }
        aSecond.run();

        assertThat(heard).containsExactly("101@0", "101@0", "0@9000", "101@8000");
        hangUp(alice, bob, ok);
        alicesMedia.close();
        bobsMedia.close();
    }

    @Test
    void info_tells_each_key_that_is_passed_on_once() throws IOException {
        start(FieldBehaviour.KEYS_BY_INFO_TOO);
        PlainPhone alice = phone("1001", "10.0.0.11", "a");
        PlainPhone bob = phone("1002", "10.0.0.12", "b").answering("INFO");
        List<Integer> heard = new ArrayList<>();
        var bobsMedia = network.host("10.0.0.12")
                .openDatagram(
                        new InetSocketAddress("10.0.0.12", 7_000),
                        (packet, from) -> heard.add(packet.slice().get(1) & 0x7f));
        var alicesMedia =
                network.host("10.0.0.11").openDatagram(new InetSocketAddress("10.0.0.11", 7_000), (p, f) -> {});
        String ok = talk(alice, bob);
        for (int[] sent : new int[][] {{101, 5_000, 3}, {101, 5_000, 3}, {0, 9_000, 0}, {101, 77_000, 11}}) {
            alicesMedia.send(rtp(sent[0], sent[1], sent[2]), portOf(ok));
        }
        aSecond.run();

        assertThat(heard).containsExactly(101, 101, 0, 101);
        assertThat(bob.requests("INFO"))
                .allMatch(info -> info.contains("Content-Type: application/dtmf-relay"))
                .extracting(info -> PlainPhone.bodyOf(info).lines().findFirst().orElse(""))
                .containsExactly("Signal=3", "Signal=#");
        hangUp(alice, bob, ok);
        alicesMedia.close();
        bobsMedia.close();
    }

    private static ByteBuffer rtp(int type, int timestamp, int event) {
        ByteBuffer packet = ByteBuffer.allocate(16);
        packet.put((byte) 0x80)
                .put((byte) type)
                .putShort((short) 1)
                .putInt(timestamp)
                .putInt(4711)
                .put((byte) event)
                .put((byte) 0x80)
                .putShort((short) 160);
        packet.flip();
        return packet;
    }

    private static InetSocketAddress portOf(String described) {
        String port = PlainPhone.bodyOf(described).replaceAll("(?s).*m=audio (\\d+).*", "$1");
        return new InetSocketAddress(PBX, Integer.parseInt(port));
    }

    @Test
    void descriptions_name_candidates_at_which_nobody_answers() throws IOException {
        start(FieldBehaviour.DEAD_ICE_CANDIDATES);
        PlainPhone alice = phone("1001", "10.0.0.11", "a");
        PlainPhone bob = phone("1002", "10.0.0.12", "b");
        String ok = talk(alice, bob);

        for (String described : List.of(ok, bob.requests("INVITE").get(0))) {
            assertThat(PlainPhone.bodyOf(described).lines())
                    .anyMatch(line -> line.startsWith("a=ice-ufrag:"))
                    .anyMatch(line -> line.startsWith("a=ice-pwd:"))
                    .filteredOn(line -> line.startsWith("a=candidate:"))
                    .hasSize(2)
                    .noneMatch(line -> line.contains(PBX));
            assertThat(mediaOf(described)).isEqualTo(PBX);
        }
        hangUp(alice, bob, ok);
    }

    @Test
    void a_call_offers_dtls_first_and_keys_in_the_description_once_that_is_refused() throws IOException {
        start(EmbeddedPbx.builder().srtpEverywhere(), FieldBehaviour.DTLS_OFFERS);
        PlainPhone alice = phone("1001", "10.0.0.11", "a");
        PlainPhone bob = phone("1002", "10.0.0.12", "b");
        String key = "AES_CM_128_HMAC_SHA1_80 inline:" + "A".repeat(40);
        alice.dial("1002", "a", encrypted("10.0.0.11", "sendrecv", "1 " + key), aSecond);
        String first = bob.requests("INVITE").get(0);
        assertThat(PlainPhone.bodyOf(first))
                .contains("UDP/TLS/RTP/SAVP", "a=setup:actpass", "a=fingerprint:sha-256 ", "a=group:BUNDLE 0")
                .contains("a=rtcp-mux")
                .doesNotContain("a=crypto");

        bob.reply(first, 488, "");
        aSecond.run();
        String second = latest(bob, "INVITE");
        assertThat(PlainPhone.bodyOf(second)).contains(" RTP/SAVP ", "a=crypto").doesNotContain("UDP/TLS", "setup");
        assertThat(PlainPhone.headerOf(second, "Call-ID")).isEqualTo(PlainPhone.headerOf(first, "Call-ID"));
        assertThat(PlainPhone.headerOf(second, "CSeq")).isEqualTo("2 INVITE");
        assertThat(alice.statuses()).as("alice hears nothing of it").doesNotContain(488, 180, 200);
        end(bob, second, alice);
    }

    @Test
    void a_call_that_was_given_up_is_not_offered_again() throws IOException {
        start(FieldBehaviour.DTLS_OFFERS);
        PlainPhone alice = phone("1001", "10.0.0.11", "a").answering("CANCEL");
        PlainPhone bob = phone("1002", "10.0.0.12", "b").answering("CANCEL");
        alice.dial("1002", "a", PLAIN_SDP, aSecond);
        bob.reply(bob.requests("INVITE").get(0), 180, "");
        aSecond.run();
        alice.cancel("1002");
        aSecond.run();
        bob.reply(bob.requests("INVITE").get(0), 488, "");
        aSecond.run();

        assertThat(bob.requests("INVITE")).hasSize(1);
        alice.acknowledgeRefusal("sip:1002@pbx.test");
        aSecond.run();
    }

    @Test
    void a_number_says_bye_straight_after_its_200() throws IOException {
        start();
        PlainPhone alice = phone("1001", "10.0.0.11", "a").answering("BYE");
        alice.dial("605", "a", PLAIN_SDP, aSecond);

        assertThat(alice.statuses()).contains(200);
        assertThat(alice.requests("BYE")).hasSize(1);
        assertThat(pbx.state().activeCalls()).isZero();
    }

    @Test
    void a_number_answers_and_sends_reports_and_no_sound() throws IOException {
        start();
        PlainPhone alice = phone("1001", "10.0.0.11", "a");
        List<Integer> types = new ArrayList<>();
        var media = network.host("10.0.0.11")
                .openDatagram(
                        new InetSocketAddress("10.0.0.11", 7_000),
                        (packet, from) -> types.add(packet.slice().get(1) & 0xff));
        alice.dial("606", "a", PLAIN_SDP, aSecond);
        String ok = alice.last();
        alice.inDialog("ACK", ok, "");
        time.advance(Duration.ofSeconds(20));

        assertThat(types).isNotEmpty().allMatch(type -> type >= 200 && type <= 204);
        alice.inDialog("BYE", ok, "");
        aSecond.run();
        media.close();
    }

    @Test
    void a_number_speaks_in_a_183_before_it_answers_and_never_rings() throws IOException {
        start();
        PlainPhone alice = phone("1001", "10.0.0.11", "a");
        List<Integer> types = new ArrayList<>();
        var media = network.host("10.0.0.11")
                .openDatagram(
                        new InetSocketAddress("10.0.0.11", 7_000),
                        (packet, from) -> types.add(packet.slice().get(1) & 0x7f));
        alice.dial("607", "a", PLAIN_SDP, aSecond);
        assertThat(alice.statuses()).contains(183).doesNotContain(180, 200);
        assertThat(types).contains(0);

        time.advance(Duration.ofSeconds(2));
        String ok = alice.last();
        assertThat(PlainPhone.statusOf(ok)).isEqualTo(200);
        alice.inDialog("ACK", ok, "");
        alice.inDialog("BYE", ok, "");
        aSecond.run();
        media.close();
    }

    /** Answers the re-INVITE that came last. */
}
