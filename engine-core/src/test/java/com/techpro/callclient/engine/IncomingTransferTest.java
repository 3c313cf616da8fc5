// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallCommand;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.IncomingTransfers;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The far end of a call asks to be left for somebody else, message by message (RFC 5589 §6.1, RFC 3515). */
class IncomingTransferTest {
    private static final String HOST = ScriptedPhoneSystem.HOST;
    private static final String CONTACT = "Contact: <sip:bob@" + HOST + ":5060>";

    private ScriptedPhoneSystem scene;
    private ScriptedPeer pbx;
    private Call call;
    private ScriptedMessage answer;
    private int cseq = 1;

    private void talkingToBob(IncomingTransfers policy) {
        scene = new ScriptedPhoneSystem(
                        3515, SipTransport.UDP, account -> account, config -> config.incomingTransfers(policy))
                .registered();
        pbx = scene.pbx;
        scene.invite("one", "z9hG4bKone", 1, sdp("192.0.2.10", 40_000, 1));
        scene.until(() -> !scene.incoming.isEmpty());
        call = scene.incoming.get(0);
        call.answer();
        scene.until(() -> !pbx.received("SIP/2.0 200").isEmpty());
        answer = pbx.last("SIP/2.0 200");
        pbx.request("ACK", answer, 1, "bob");
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        pbx.on("BYE", bye -> pbx.respond(bye, "200 OK"));
        pbx.on("NOTIFY", notify -> pbx.respond(notify, "200 OK"));
        pbx.when(
                message -> message.method().equals("INVITE")
                        && message.header("Call-ID").equals("one"),
                this::held);
        pbx.forget();
    }

    /** Bob agrees to be put on hold, and to be taken back. */
    private void held(ScriptedMessage invite) {
        String theirs = invite.body().contains("a=sendonly") ? "a=recvonly" : "a=sendrecv";
        pbx.respond(invite, "200 OK", lines(CONTACT, sdp("192.0.2.10", 40_000, ++cseq, theirs)));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private void refer(String... more) {
        pbx.request("REFER", answer, ++cseq, "bob", lines(CONTACT, more));
    }

    private void referToCarol() {
        refer("Refer-To: <sip:carol@" + HOST + ">", "Referred-By: \"Bob\" <sip:bob@" + HOST + ">");
    }

    /** The first lines of the responses that we told of, and whether that was the last. */
    private List<String> told() {
        return pbx.received("NOTIFY").stream()
                .map(notify -> notify.body().trim() + " "
                        + notify.header("Subscription-State").split(";")[0])
                .collect(Collectors.toList());
    }

    private ScriptedMessage toCarol() {
        return pbx.received("INVITE").stream()
                .filter(invite -> !invite.header("Call-ID").equals("one"))
                .findFirst()
                .orElseThrow();
    }

    private boolean isCarolCalled() {
        return pbx.received("INVITE").stream()
                .anyMatch(invite -> !invite.header("Call-ID").equals("one"));
    }

    @Test
    void an_accepted_transfer_request_calls_the_target() {
        talkingToBob(IncomingTransfers.ASK);
        referToCarol();
        scene.until(() -> !scene.told(CallEvent.TransferRequested.class).isEmpty());

        CallEvent.TransferRequested asked =
                scene.told(CallEvent.TransferRequested.class).get(0);
        assertThat(asked.target().user()).isEqualTo("carol");
        assertThat(asked.by()).isNotNull();
        assertThat(asked.by().user()).isEqualTo("bob");
        assertThat(asked.toString()).doesNotContain("carol").doesNotContain("bob");
        scene.pass(Duration.ofSeconds(3));
        assertThat(pbx.received("SIP/2.0 202")).hasSize(1);
        assertThat(told()).containsExactly("SIP/2.0 100 Trying active");
        assertThat(isCarolCalled()).isFalse();

        call.acceptTransfer();
        scene.until(this::isCarolCalled);
        ScriptedMessage invite = toCarol();
        assertThat(invite.requestUri()).isEqualTo("sip:carol@" + HOST);
        assertThat(invite.header("Referred-By")).contains("<sip:bob@" + HOST + ">");
        assertThat(invite.headers("Replaces")).isEmpty();
        Call next = scene.told(CallEvent.TransferFollowed.class).get(0).next();
        pbx.respondWithTag(invite, "180 Ringing", "carol", CONTACT);
        scene.until(() -> told().size() == 2);
        assertThat(call.snapshot().hold()).isEqualTo(HoldState.LOCAL);
        pbx.respondWithTag(invite, "200 OK", "carol", lines(CONTACT, sdp("192.0.2.10", 40_010, 1)));
        scene.until(() -> told().size() == 3);

        assertThat(told())
                .containsExactly(
                        "SIP/2.0 100 Trying active", "SIP/2.0 180 Ringing active", "SIP/2.0 200 OK terminated");
        pbx.request("BYE", answer, ++cseq, "bob");
        scene.until(() -> call.snapshot().ending() != null);
        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.Transferred());
        assertThat(next.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(next.snapshot().remote().user()).isEqualTo("carol");
    }

    @Test
    void a_far_end_that_says_no_goodbye_is_left() {
        talkingToBob(IncomingTransfers.FOLLOW);
        referToCarol();
        scene.until(this::isCarolCalled);
        pbx.respondWithTag(toCarol(), "200 OK", "carol", lines(CONTACT, sdp("192.0.2.10", 40_010, 1)));
        scene.until(() -> told().contains("SIP/2.0 200 OK terminated"));
        assertThat(call.snapshot().ending()).isNull();
        scene.until(() -> !pbx.received("BYE").isEmpty());

        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.Transferred());
    }

