// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.TransferOutcome;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody takes the place of a call's far end, message by message (RFC 3891). */
class ReplacedCallTest {
    private static final String CONTACT = "Contact: <sip:bob@" + ScriptedPhoneSystem.HOST + ":5060>";

    private ScriptedPhoneSystem scene;
    private ScriptedPeer pbx;
    private String contact;

    @BeforeEach
    void open() {
        scene = ScriptedPhoneSystem.udp(3891).registered();
        pbx = scene.pbx;
        contact = pbx.last("REGISTER").uri("Contact");
        pbx.on("BYE", bye -> pbx.respond(bye, "200 OK"));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    /** Bob has called, and is talked to. */
    private Call established() {
        ringing();
        Call call = scene.incoming.get(0);
        call.answer();
        scene.until(() -> !pbx.received("SIP/2.0 200").isEmpty());
        ScriptedMessage answer = pbx.last("SIP/2.0 200");
        pbx.request("ACK", answer, 1, "bob");
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        return call;
    }

    private void ringing() {
        scene.invite("one", "z9hG4bKone", 1, sdp("192.0.2.10", 40_000, 1));
        scene.until(() -> !pbx.received("SIP/2.0 180").isEmpty());
    }

    private static String ours(ScriptedMessage response) {
        return response.parameter("To", "tag");
    }

    /** An INVITE of Carol's with these lines, and the offer of a phone at this port. */
    private ScriptedMessage carol(String branch, int port, String... header) {
        return carol("two", branch, port, header);
    }

    private ScriptedMessage carol(String callId, String branch, int port, String... header) {
        List<String> all = new ArrayList<>(List.of(header));
        if (port != 0) {
            all.addAll(List.of(sdp("192.0.2.10", port, 1)));
        }
        StringBuilder invite = new StringBuilder("INVITE " + contact + " SIP/2.0\n");
        invite.append("Via: SIP/2.0/UDP 192.0.2.10:5060;branch=").append(branch).append('\n');
        invite.append("Max-Forwards: 70\nFrom: \"Carol\" <sip:carol@192.0.2.10>;tag=carol\n");
        invite.append("To: <sip:alice@192.0.2.10>\nCall-ID: " + callId + "\nCSeq: 1 INVITE\n");
        invite.append("Contact: <sip:carol@192.0.2.10:5060>\n");
        all.forEach(line -> invite.append(line).append('\n'));
        return pbx.send(invite.toString());
    }

    private String bobsCall() {
        return "Replaces: one;to-tag=" + ours(pbx.last("SIP/2.0 180")) + ";from-tag=bob";
    }

    private ScriptedMessage response(String beginning, String callId) {
        return pbx.received(beginning).stream()
                .filter(response -> response.header("Call-ID").equals(callId))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private boolean has(String beginning, String callId) {
        return pbx.received(beginning).stream()
                .anyMatch(response -> response.header("Call-ID").equals(callId));
    }

    @Test
    void an_INVITE_with_Replaces_changes_the_far_end_of_the_call() {
        Call call = established();
        String key = pbx.last("SIP/2.0 200").body();
        carol("z9hG4bKtwo", 40_020, "Require: replaces", bobsCall());
        scene.until(() -> has("SIP/2.0 200", "two") && !pbx.received("BYE").isEmpty());

        assertThat(pbx.last("BYE").header("Call-ID")).isEqualTo("one");
        ScriptedMessage accepted = response("SIP/2.0 200", "two");
        assertThat(accepted.body()).contains("m=audio").isNotEqualTo(key);
        pbx.request("ACK", accepted, 1, "carol");
        scene.until(() -> call.snapshot().remote().user().equals("carol"));
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(scene.incoming).hasSize(1);
        assertThat(scene.told(CallEvent.Ended.class)).isEmpty();
        assertThat(scene.told(CallEvent.CallerChanged.class)).isNotEmpty();

        // The dialog is Carol's: a hold goes to her, and her goodbye ends the call.
        call.hold();
        scene.until(() -> !pbx.received("INVITE").isEmpty());
        assertThat(pbx.last("INVITE").header("Call-ID")).isEqualTo("two");
        pbx.respond(pbx.last("INVITE"), "200 OK", lines(CONTACT, sdp("192.0.2.10", 40_020, 2, "a=recvonly")));
        scene.until(() -> has("ACK", "two"));
        pbx.request("BYE", accepted, 2, "carol");
        scene.until(() -> call.snapshot().ending() != null);
        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.RemoteHangUp());
    }

    @Test
    void audio_goes_to_the_replacing_party() throws IOException {
        Call call = established();
        int[] packets = new int[1];
        try (var phone = scene.network
                .host(ScriptedPhoneSystem.HOST)
                .openDatagram(new InetSocketAddress(ScriptedPhoneSystem.HOST, 40_020), (bytes, from) -> packets[0]++)) {
            carol("z9hG4bKtwo", 40_020, bobsCall());
            scene.until(() -> has("SIP/2.0 200", "two"));
            pbx.request("ACK", response("SIP/2.0 200", "two"), 1, "carol");
            scene.pass(Duration.ofSeconds(1));

            assertThat(phone).isNotNull();
            assertThat(packets[0]).isGreaterThan(45);
            assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        }
    }

    /** Whoever leaves the call knew its keys. */
    @Test
    void the_session_with_the_new_far_end_has_keys_of_its_own() {
        String crypto = "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";
        scene.invite("one", "z9hG4bKone", 1, savp(sdp("192.0.2.10", 40_000, 1, crypto)));
        scene.until(() -> !scene.incoming.isEmpty());
        Call call = scene.incoming.get(0);
        call.answer();
        scene.until(() -> !pbx.received("SIP/2.0 200").isEmpty());
        ScriptedMessage first = pbx.last("SIP/2.0 200");
        pbx.request("ACK", first, 1, "bob");
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        List<String> header = new ArrayList<>(List.of(bobsCall()));
        header.addAll(List.of(savp(sdp("192.0.2.10", 40_020, 1, crypto))));
        carol("z9hG4bKtwo", 0, header.toArray(new String[0]));
        scene.until(() -> has("SIP/2.0 200", "two"));

        String key = first.bodyLines("a=crypto:").get(0);
        assertThat(key).contains("inline:");
        assertThat(response("SIP/2.0 200", "two").bodyLines("a=crypto:").get(0))
                .contains("inline:")
                .isNotEqualTo(key);
    }

    private static String[] savp(String[] description) {
        return Arrays.stream(description)
                .map(line -> line.replace("RTP/AVP ", "RTP/SAVP "))
                .toArray(String[]::new);
    }

    @Test
    void the_offer_may_be_left_to_us() {
        Call call = established();
        carol("z9hG4bKtwo", 0, bobsCall());
        scene.until(() -> has("SIP/2.0 200", "two"));
        ScriptedMessage offered = response("SIP/2.0 200", "two");
        assertThat(offered.bodyLines("a=").toString()).doesNotContain("inactive");
        pbx.request("ACK", offered, 1, "carol", sdp("192.0.2.10", 40_020, 1));
        scene.until(() -> call.snapshot().remote().user().equals("carol"));
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        scene.until(() -> !pbx.received("BYE").isEmpty());
    }

    @Test
    void a_pending_reINVITE_is_settled_before_the_far_end_is_replaced() {
        Call call = established();
        call.hold();
        scene.until(() -> !pbx.received("INVITE").isEmpty());
        ScriptedMessage hold = pbx.last("INVITE");
        carol("z9hG4bKtwo", 40_020, bobsCall());
        scene.pass(Duration.ofMillis(100));
        assertThat(has("SIP/2.0 200", "two")).isFalse();

        pbx.respond(hold, "200 OK", lines(CONTACT, sdp("192.0.2.10", 40_000, 2, "a=recvonly")));
        scene.until(() -> has("SIP/2.0 200", "two") && !pbx.received("BYE").isEmpty());
        ScriptedMessage accepted = response("SIP/2.0 200", "two");
        assertThat(accepted.bodyLines("a=sendonly")).hasSize(1);
        pbx.request("ACK", accepted, 1, "carol");
        scene.until(() -> call.snapshot().remote().user().equals("carol"));
    }

    @Test
    void a_cancelled_replacement_changes_nothing() {
        Call call = established();
        call.hold();
        scene.until(() -> !pbx.received("INVITE").isEmpty());
        ScriptedMessage hold = pbx.last("INVITE");
        ScriptedMessage invite = carol("z9hG4bKtwo", 40_020, bobsCall());
        scene.pass(Duration.ofMillis(100));
        pbx.send(invite.text()
                        .replaceFirst("INVITE", "CANCEL")
                        .replace("1 INVITE", "1 CANCEL")
                        .split("\r\n\r\n")[0]
                        .replaceAll("Content-[A-Za-z]+: [^\r\n]*\r\n", "")
                        .replaceAll("(?m)^Content-Length:.*$", "")
                + "\n");
        scene.until(() -> has("SIP/2.0 487", "two"));
        pbx.respond(hold, "200 OK", lines(CONTACT, sdp("192.0.2.10", 40_000, 2, "a=recvonly")));
        scene.pass(Duration.ofSeconds(1));

        assertThat(pbx.received("BYE")).isEmpty();
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(call.snapshot().remote().user()).isEqualTo("bob");
    }

    @Test
    void a_call_that_rings_elsewhere_is_picked_up() {
        pbx.on("INVITE", invite -> pbx.respondWithTag(invite, "180 Ringing", "bob", CONTACT));
        Call call = scene.alice.dial("bob");
        scene.until(() -> call.snapshot().state() == CallState.RINGING_OUT);
        ScriptedMessage invite = pbx.last("INVITE");
        pbx.on("CANCEL", cancel -> {
            pbx.respond(cancel, "200 OK");
            pbx.respondWithTag(invite, "487 Request Terminated", "bob");
        });
        carol(
                "z9hG4bKtwo",
                40_020,
                "Replaces: " + invite.header("Call-ID") + ";to-tag=" + invite.parameter("From", "tag")
                        + ";from-tag=bob;early-only");
        scene.until(() -> has("SIP/2.0 200", "two"));
        pbx.request("ACK", response("SIP/2.0 200", "two"), 1, "carol");
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);

        scene.until(() -> !pbx.received("CANCEL").isEmpty());
        assertThat(pbx.last("CANCEL").header("Reason")).startsWith("SIP;cause=200");
        scene.pass(Duration.ofSeconds(1));
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(call.snapshot().remote().user()).isEqualTo("carol");
        assertThat(pbx.received("BYE")).isEmpty();
    }

