// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each behaviour of the field profile, alone, as phones that know nothing of our engine see it; and that it is off unless asked for. */
class FieldBehaviourOnTheWireTest {
    private static final String PBX = "10.0.0.1";
    private static final String ALLOW = "Allow: INVITE, ACK, BYE, CANCEL, UPDATE";
    private static final String PLAIN_SDP = sdp("10.0.0.11", "sendrecv");

    private final VirtualTime time = VirtualTime.seeded(1);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 1);
    private final Runnable aSecond = () -> time.advance(Duration.ofSeconds(1));
    private final List<PlainPhone> phones = new ArrayList<>();
    private EmbeddedPbx pbx;

    private void start(FieldBehaviour... behaviours) {
        start(EmbeddedPbx.builder(), behaviours);
    }

    private void start(PbxBuilder builder, FieldBehaviour... behaviours) {
        pbx = builder.address(PBX)
                .extension("1001", "a")
                .extension("1002", "b")
                .random(Seeds.random(1))
                .port(SipTransport.UDP, 5060)
                .port(SipTransport.TCP, 5060)
                .behaving(behaviours)
                .start(network.host(PBX), time);
    }

    private PlainPhone phone(String number, String address, String password) throws IOException {
        PlainPhone phone = new PlainPhone(number, address, network.host(address), new InetSocketAddress(PBX, 5060));
        phones.add(phone);
        phone.register(password, aSecond);
        return phone;
    }

    @AfterEach
    void stop() {
        pbx.close();
        phones.forEach(PlainPhone::close);
        time.advance(Duration.ofSeconds(40));
        assertThat(time.pendingTimers()).isZero();
        network.close();
    }

    @Test
    void a_phone_on_tcp_gets_pings_of_the_pbx_and_no_answer_to_its_own() throws IOException {
        start(FieldBehaviour.OWN_PINGS, FieldBehaviour.NO_PONGS);
        Connection phone = connect();
        phone.send("\r\n\r\n");
        aSecond.run();
        assertThat(phone.text()).isEmpty();

        time.advance(Duration.ofSeconds(95));
        assertThat(phone.text()).isEqualTo("\r\n\r\n");
        time.advance(Duration.ofSeconds(90));
        assertThat(phone.text()).isEqualTo("\r\n\r\n\r\n\r\n");
        phone.link.close();
    }

    @Test
    void without_that_pings_are_answered_and_none_are_sent() throws IOException {
        start();
        Connection phone = connect();
        phone.send("\r\n\r\n");
        time.advance(Duration.ofSeconds(300));

        assertThat(phone.text()).isEqualTo("\r\n");
        assertThat(phone.closed).isFalse();
        phone.link.close();
    }

    @Test
    void a_connection_on_which_the_phone_says_nothing_is_closed_and_one_with_pings_is_not() throws IOException {
        start(FieldBehaviour.CLOSES_IDLE_CONNECTIONS);
        Connection silent = connect();
        Connection pinging = connect();
        silent.send("\r\n\r\n");
        for (int i = 0; i < 5; i++) {
            pinging.send("\r\n\r\n");
            time.advance(Duration.ofSeconds(30));
        }

        assertThat(silent.closed).isTrue();
        assertThat(pinging.closed).isFalse();
        pinging.link.close();
    }

    @Test
    void a_contact_becomes_where_it_came_from() throws IOException {
        start(FieldBehaviour.REWRITES_CONTACTS);
        PlainPhone alice = phone("1001", "10.0.0.11", "a");
        PlainPhone bob = phone("1002", "10.0.0.12", "b");
        String contact = "Contact: <sip:1002@192.168.178.20:5062>";
        String target = "sip:pbx.test";
        bob.send(bob.request("REGISTER", target, "again", contact));
        aSecond.run();
        bob.send(bob.request(
                "REGISTER", target, "again", contact, bob.authorization("REGISTER", target, "b", "MD5", 1)));
        aSecond.run();

        assertThat(bob.last()).contains("sip:1002@10.0.0.12:5060").doesNotContain("192.168.178.20");
        alice.dial("1002", "a", PLAIN_SDP, aSecond);
        assertThat(bob.requests("INVITE").get(0)).startsWith("INVITE sip:1002@10.0.0.12:5060");
        end(alice, bob);
    }

    @Test
    void the_lamp_is_told_after_register_and_not_without() throws IOException {
        start(FieldBehaviour.UNSOLICITED_MWI);
        pbx.setMessages("1001", 2, 1);
        PlainPhone alice = new PlainPhone(
                        "1001", "10.0.0.11", network.host("10.0.0.11"), new InetSocketAddress(PBX, 5060))
                .answering("NOTIFY");
        phones.add(alice);
        List<String> notified = new ArrayList<>();
        alice.register("a", () -> {
            aSecond.run();
            notified.addAll(alice.requests("NOTIFY"));
        });

        assertThat(notified).hasSize(1);
        assertThat(notified.get(0)).contains("Event: message-summary", "Voice-Message: 2/1");
    }

    @Test
    void the_end_of_a_call_has_two_reasons() throws IOException {
        start(FieldBehaviour.TWO_REASONS);
        PlainPhone alice = phone("1001", "10.0.0.11", "a");
        PlainPhone bob = phone("1002", "10.0.0.12", "b");
        String ok = talk(alice, bob);
        alice.inDialog("BYE", ok, "");
        aSecond.run();

        assertThat(bob.requests("BYE").get(0))
                .containsPattern("Reason: SIP;cause=\\d+")
                .contains("Q.850;cause=16");
        bob.reply(bob.requests("BYE").get(0), 200, "");
        aSecond.run();
    }

    @Test
    void who_declines_is_forbidden_to_the_caller_and_an_unknown_queue_is_503() throws IOException {
        start(FieldBehaviour.MAPS_603_TO_403, FieldBehaviour.UNKNOWN_QUEUE_503);
        PlainPhone alice = phone("1001", "10.0.0.11", "a");
        PlainPhone bob = phone("1002", "10.0.0.12", "b");
        alice.dial("1002", "a", PLAIN_SDP, aSecond);
        bob.reply(bob.requests("INVITE").get(0), 603, "");
        aSecond.run();
        assertThat(alice.lastStatus()).isEqualTo(403);
        alice.acknowledgeRefusal("sip:1002@pbx.test");
        aSecond.run();

        alice.dial("7005", "a", PLAIN_SDP, aSecond);
        assertThat(alice.lastStatus()).isEqualTo(503);
        alice.acknowledgeRefusal("sip:7005@pbx.test");
    }

    @Test
    void progress_comes_before_ringing_and_update_before_the_answer() throws IOException {
        start(FieldBehaviour.PROGRESS_BEFORE_RINGING, FieldBehaviour.CONNECTED_LINE_UPDATE);
        PlainPhone alice = phone("1001", "10.0.0.11", "a").answering("UPDATE");
        PlainPhone bob = phone("1002", "10.0.0.12", "b");
        alice.dial("1002", "a", PLAIN_SDP, aSecond, ALLOW);
        String invite = bob.requests("INVITE").get(0);
        bob.reply(invite, 180, "");
        aSecond.run();
        assertThat(alice.statuses()).containsSubsequence(183, 180);
        bob.reply(invite, 200, sdp("10.0.0.12", "sendrecv"));
        aSecond.run();

        List<String> all = alice.received();
        String update = alice.requests("UPDATE").get(0);
        String ok = all.stream()
                .filter(m -> PlainPhone.statusOf(m) == 200 && m.contains("INVITE"))
                .findFirst()
                .orElseThrow();
        assertThat(update)
                .contains("P-Asserted-Identity: \"Extension 1002\" <sip:1002@pbx.test>", "Remote-Party-ID: ")
                .doesNotContain("m=audio");
        assertThat(all.indexOf(update)).isLessThan(all.indexOf(ok));
        alice.inDialog("ACK", ok, "");
        aSecond.run();
        hangUp(alice, bob, ok);
    }

    @Test
    void a_481_to_the_update_ends_the_call() throws IOException {
        start(FieldBehaviour.CONNECTED_LINE_UPDATE);
        PlainPhone alice = phone("1001", "10.0.0.11", "a");
        PlainPhone bob = phone("1002", "10.0.0.12", "b").answering("BYE");
        alice.dial("1002", "a", PLAIN_SDP, aSecond, ALLOW);
        String invite = bob.requests("INVITE").get(0);
        bob.reply(invite, 180, "");
        aSecond.run();
        bob.reply(invite, 200, sdp("10.0.0.12", "sendrecv"));
        aSecond.run();
        String ok = alice.last();
        alice.reply(alice.requests("UPDATE").get(0), 481, "");
        alice.inDialog("ACK", ok, "");
        aSecond.run();

        assertThat(bob.requests("BYE")).hasSize(1);
        alice.reply(alice.requests("BYE").get(0), 200, "");
        aSecond.run();
    }

    @Test
    void who_answers_is_told_by_reinvite_to_a_phone_that_does_not_allow_update() throws IOException {
        start(FieldBehaviour.CONNECTED_LINE_UPDATE);
        assertTold(phone("1001", "10.0.0.11", "a"), "Supported: replaces");
    }

    @Test
    void who_answers_is_told_by_reinvite_where_that_is_asked_for() throws IOException {
        start(FieldBehaviour.CONNECTED_LINE_REINVITE);
        assertTold(phone("1001", "10.0.0.11", "a"), ALLOW);
    }

    private void assertTold(PlainPhone alice, String line) throws IOException {
        PlainPhone bob = phone("1002", "10.0.0.12", "b");
        String ok = talk(alice, bob, line);

        assertThat(alice.requests("UPDATE")).isEmpty();
        assertThat(alice.requests("INVITE")).hasSize(1);
        String told = latest(alice, "INVITE");
        assertThat(told)
                .contains("P-Asserted-Identity: \"Extension 1002\" <sip:1002@pbx.test>", "Remote-Party-ID: ")
                .contains("a=sendrecv");
        assertThat(mediaOf(told)).isEqualTo(PBX);
        assertThat(PlainPhone.bodyOf(told))
                .contains(PlainPhone.bodyOf(ok).lines().skip(5).findFirst().orElseThrow());
        answerWith(alice, PLAIN_SDP);
        assertThat(alice.requests("ACK")).hasSize(1);
        assertThat(bob.requests("INVITE")).as("nothing of it is bob's").hasSize(1);
        hangUp(alice, bob, ok);
    }

    @Test
    void a_481_to_the_reinvite_ends_the_call() throws IOException {
        start(FieldBehaviour.CONNECTED_LINE_REINVITE);
        PlainPhone alice = phone("1001", "10.0.0.11", "a").answering("BYE");
        PlainPhone bob = phone("1002", "10.0.0.12", "b").answering("BYE");
        talk(alice, bob);
        assertThat(bob.requests("BYE")).isEmpty();
        alice.reply(latest(alice, "INVITE"), 481, "");
        aSecond.run();

        assertThat(bob.requests("BYE")).hasSize(1);
    }

    @Test
    void a_session_is_refreshed_by_reinvite_and_then_by_update() throws IOException {
        start(FieldBehaviour.SHORT_SESSION_TIMERS, FieldBehaviour.REFRESHES_BY_REINVITE);
        PlainPhone alice = phone("1001", "10.0.0.11", "a").answering("UPDATE");
        PlainPhone bob = phone("1002", "10.0.0.12", "b").answering("BYE");
        String ok = talk(alice, bob, "Supported: timer", ALLOW);
        time.advance(Duration.ofSeconds(45));
        assertThat(alice.requests("INVITE")).hasSize(1);
        assertThat(latest(alice, "INVITE")).contains("Session-Expires: 90;refresher=uac");
        assertThat(PlainPhone.bodyOf(latest(alice, "INVITE")))
                .as("the same again")
                .isEqualTo(PlainPhone.bodyOf(ok));
        alice.reply(latest(alice, "INVITE"), 200, PLAIN_SDP, "Session-Expires: 90;refresher=uac", "Require: timer");
        assertThat(alice.requests("UPDATE")).isEmpty();

        time.advance(Duration.ofSeconds(46));
        assertThat(alice.requests("UPDATE")).hasSize(1);
        assertThat(alice.requests("UPDATE").get(0)).contains("Session-Expires: 90;refresher=uas");
        time.advance(Duration.ofSeconds(92));
        assertThat(alice.requests("BYE")).as("nobody refreshed").hasSize(1);
        alice.reply(alice.requests("BYE").get(0), 200, "");
        aSecond.run();
    }

    @Test
    void sessions_are_short_and_the_refresher_changes_sides() throws IOException {
        start(FieldBehaviour.SHORT_SESSION_TIMERS);
        PlainPhone alice = phone("1001", "10.0.0.11", "a").answering("UPDATE");
        PlainPhone bob = phone("1002", "10.0.0.12", "b").answering("BYE");
        String ok = talk(alice, bob, "Supported: timer", ALLOW);
        assertThat(ok).contains("Session-Expires: 90;refresher=uas", "Require: timer");
        assertThat(bob.requests("INVITE").get(0)).contains("Session-Expires: 90;refresher=uac", "Supported: timer");

        time.advance(Duration.ofSeconds(46));
        assertThat(alice.requests("UPDATE")).hasSize(1);
        assertThat(alice.requests("UPDATE").get(0)).contains("Session-Expires: 90;refresher=uas");
        assertThat(alice.requests("BYE")).isEmpty();

        time.advance(Duration.ofSeconds(92));
        assertThat(alice.requests("BYE")).as("nobody refreshed").hasSize(1);
        alice.reply(alice.requests("BYE").get(0), 200, "");
        aSecond.run();
    }

    @Test
    void a_session_that_is_too_short_is_422() throws IOException {
        start(FieldBehaviour.SHORT_SESSION_TIMERS);
        PlainPhone alice = phone("1001", "10.0.0.11", "a");
        alice.dial("601", "a", PLAIN_SDP, aSecond, "Supported: timer", "Session-Expires: 60");

        assertThat(alice.lastStatus()).isEqualTo(422);
        assertThat(alice.last()).contains("Min-SE: 90");
        alice.acknowledgeRefusal("sip:601@pbx.test");
    }

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
    void direct_media_hands_each_phone_the_keys_of_the_other_and_comes_back_with_fresh_ones() throws IOException {
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
    private void answerWith(PlainPhone phone, String sdp) {
        phone.reply(latest(phone, "INVITE"), 200, sdp);
        aSecond.run();
    }

    private static String latest(PlainPhone phone, String method) {
        List<String> all = phone.requests(method);
        return all.get(all.size() - 1);
    }

    /** Where a description says that its sound goes to. */
    private static String mediaOf(String message) {
        return PlainPhone.bodyOf(message).replaceAll("(?s).*\nc=IN IP4 (\\S+)\r.*", "$1");
    }

    private static String cryptoOf(String message, String suite) {
        return PlainPhone.bodyOf(message).replaceAll("(?s).*a=crypto:\\d+ " + suite + " (\\S+)\r.*", "$1");
    }

    private static String encrypted(String host, String direction, String crypto) {
        return sdp(host, direction).replace("RTP/AVP", "RTP/SAVP") + "a=crypto:" + crypto + "\r\n";
    }

    /** Alice calls bob, who rings and answers. */
    private String talk(PlainPhone alice, PlainPhone bob, String... lines) {
        alice.dial("1002", "a", PLAIN_SDP, aSecond, lines);
        String invite = bob.requests("INVITE").get(0);
        bob.reply(invite, 200, sdp("10.0.0.12", "sendrecv"));
        aSecond.run();
        String ok = alice.last();
        alice.inDialog("ACK", ok, "");
        aSecond.run();
        return ok;
    }

    private void hangUp(PlainPhone alice, PlainPhone bob, String ok) {
        alice.inDialog("BYE", ok, "");
        aSecond.run();
        bob.reply(bob.requests("BYE").get(0), 200, "");
        aSecond.run();
    }

    private void end(PlainPhone alice, PlainPhone bob) {
        end(bob, bob.requests("INVITE").get(0), alice);
    }

    private void end(PlainPhone bob, String invite, PlainPhone alice) {
        bob.reply(invite, 486, "");
        aSecond.run();
        alice.acknowledgeRefusal("sip:1002@pbx.test");
        aSecond.run();
    }

    private static String sdp(String host, String direction) {
        return "v=0\r\no=- 1 1 IN IP4 " + host + "\r\ns=-\r\nc=IN IP4 " + host + "\r\nt=0 0\r\n"
                + "m=audio 7000 RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\na=rtcp-mux\r\n"
                + "a=" + direction + "\r\n";
    }

    private Connection connect() throws IOException {
        Connection connection = new Connection();
        connection.link = network.host("10.0.0.21").connect(new InetSocketAddress(PBX, 5060), connection);
        aSecond.run();
        return connection;
    }

    /** A TCP connection to the PBX, and what came on it. */
    private static final class Connection implements StreamHandler {
        private final StringBuilder received = new StringBuilder();
        private StreamLink link;
        private boolean closed;

        private void send(String text) {
            link.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        }

        private String text() {
            return received.toString();
        }

        @Override
        public void connected(StreamLink opened) {}

        @Override
        public void received(StreamLink from, ByteBuffer bytes) {
            received.append(StandardCharsets.US_ASCII.decode(bytes));
        }

        @Override
        public void closed(StreamLink which, @Nullable IOException cause) {
            closed = true;
        }
    }
}