    @Test
    void a_failed_transfer_is_notified_and_the_call_is_resumed() {
        talkingToBob(IncomingTransfers.FOLLOW);
        referToCarol();
        scene.until(this::isCarolCalled);
        pbx.respondWithTag(toCarol(), "486 Busy Here", "carol");
        scene.until(() -> told().size() == 2);

        assertThat(told()).containsExactly("SIP/2.0 100 Trying active", "SIP/2.0 486 Busy Here terminated");
        scene.until(() -> call.snapshot().hold() == HoldState.NONE);
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(pbx.last("INVITE").body()).doesNotContain("a=sendonly");
    }

    @Test
    void the_place_of_a_call_is_taken_where_it_is_asked_for() {
        talkingToBob(IncomingTransfers.FOLLOW);
        refer("Refer-To: <sip:carol@" + HOST
                + "?Replaces=abc%40office%3Bto-tag%3D1%3Bfrom-tag%3D2&Require=replaces&Subject=hello>");
        scene.until(this::isCarolCalled);

        assertThat(toCarol().header("Replaces")).isEqualTo("abc@office;to-tag=1;from-tag=2");
        assertThat(toCarol().headers("Require")).containsExactly("replaces");
        assertThat(toCarol().headers("Subject")).isEmpty();
        assertThat(toCarol().requestUri()).isEqualTo("sip:carol@" + HOST);
    }

    @Test
    void a_user_may_refuse_a_transfer() {
        talkingToBob(IncomingTransfers.ASK);
        referToCarol();
        scene.until(() -> !scene.told(CallEvent.TransferRequested.class).isEmpty());
        call.refuseTransfer();
        scene.until(() -> told().size() == 2);

        assertThat(told()).containsExactly("SIP/2.0 100 Trying active", "SIP/2.0 603 Decline terminated");
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        call.acceptTransfer();
        scene.until(() -> !scene.told(CallEvent.CommandRefused.class).isEmpty());
        assertThat(scene.told(CallEvent.CommandRefused.class).get(0).command()).isEqualTo(CallCommand.ACCEPT_TRANSFER);
        assertThat(scene.told(CallEvent.CommandRefused.class).get(0).reason())
                .isEqualTo(CommandRefusal.NO_TRANSFER_REQUESTED);
        assertThat(isCarolCalled()).isFalse();
    }