    @Test
    void a_phone_that_answers_after_the_call_was_picked_up_is_told_goodbye() {
        pbx.on("INVITE", invite -> pbx.respondWithTag(invite, "180 Ringing", "bob", CONTACT));
        Call call = scene.alice.dial("bob");
        scene.until(() -> call.snapshot().state() == CallState.RINGING_OUT);
        ScriptedMessage invite = pbx.last("INVITE");
        pbx.on("CANCEL", cancel -> {
            pbx.respond(cancel, "200 OK");
            pbx.respondWithTag(invite, "200 OK", "bob", lines(CONTACT, sdp("192.0.2.10", 40_000, 1)));
        });
        carol(
                "z9hG4bKtwo",
                40_020,
                "Replaces: " + invite.header("Call-ID") + ";to-tag=" + invite.parameter("From", "tag")
                        + ";from-tag=bob");
        scene.until(() -> has("SIP/2.0 200", "two") && !pbx.received("BYE").isEmpty());
        pbx.request("ACK", response("SIP/2.0 200", "two"), 1, "carol");
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);

        assertThat(has("ACK", invite.header("Call-ID"))).isTrue();
        assertThat(pbx.last("BYE").header("Call-ID")).isEqualTo(invite.header("Call-ID"));
        scene.pass(Duration.ofSeconds(1));
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }

    @Test
    void an_invalid_Replaces_is_refused_without_ringing() {
        Call call = established();
        String named = bobsCall();
        record Refused(String header, int status) {}
        List<Refused> table = List.of(
                new Refused(named.replace("one", "another"), 481),
                new Refused(named.replace("from-tag=bob", "from-tag=eve"), 481),
                new Refused(named + ";early-only", 486),
                new Refused("Replaces: one;to-tag=x", 400),
                new Refused("Replaces: ;", 400),
                new Refused(named + "\n" + named, 400),
                new Refused("Require: join\nJoin: " + named.substring(10), 420));
        int branch = 0;
        for (Refused each : table) {
            pbx.forget();
            String callId = "try-" + ++branch;
            carol(callId, "z9hG4bKr" + branch, 40_020, each.header().split("\n"));
            scene.until(() -> has("SIP/2.0 4", callId) || has("SIP/2.0 6", callId));
            assertThat(pbx.received("SIP/2.0 " + each.status()))
                    .as(each.header())
                    .isNotEmpty();
        }
        assertThat(scene.incoming).hasSize(1);
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }

    @Test
    void a_call_that_rings_here_is_not_taken_from_its_user() {
        ringing();
        carol("z9hG4bKtwo", 40_020, bobsCall());
        scene.until(() -> has("SIP/2.0 481", "two"));
        assertThat(scene.incoming.get(0).snapshot().state()).isEqualTo(CallState.INCOMING);
    }

    private String refusals() {
        var counters = scene.client.counters().toCompletableFuture();
        scene.until(counters::isDone);
        return counters.join().refusals().toString();
    }

    /** An INVITE of Carol's that waits, as the other side has not answered our hold yet. */
    private ScriptedMessage carolWaits(Call call) {
        call.hold();
        scene.until(() -> !pbx.received("INVITE").isEmpty());
        ScriptedMessage hold = pbx.last("INVITE");
        carol("z9hG4bKtwo", 40_020, bobsCall());
        scene.pass(Duration.ofMillis(100));
        assertThat(has("SIP/2.0 200", "two")).isFalse();
        return hold;
    }

    @Test
    void a_waiting_replacement_is_refused_when_the_call_ends() {
        Call call = established();
        ScriptedMessage answer = pbx.last("SIP/2.0 200");
        carolWaits(call);
        pbx.request("BYE", answer, 2, "bob");
        scene.until(() -> call.snapshot().ending() != null);
        scene.pass(Duration.ofMillis(100));

        assertThat(has("SIP/2.0 603", "two")).isTrue();
        assertThat(refusals()).isEqualTo("{not-replaceable=1}");
    }

    @Test
    void one_comes_after_the_other() {
        Call call = established();
        ScriptedMessage hold = carolWaits(call);
        carol("three", "z9hG4bKthree", 40_030, bobsCall());
        scene.until(() -> has("SIP/2.0 491", "three"));
        assertThat(refusals()).isEqualTo("{request-pending=1}");

        pbx.respond(hold, "200 OK", lines(CONTACT, sdp("192.0.2.10", 40_000, 2, "a=recvonly")));
        scene.until(() -> has("SIP/2.0 200", "two"));
    }

    /** What was asked of the one who left says nothing of the other. */
    @Test
    void a_pending_REFER_to_the_former_far_end_does_not_end_the_call() {
        Call call = established();
        List<TransferOutcome> outcomes = new ArrayList<>();
        call.transfer("dora").thenAccept(outcomes::add);
        scene.until(() -> !pbx.received("REFER").isEmpty());
        pbx.respond(pbx.last("REFER"), "202 Accepted", CONTACT);
        carol("z9hG4bKtwo", 40_020, bobsCall());
        scene.until(() -> has("SIP/2.0 200", "two") && !pbx.received("BYE").isEmpty());
        ScriptedMessage accepted = response("SIP/2.0 200", "two");
        pbx.request("ACK", accepted, 1, "carol");
        scene.until(() -> call.snapshot().remote().user().equals("carol"));

        assertThat(outcomes).containsExactly(new TransferOutcome.Failed(new Failure.Rejected(481)));
        assertThat(call.snapshot().transferring()).isFalse();
        call.hold();
        scene.until(() -> !pbx.received("INVITE").isEmpty());
        pbx.respond(pbx.last("INVITE"), "200 OK", lines(CONTACT, sdp("192.0.2.10", 40_020, 2, "a=recvonly")));
        // Longer than somebody is waited for who was asked for a transfer.
        scene.pass(Duration.ofMinutes(1));
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        pbx.request("BYE", accepted, 2, "carol");
        scene.until(() -> call.snapshot().ending() != null);
        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.RemoteHangUp());
    }

    @Test
    void a_transfer_requested_by_the_former_far_end_does_not_end_the_call() {
        Call call = established();
        ScriptedMessage answer = pbx.last("SIP/2.0 200");
        pbx.on("NOTIFY", notify -> pbx.respond(notify, "200 OK"));
        pbx.request(
                "REFER",
                answer,
                2,
                "bob",
                CONTACT,
                "Refer-To: <sip:dora@192.0.2.10>",
                "Referred-By: <sip:bob@192.0.2.10>");
        scene.until(() -> !scene.told(CallEvent.TransferRequested.class).isEmpty());
        call.acceptTransfer();
        scene.until(() -> pbx.received("INVITE").stream()
                .anyMatch(invite -> invite.requestUri().contains("dora")));
        ScriptedMessage hold = pbx.received("INVITE").stream()
                .filter(invite -> invite.header("Call-ID").equals("one"))
                .findFirst()
                .orElseThrow();
        pbx.respond(hold, "200 OK", lines(CONTACT, sdp("192.0.2.10", 40_000, 2, "a=recvonly")));
        pbx.respondWithTag(pbx.last("INVITE"), "200 OK", "dora", lines(CONTACT, sdp("192.0.2.10", 40_010, 1)));
        scene.until(() -> pbx.received("NOTIFY").size() == 2);
        carol("z9hG4bKtwo", 40_020, bobsCall());
        scene.until(() -> has("SIP/2.0 200", "two"));
        ScriptedMessage accepted = response("SIP/2.0 200", "two");
        pbx.request("ACK", accepted, 1, "carol");
        scene.pass(Duration.ofSeconds(10));

        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        pbx.request("BYE", accepted, 2, "carol");
        scene.until(() -> call.snapshot().ending() != null);
        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.RemoteHangUp());
    }
}
