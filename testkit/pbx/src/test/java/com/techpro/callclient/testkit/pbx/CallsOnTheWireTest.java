// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.pbx.media.Sdp;
import com.techpro.callclient.testkit.pbx.media.SdpTest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls through the PBX as phones see them that share no code with it. */
class CallsOnTheWireTest {
    private static final String PBX = "10.0.0.1";
    private static final String ELSEWHERE = "SIP;cause=200;text=\"Call completed elsewhere\"";

    private final VirtualTime time = VirtualTime.seeded(1);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 1);
    private final Runnable aSecond = () -> time.advance(Duration.ofSeconds(1));
    private EmbeddedPbx pbx;
    private PlainPhone alice;
    private PlainPhone bob;
    private PlainPhone carol;

    @BeforeEach
    void start() throws IOException {
        pbx = EmbeddedPbx.builder()
                .address(PBX)
                .extension("1001", "a")
                .extension("1002", "b")
                .extension("1003", "c")
                .ringGroup("2000", "1002", "1003")
                .noAnswer(Duration.ofSeconds(20))
                .random(Seeds.random(1))
                .port(SipTransport.UDP, 5060)
                .start(network.host(PBX), time);
        alice = phone("1001", "10.0.0.11", "a");
        bob = phone("1002", "10.0.0.12", "b");
        carol = phone("1003", "10.0.0.13", "c");
    }

    @AfterEach
    void stop() {
        time.advance(Duration.ofSeconds(40));
        assertThat(pbx.state().activeCalls()).isZero();
        assertThat(pbx.state().mediaPorts()).isZero();
        assertThat(pbx.openTransactions()).isZero();
        pbx.close();
        List.of(alice, bob, carol).forEach(PlainPhone::close);
        assertThat(network.openLinks()).isZero();
        assertThat(time.pendingTimers()).isZero();
    }

    @Test
    void a_call_is_answered_relayed_held_and_hung_up() throws IOException {
        List<String> heardByBob = new ArrayList<>();
        DatagramLink bobsMedia = media("10.0.0.12", heardByBob);
        DatagramLink alicesMedia = media("10.0.0.11", new ArrayList<>());

        alice.dial("1002", "a", sdp("10.0.0.11", "sendrecv"), aSecond);
        String invite = bob.requests("INVITE").get(0);
        assertThat(PlainPhone.bodyOf(invite)).contains("RTP/AVP 0 101", "c=IN IP4 " + PBX, "a=sendrecv");
        assertThat(PlainPhone.headerOf(invite, "From")).contains("sip:1001@pbx.test");
        bob.reply(invite, 180, "");
        aSecond.run();
        bob.reply(invite, 200, sdp("10.0.0.12", "sendrecv"));
        aSecond.run();

        assertThat(alice.statuses()).contains(180, 200);
        String ok = alice.last();
        assertThat(PlainPhone.bodyOf(ok)).contains("c=IN IP4 " + PBX, "RTP/AVP 0 101");
        assertThat(bob.requests("ACK")).hasSize(1);
        alice.inDialog("ACK", ok, "");
        aSecond.run();

        alicesMedia.send(ByteBuffer.wrap(rtp("hello")), mediaAddressIn(ok));
        aSecond.run();
        assertThat(heardByBob).containsExactly("hello");

        alice.inDialog("INVITE", ok, sdp("10.0.0.11", "sendonly"));
        aSecond.run();
        String hold = bob.requests("INVITE").get(1);
        assertThat(PlainPhone.bodyOf(hold)).contains("a=sendonly");
        bob.reply(hold, 200, sdp("10.0.0.12", "recvonly"));
        aSecond.run();
        assertThat(PlainPhone.bodyOf(alice.last())).contains("a=recvonly");
        alice.inDialog("ACK", alice.last(), "");
        aSecond.run();

        alice.inDialog("BYE", ok, "");
        aSecond.run();
        assertThat(alice.lastStatus()).isEqualTo(200);
        bob.reply(bob.requests("BYE").get(0), 200, "");
        alicesMedia.close();
        bobsMedia.close();
    }

    @Test
    void an_offer_that_comes_late_is_answered_in_the_ack() {
        alice.dial("1002", "a", "", aSecond);
        String invite = bob.requests("INVITE").get(0);
        assertThat(PlainPhone.bodyOf(invite)).isEmpty();
        bob.reply(invite, 200, sdp("10.0.0.12", "sendrecv"));
        aSecond.run();
        assertThat(bob.requests("ACK")).isEmpty();
        String ok = alice.last();
        assertThat(PlainPhone.bodyOf(ok)).contains("m=audio");
        alice.inDialog("ACK", ok, sdp("10.0.0.11", "sendrecv"));
        aSecond.run();

        assertThat(PlainPhone.bodyOf(bob.requests("ACK").get(0))).contains("m=audio", "c=IN IP4 " + PBX);
        hangUp(ok);
    }

    @Test
    void a_call_taken_back_stops_ringing() {
        alice.dial("1002", "a", sdp("10.0.0.11", "sendrecv"), aSecond);
        String invite = bob.requests("INVITE").get(0);
        bob.reply(invite, 180, "");
        aSecond.run();
        alice.cancel("1002");
        aSecond.run();

        assertThat(alice.statuses()).contains(200, 487);
        bob.reply(bob.requests("CANCEL").get(0), 200, "");
        bob.reply(invite, 487, "");
        aSecond.run();
        assertThat(bob.requests("ACK")).hasSize(1);
        acknowledge("1002");
    }

    @Test
    void in_a_ring_group_the_first_answer_wins_and_the_others_get_the_CANCEL_reason() {
        alice.dial("2000", "a", sdp("10.0.0.11", "sendrecv"), aSecond);
        String toBob = bob.requests("INVITE").get(0);
        String toCarol = carol.requests("INVITE").get(0);
        bob.reply(toBob, 180, "");
        carol.reply(toCarol, 180, "");
        aSecond.run();
        carol.reply(toCarol, 200, sdp("10.0.0.13", "sendrecv"));
        aSecond.run();

        String cancel = bob.requests("CANCEL").get(0);
        assertThat(PlainPhone.headerOf(cancel, "Reason")).isEqualTo(ELSEWHERE);
        bob.reply(cancel, 200, "");
        bob.reply(toBob, 487, "");
        String ok = alice.last();
        assertThat(PlainPhone.statusOf(ok)).isEqualTo(200);
        alice.inDialog("ACK", ok, "");
        aSecond.run();
        alice.inDialog("BYE", ok, "");
        aSecond.run();
        carol.reply(carol.requests("BYE").get(0), 200, "");
    }

    @Test
    void a_device_that_answers_too_late_is_hung_up_with_the_reason() {
        alice.dial("2000", "a", sdp("10.0.0.11", "sendrecv"), aSecond);
        String toBob = bob.requests("INVITE").get(0);
        String toCarol = carol.requests("INVITE").get(0);
        carol.reply(toCarol, 200, sdp("10.0.0.13", "sendrecv"));
        bob.reply(toBob, 200, sdp("10.0.0.12", "sendrecv"));
        aSecond.run();

        PlainPhone late = bob.requests("BYE").isEmpty() ? carol : bob;
        PlainPhone winner = late == bob ? carol : bob;
        assertThat(PlainPhone.headerOf(late.requests("BYE").get(0), "Reason")).isEqualTo(ELSEWHERE);
        late.reply(late.requests("BYE").get(0), 200, "");
        String ok = alice.last();
        alice.inDialog("ACK", ok, "");
        aSecond.run();
        alice.inDialog("BYE", ok, "");
        aSecond.run();
        winner.reply(winner.requests("BYE").get(0), 200, "");
    }

    @Test
    void busy_silence_and_wrong_numbers_are_told_apart() {
        alice.dial("1002", "a", sdp("10.0.0.11", "sendrecv"), aSecond);
        bob.reply(bob.requests("INVITE").get(0), 486, "");
        aSecond.run();
        assertThat(alice.lastStatus()).isEqualTo(486);
        acknowledge("1002");

        for (String[] number : new String[][] {{"602", "486"}, {"604", "603"}, {"999", "404"}}) {
            alice.dial(number[0], "a", sdp("10.0.0.11", "sendrecv"), aSecond);
            assertThat(alice.lastStatus()).isEqualTo(Integer.parseInt(number[1]));
            acknowledge(number[0]);
        }

        alice.dial("603", "a", sdp("10.0.0.11", "sendrecv"), aSecond);
        assertThat(alice.statuses()).contains(180);
        time.advance(Duration.ofSeconds(20));
        assertThat(alice.lastStatus()).isEqualTo(480);
        acknowledge("603");
    }

    @Test
    void two_re_invites_at_once_are_glare() {
        alice.dial("1002", "a", sdp("10.0.0.11", "sendrecv"), aSecond);
        String invite = bob.requests("INVITE").get(0);
        bob.reply(invite, 200, sdp("10.0.0.12", "sendrecv"));
        aSecond.run();
        String ok = alice.last();
        alice.inDialog("ACK", ok, "");
        aSecond.run();

        alice.inDialog("INVITE", ok, sdp("10.0.0.11", "sendonly"));
        aSecond.run();
        alice.inDialog("INVITE", ok, sdp("10.0.0.11", "inactive"));
        aSecond.run();

        assertThat(alice.lastStatus()).isEqualTo(491);
        bob.reply(bob.requests("INVITE").get(1), 488, "");
        aSecond.run();
        assertThat(alice.statuses()).contains(488);
        hangUp(ok);
    }

    @Test
    void nobody_calls_without_the_password() {
        alice.dial("1002", "not a", sdp("10.0.0.11", "sendrecv"), aSecond);

        assertThat(alice.lastStatus()).isEqualTo(401);
        assertThat(bob.requests("INVITE")).isEmpty();
        acknowledge("1002");
    }

    private void hangUp(String ok) {
        alice.inDialog("BYE", ok, "");
        aSecond.run();
        bob.reply(bob.requests("BYE").get(0), 200, "");
    }

    /** ACK of the refusal that came last (RFC 3261 §17.1.1.3). */
    private void acknowledge(String target) {
        alice.acknowledgeRefusal(target);
        aSecond.run();
    }

    private PlainPhone phone(String number, String address, String password) throws IOException {
        PlainPhone phone = new PlainPhone(number, address, network.host(address), new InetSocketAddress(PBX, 5060));
        phone.register(password, aSecond);
        return phone;
    }

    private DatagramLink media(String address, List<String> heard) throws IOException {
        return network.host(address).openDatagram(new InetSocketAddress(address, 4000), (packet, from) -> {
            byte[] bytes = new byte[packet.remaining()];
            packet.get(bytes);
            heard.add(new String(bytes, 12, bytes.length - 12, java.nio.charset.StandardCharsets.US_ASCII));
        });
    }

    private static byte[] rtp(String payload) {
        ByteBuffer packet = ByteBuffer.allocate(12 + payload.length());
        packet.putShort((short) 0x8000).putShort((short) 7).putInt(160).putInt(0x1234);
        packet.put(payload.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        return packet.array();
    }

    private static InetSocketAddress mediaAddressIn(String message) {
        Sdp sdp = SdpTest.parse(PlainPhone.bodyOf(message));
        return new InetSocketAddress(PBX, sdp.sections().get(0).port());
    }

    private static String sdp(String address, String direction) {
        return "v=0\r\no=- 1 1 IN IP4 " + address + "\r\ns=-\r\nc=IN IP4 " + address + "\r\nt=0 0\r\n"
                + "m=audio 4000 RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\na=" + direction + "\r\n";
    }
}
