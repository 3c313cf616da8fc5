// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the PBX makes of INVITEs with Replaces (RFC 3891), in the bytes that phones get. */
class ReplacesOnTheWireTest {
    private static final String PBX = "10.0.0.1";

    private final VirtualTime time = VirtualTime.seeded(1);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 1);
    private final Runnable aSecond = () -> time.advance(Duration.ofSeconds(1));
    private EmbeddedPbx pbx;
    private PlainPhone alice;
    private PlainPhone bob;
    private PlainPhone carol;
    private String invite;
    private String ok;

    @BeforeEach
    void aliceCallsBob() throws IOException {
        pbx = EmbeddedPbx.builder()
                .address(PBX)
                .extension("1001", "a")
                .extension("1002", "b")
                .extension("1003", "c")
                .random(Seeds.random(1))
                .port(SipTransport.UDP, 5060)
                .start(network.host(PBX), time);
        alice = phone("1001", "10.0.0.11", "a");
        bob = phone("1002", "10.0.0.12", "b");
        carol = phone("1003", "10.0.0.13", "c");
        alice.dial("1002", "a", sdp("10.0.0.11"), aSecond);
        invite = bob.requests("INVITE").get(0);
        bob.reply(invite, 180, "");
        aSecond.run();
    }

    private void bobAnswers() {
        bob.reply(invite, 200, sdp("10.0.0.12"));
        aSecond.run();
        ok = alice.last();
        alice.inDialog("ACK", ok, "");
        aSecond.run();
    }

    private PlainPhone phone(String number, String host, String password) throws IOException {
        PlainPhone phone = new PlainPhone(number, host, network.host(host), new InetSocketAddress(PBX, 5060));
        phone.register(password, aSecond);
        return phone.answering("BYE").answering("CANCEL");
    }

    private static String sdp(String host) {
        return "v=0\r\no=- 1 1 IN IP4 " + host + "\r\ns=-\r\nc=IN IP4 " + host
                + "\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n";
    }

    /** As bob, who sees the call with him, would put it. */
    private String bobs(String parameters) {
        return "Replaces: " + PlainPhone.headerOf(invite, "Call-ID") + ";to-tag="
                + PlainPhone.tagOf(PlainPhone.headerOf(invite, "From")) + ";from-tag=t1002" + parameters;
    }

    private void carolSays(String... lines) {
        carol.dial("1002", "c", sdp("10.0.0.13"), aSecond, lines);
    }

    @AfterEach
    void stop() {
        pbx.hangUpAll();
        time.advance(Duration.ofSeconds(80));
        assertThat(pbx.state().activeCalls()).isZero();
        assertThat(pbx.state().mediaPorts()).isZero();
        assertThat(pbx.openTransactions()).isZero();
        pbx.close();
        List.of(alice, bob, carol).forEach(PlainPhone::close);
        assertThat(network.openLinks()).isZero();
        assertThat(time.pendingTimers()).isZero();
    }

    @Test
    void a_ringing_phones_call_is_picked_up_by_another() {
        carolSays(bobs(";early-only"));
        assertThat(carol.lastStatus()).isEqualTo(200);
        carol.inDialog("ACK", carol.last(), "");
        aSecond.run();

        assertThat(alice.statuses()).contains(200);
        assertThat(PlainPhone.headerOf(bob.requests("CANCEL").get(0), "Reason")).contains("cause=200");
        bob.reply(invite, 487, "");
        alice.inDialog("ACK", alice.last(), "");
        aSecond.run();
        assertThat(pbx.state().activeCalls()).isEqualTo(1);
    }

    @Test
    void a_talking_phones_place_is_taken_and_it_is_told_goodbye() {
        bobAnswers();
        carolSays(bobs(""));
        assertThat(carol.lastStatus()).isEqualTo(200);
        carol.inDialog("ACK", carol.last(), "");
        aSecond.run();

        assertThat(bob.requests("BYE")).hasSize(1);
        String again = alice.requests("INVITE").get(0);
        assertThat(PlainPhone.headerOf(again, "P-Asserted-Identity")).contains("sip:1003@pbx.test");
        alice.reply(again, 200, sdp("10.0.0.11"));
        aSecond.run();
        assertThat(alice.requests("BYE")).isEmpty();
        assertThat(pbx.state().activeCalls()).isEqualTo(1);
    }

    @Test
    void a_call_that_was_answered_is_not_picked_up() {
        bobAnswers();
        carolSays(bobs(";early-only"));
        assertThat(carol.lastStatus()).isEqualTo(486);
        carol.acknowledgeRefusal("sip:1002@pbx.test");
        aSecond.run();
        assertThat(bob.requests("BYE")).isEmpty();
    }

    @Test
    void a_transfer_to_a_call_that_still_rings_takes_it_back_and_calls_its_number() {
        bobAnswers();
        alice.answering("NOTIFY").dial("1003", "a", sdp("10.0.0.11"), aSecond);
        String rings = carol.requests("INVITE").get(0);
        carol.reply(rings, 180, "");
        aSecond.run();
        String ringing = alice.received().stream()
                .filter(message -> PlainPhone.statusOf(message) == 180)
                .findFirst()
                .orElseThrow();
        String second = "call-1001;to-tag=" + PlainPhone.tagOf(PlainPhone.headerOf(ringing, "To")) + ";from-tag=t1001";
        alice.inDialog(
                "REFER",
                ok,
                "",
                "Refer-To: <sip:1003@pbx.test?Replaces="
                        + second.replace(";", "%3B").replace("=", "%3D") + ">");
        aSecond.run();

        assertThat(alice.statuses()).contains(202, 480);
        assertThat(carol.requests("CANCEL")).hasSize(1);
        carol.reply(rings, 487, "");
        String again = carol.requests("INVITE").get(1);
        assertThat(PlainPhone.headerOf(again, "From")).contains("sip:1002@pbx.test");
        assertThat(PlainPhone.headerOf(again, "Referred-By")).isEqualTo("<sip:1001@pbx.test>");
        carol.reply(again, 486, "");
        aSecond.run();
        assertThat(PlainPhone.bodyOf(alice.requests("NOTIFY").get(1))).isEqualTo("SIP/2.0 486 Busy Here\r\n");
        assertThat(bob.requests("BYE")).isEmpty();
    }

    @Test
    void nobody_is_called_at_another_domain() {
        bobAnswers();
        alice.inDialog("REFER", ok, "", "Refer-To: <sip:1003@elsewhere.example>");
        aSecond.run();

        assertThat(alice.lastStatus()).isEqualTo(603);
        assertThat(carol.received()).isEmpty();
    }

    @Test
    void the_NOTIFY_after_parking_names_the_slot() {
        bobAnswers();
        alice.answering("NOTIFY");
        alice.inDialog("REFER", ok, "", "Refer-To: <sip:700@pbx.test>");
        aSecond.run();

        assertThat(alice.statuses()).contains(202);
        assertThat(alice.requests("NOTIFY"))
                .extracting(PlainPhone::bodyOf)
                .containsExactly("SIP/2.0 100 Trying\r\n", "SIP/2.0 200 OK\r\nContact: <sip:701@pbx.test>\r\n");
        bob.reply(bob.requests("INVITE").get(1), 200, sdp("10.0.0.12"));
        aSecond.run();
    }

    @Test
    void a_forwarded_INVITE_names_the_original_callee() {
        bob.reply(invite, 486, "");
        aSecond.run();
        carol.dial("*901002", "c", sdp("10.0.0.13"), aSecond);
        String confirmed = carol.received().stream()
                .filter(message -> PlainPhone.statusOf(message) == 200)
                .findFirst()
                .orElseThrow();
        carol.inDialog("ACK", confirmed, "");
        aSecond.run();
        alice.acknowledgeRefusal("sip:1002@pbx.test");
        alice.dial("1003", "a", sdp("10.0.0.11"), aSecond);
        carol.reply(carol.requests("INVITE").get(0), 486, "");
        aSecond.run();

        String forwarded = bob.requests("INVITE").get(1);
        assertThat(PlainPhone.headerOf(forwarded, "Diversion"))
                .isEqualTo("<sip:1003@pbx.test>;reason=user-busy;counter=1");
        assertThat(PlainPhone.headerOf(forwarded, "History-Info"))
                .isEqualTo("<sip:1003@pbx.test>;index=1, <sip:1002@pbx.test;cause=486>;index=1.1");
        bob.reply(forwarded, 486, "");
        aSecond.run();
        alice.acknowledgeRefusal("sip:1003@pbx.test");
    }

    @Test
    void tags_that_are_not_both_right_name_no_call() {
        carolSays(bobs("").replace("t1002", "t1003"));
        assertThat(carol.lastStatus()).isEqualTo(481);
        carol.acknowledgeRefusal("sip:1002@pbx.test");
    }

    @Test
    void a_replaces_that_cannot_be_read_is_a_bad_request() {
        carolSays("Replaces: nothing");
        assertThat(carol.lastStatus()).isEqualTo(400);
        carol.acknowledgeRefusal("sip:1002@pbx.test");
    }
}