    @Test
    void a_question_that_nobody_answers_is_a_no() {
        talkingToBob(IncomingTransfers.ASK);
        call.hold();
        scene.until(() -> call.snapshot().hold() == HoldState.LOCAL);
        referToCarol();
        scene.pass(Duration.ofSeconds(61));

        assertThat(told()).containsExactly("SIP/2.0 100 Trying active", "SIP/2.0 603 Decline terminated");
        assertThat(isCarolCalled()).isFalse();
    }

    @Test
    void a_BYE_by_the_transferor_ends_its_NOTIFYs_and_the_new_call_continues() {
        talkingToBob(IncomingTransfers.FOLLOW);
        referToCarol();
        scene.until(this::isCarolCalled);
        pbx.request("BYE", answer, ++cseq, "bob");
        scene.until(() -> call.snapshot().ending() != null);
        pbx.respondWithTag(toCarol(), "200 OK", "carol", lines(CONTACT, sdp("192.0.2.10", 40_010, 1)));
        Call next = scene.told(CallEvent.TransferFollowed.class).get(0).next();
        scene.until(() -> next.snapshot().state() == CallState.ESTABLISHED);

        assertThat(told()).containsExactly("SIP/2.0 100 Trying active");
        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.RemoteHangUp());
    }

    @Test
    void a_REFER_with_norefersub_gets_no_NOTIFY() {
        talkingToBob(IncomingTransfers.FOLLOW);
        refer("Refer-To: <sip:carol@" + HOST + ">", "Refer-Sub: false", "Require: norefersub");
        scene.until(this::isCarolCalled);

        assertThat(pbx.last("SIP/2.0 202").header("Refer-Sub")).isEqualTo("false");
        pbx.respondWithTag(toCarol(), "486 Busy Here", "carol");
        scene.pass(Duration.ofSeconds(1));
        assertThat(told()).isEmpty();
    }

    @Test
    void nobody_is_called_outside_the_phone_system_or_without_being_named() {
        talkingToBob(IncomingTransfers.FOLLOW);
        record Refused(int status, String... lines) {}
        List<Refused> table = List.of(
                new Refused(603, "Refer-To: <sip:carol@203.0.113.9>"),
                new Refused(603, "Refer-To: <sip:carol@elsewhere.example>"),
                new Refused(603, "Refer-To: <tel:+491234>"),
                new Refused(603, "Refer-To: <https://" + HOST + "/>"),
                new Refused(603, "Refer-To: <sip:carol@" + HOST + ";method=BYE>"),
                new Refused(400),
                new Refused(400, "Refer-To: carol"),
                new Refused(400, "Refer-To: <sip:carol@" + HOST + ">", "Refer-To: <sip:dora@" + HOST + ">"),
                new Refused(400, "Refer-To: <sip:carol@" + HOST + ">", "Referred-By: <<"));
        for (Refused each : table) {
            pbx.forget();
            refer(each.lines());
            scene.until(() -> !pbx.received("SIP/2.0 ").isEmpty());
            assertThat(pbx.last("SIP/2.0 ").status())
                    .as(String.join(", ", each.lines()))
                    .isEqualTo(each.status());
        }
        scene.pass(Duration.ofSeconds(1));
        assertThat(pbx.received("INVITE")).isEmpty();
        assertThat(pbx.received("NOTIFY")).isEmpty();
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }

    @Test
    void a_host_that_wants_none_is_not_asked() {
        talkingToBob(IncomingTransfers.REFUSE);
        referToCarol();
        scene.until(() -> !pbx.received("SIP/2.0 603").isEmpty());

        assertThat(scene.told(CallEvent.TransferRequested.class)).isEmpty();
        assertThat(pbx.received("NOTIFY")).isEmpty();
    }

    @Test
    void a_second_request_waits_for_the_first() {
        talkingToBob(IncomingTransfers.ASK);
        referToCarol();
        scene.until(() -> !pbx.received("SIP/2.0 202").isEmpty());
        referToCarol();
        scene.until(() -> !pbx.received("SIP/2.0 491").isEmpty());

        assertThat(scene.told(CallEvent.TransferRequested.class)).hasSize(1);
    }
}
