// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The services of RFC 5359 as a phone takes part in them, message by message. docs/flows.md has the whole list. */
class Rfc5359Test {
    private static final String HOST = ScriptedPhoneSystem.HOST;
    private static final String BOB = "Contact: <sip:bob@192.0.2.10:5060>";
    private static final String CAROL = "Contact: <sip:carol@192.0.2.10:5060>";

    private final ScriptedPhoneSystem scene = ScriptedPhoneSystem.udp(5359).registered();
    private final ScriptedPeer pbx = scene.pbx;
    /** Our answer to Bob's call, or our INVITE to him. */
    private ScriptedMessage ours;

    private int version = 1;
    private final String contact = pbx.last("REGISTER").uri("Contact");

    /** A call by Bob's phone, or by somebody else's with the same tag. */
    private void invite(String callId, String... more) {
        scene.inviteAt(contact, pbx.via(), callId, 1, more);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private void until(String beginning) {
        scene.until(() -> !pbx.received(beginning).isEmpty());
    }

    /** What we sent since the last {@link ScriptedPeer#forget}. */
    private List<String> flow() {
        return pbx.received().stream().map(ScriptedMessage::summary).collect(Collectors.toList());
    }

    /** Bob calls, and is talked to. */
    private Call bobCalls() {
        invite("bob", sdp(HOST, 40_000, 1));
        until("SIP/2.0 180");
        Call call = scene.incoming.get(0);
        call.answer();
        until("SIP/2.0 200");
        ours = pbx.last("SIP/2.0 200");
        pbx.request("ACK", ours, 1, "bob");
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        pbx.on("BYE", bye -> pbx.respond(bye, "200 OK"));
        pbx.when(
                message -> message.method().equals("INVITE")
                        && message.header("Call-ID").equals("bob"),
                this::agree);
        pbx.forget();
        return call;
    }

    /** Bob takes an offer of ours: on hold, or as it was. */
    private void agree(ScriptedMessage invite) {
        String theirs = invite.body().contains("a=sendonly") ? "a=recvonly" : "a=sendrecv";
        pbx.respond(invite, "200 OK", lines(BOB, sdp(HOST, 40_000, ++version, theirs)));
    }

    private void untilHold(Call call, HoldState hold, int acknowledged) {
        scene.until(() -> call.snapshot().hold() == hold && pbx.received("ACK").size() == acknowledged);
    }

    @Test
    void RFC5359_2_1_we_put_a_call_on_hold_and_take_it_back() {
        Call call = bobCalls();
        call.hold();
        untilHold(call, HoldState.LOCAL, 1);
        assertThat(pbx.last("INVITE").bodyLines("a=sendonly")).hasSize(1);
        call.resume();
        untilHold(call, HoldState.NONE, 2);
        assertThat(pbx.last("INVITE").bodyLines("a=sendonly")).isEmpty();
        call.hangUp();
        until("BYE");

        assertThat(flow()).containsExactly("INVITE", "ACK", "INVITE", "ACK", "BYE");
    }

    @Test
    void RFC5359_2_1_we_are_put_on_hold_and_taken_back() {
        Call call = bobCalls();
        pbx.request("INVITE", ours, 2, "bob", lines(BOB, sdp(HOST, 40_000, 2, "a=sendonly")));
        until("SIP/2.0 200");
        assertThat(pbx.last("SIP/2.0 200").bodyLines("a=recvonly")).hasSize(1);
        pbx.request("ACK", ours, 2, "bob");
        scene.until(() -> call.snapshot().hold() == HoldState.REMOTE);
        pbx.request("INVITE", ours, 3, "bob", lines(BOB, sdp(HOST, 40_000, 3, "a=sendrecv")));
        scene.until(() -> pbx.received("SIP/2.0 200").size() == 2);
        assertThat(pbx.last("SIP/2.0 200").bodyLines("a=recvonly")).isEmpty();
        pbx.request("ACK", ours, 3, "bob");
        scene.until(() -> call.snapshot().hold() == HoldState.NONE);

        assertThat(flow()).containsExactly("200 INVITE", "200 INVITE");
    }

    @Test
    void RFC5359_2_2_while_one_is_on_hold_another_is_asked_and_then_the_first_goes_on() {
        Call call = bobCalls();
        call.hold();
        untilHold(call, HoldState.LOCAL, 1);
        pbx.when(
                message -> message.method().equals("INVITE")
                        && message.requestUri().contains("carol"),
                invite -> pbx.respondWithTag(invite, "200 OK", "carol", lines(CAROL, sdp(HOST, 40_010, 1))));
        Call consultation = scene.alice.dial("carol");
        scene.until(() -> consultation.snapshot().state() == CallState.ESTABLISHED
                && pbx.received("ACK").size() == 2);
        assertThat(call.snapshot().hold()).isEqualTo(HoldState.LOCAL);
        consultation.hangUp();
        until("BYE");
        assertThat(pbx.last("BYE").parameter("To", "tag")).isEqualTo("carol");
        call.resume();
        untilHold(call, HoldState.NONE, 3);

        assertThat(flow()).containsExactly("INVITE", "ACK", "INVITE", "ACK", "BYE", "INVITE", "ACK");
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }

    /** An INVITE of somebody who takes the place of the far end. */
    private ScriptedMessage replacing(String who, int port, ScriptedMessage answered, String tag) {
        pbx.forget();
        invite(
                who,
                lines(
                        "Replaces: " + answered.header("Call-ID") + ";to-tag=" + answered.parameter("To", "tag")
                                + ";from-tag=" + tag,
                        lines("Require: replaces", sdp(HOST, port, 1))));
        until("SIP/2.0 200");
        ScriptedMessage answer = pbx.last("SIP/2.0 200");
        pbx.request("ACK", answer, 1, "bob");
        until("BYE");
        assertThat(pbx.last("BYE").header("Call-ID")).isEqualTo(answered.header("Call-ID"));
        assertThat(flow()).as("nothing rings").containsExactlyInAnyOrder("200 INVITE", "BYE");
        return answer;
    }

    /** To the phone that is held, the server of the music is somebody who takes the far end's place, and so is the holder who comes back. */
    @Test
    void RFC5359_2_3_a_held_call_hears_music_from_a_server_and_is_resumed() {
        Call call = bobCalls();
        pbx.request("INVITE", ours, 2, "bob", lines(BOB, sdp(HOST, 40_000, 2, "a=sendonly")));
        until("SIP/2.0 200");
        pbx.request("ACK", ours, 2, "bob");
        scene.until(() -> call.snapshot().hold() == HoldState.REMOTE);

        ScriptedMessage music = replacing("music", 40_020, ours, "bob");
        scene.until(() -> call.snapshot().hold() == HoldState.NONE);
        ScriptedMessage back = replacing("back", 40_000, music, "bob");
        pbx.request("BYE", back, 2, "bob");
        scene.until(() -> call.snapshot().ending() != null);

        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.RemoteHangUp());
        assertThat(scene.incoming).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.7 unconditional", "2.8 busy", "2.9 no answer"})
    void RFC5359_2_7_2_8_2_9_a_forwarded_call_is_established_with_the_forwarding_target(String flow) {
        Call call = scene.alice.dial("bob");
        until("INVITE");
        ScriptedMessage invite = pbx.last("INVITE");
        pbx.respond(invite, "100 Trying");
        if (flow.contains("no answer")) {
            pbx.respondWithTag(invite, "180 Ringing", "bob", BOB);
        }
        pbx.respondWithTag(invite, "181 Call is Being Forwarded", "proxy", "Contact: <sip:proxy@192.0.2.10:5060>");
        pbx.respondWithTag(invite, "180 Ringing", "carol", CAROL);
        scene.until(() -> call.snapshot().state() == CallState.RINGING_OUT);
        pbx.respondWithTag(invite, "200 OK", "carol", lines(CAROL, sdp(HOST, 40_010, 1)));
        until("ACK");

        assertThat(pbx.last("ACK").requestUri()).isEqualTo("sip:carol@192.0.2.10:5060");
        assertThat(pbx.last("ACK").parameter("To", "tag")).isEqualTo("carol");
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        pbx.on("BYE", bye -> pbx.respond(bye, "200 OK"));
        call.hangUp();
        until("BYE");
        assertThat(pbx.last("BYE").parameter("To", "tag")).isEqualTo("carol");
    }

    @Test
    void RFC5359_2_12_find_me_rings_one_place_after_another_until_one_answers() {
        Call call = scene.alice.dial("bob");
        until("INVITE");
        ScriptedMessage invite = pbx.last("INVITE");
        pbx.respondWithTag(invite, "180 Ringing", "desk", BOB);
        pbx.respondWithTag(invite, "180 Ringing", "home", BOB);
        pbx.respondWithTag(invite, "180 Ringing", "mobile", CAROL);
        pbx.respondWithTag(invite, "200 OK", "mobile", lines(CAROL, sdp(HOST, 40_010, 1)));
        until("ACK");

        assertThat(pbx.received("INVITE")).hasSize(1);
        assertThat(pbx.received("ACK")).hasSize(1);
        assertThat(pbx.last("ACK").parameter("To", "tag")).isEqualTo("mobile");
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.13 incoming", "2.14 outgoing"})
    void RFC5359_2_13_2_14_a_call_that_is_screened_is_forbidden_and_not_tried_again(String flow) {
        Call call = scene.alice.dial("bob");
        until("INVITE");
        pbx.respond(pbx.last("INVITE"), "100 Trying");
        pbx.respond(pbx.last("INVITE"), "403 Screening Failure");
        until("ACK");
        scene.pass(Duration.ofSeconds(40));

        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.Failed(new Failure.Forbidden()));
        assertThat(flow())
                .as(flow)
                .filteredOn(summary -> !summary.equals("REGISTER"))
                .containsExactly("INVITE", "ACK");
    }

    /** To the phone that is parked, the server of the park is somebody who takes the far end's place, and so is who retrieves the call. */
    @Test
    void RFC5359_2_15_a_parked_call_is_retrieved_by_another_phone() {
        Call call = bobCalls();

        ScriptedMessage parked = replacing("park", 40_020, ours, "bob");
        ScriptedMessage retrieved = replacing("carol", 40_010, parked, "bob");

        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        call.hangUp();
        scene.until(() -> pbx.received("BYE").size() == 2);
        assertThat(pbx.last("BYE").header("Call-ID")).isEqualTo(retrieved.header("Call-ID"));
        assertThat(scene.incoming).hasSize(1);
    }
}
