// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each behaviour of the field profile that is about signalling, alone, as phones see it; and that it is off unless asked for. {@link FieldMediaOnTheWireTest} has the others. */
class FieldBehaviourOnTheWireTest extends FieldBehaviourScene {
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
    void a_603_becomes_403_and_an_unknown_queue_gets_503() throws IOException {
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
    void a_later_offer_that_begins_with_another_codec_ends_the_call() throws IOException {
        start(FieldBehaviour.FIRST_CODEC_OF_LATER_OFFERS);
        PlainPhone alice = phone("1001", "10.0.0.11", "a");
        PlainPhone bob = phone("1002", "10.0.0.12", "b");
        String ok = talk(alice, bob);

        alice.inDialog("INVITE", ok, PLAIN_SDP.replace("RTP/AVP 0", "RTP/AVP 8 0"));
        aSecond.run();

        assertThat(alice.requests("BYE")).hasSize(1);
        assertThat(bob.requests("BYE")).hasSize(1);
        assertThat(bob.requests("INVITE")).hasSize(1);
        alice.reply(alice.requests("BYE").get(0), 200, "");
        bob.reply(bob.requests("BYE").get(0), 200, "");
        aSecond.run();
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
    void a_reINVITE_names_the_answering_party_to_a_phone_without_UPDATE() throws IOException {
        start(FieldBehaviour.CONNECTED_LINE_UPDATE);
        assertTold(phone("1001", "10.0.0.11", "a"), "Supported: replaces");
    }

    @Test
    void a_reINVITE_names_the_answering_party_when_configured() throws IOException {
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
