// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.IncomingTransfers;
import com.techpro.callclient.engine.call.TransferOutcome;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The transfers of RFC 5589 that are not in {@link TransferTest} and {@link IncomingTransferTest}, message by message. docs/flows.md has the whole list. */
class Rfc5589Test {
    private static final String HOST = ScriptedPhoneSystem.HOST;
    private static final String BOB = "Contact: <sip:bob@192.0.2.10:5060>";
    private static final String CAROL = "Contact: <sip:carol@192.0.2.10:5060>";

    private final ScriptedPhoneSystem scene = new ScriptedPhoneSystem(
                    5589,
                    SipTransport.UDP,
                    account -> account,
                    config -> config.incomingTransfers(IncomingTransfers.FOLLOW))
            .registered();
    private final ScriptedPeer pbx = scene.pbx;
    private final List<TransferOutcome> outcomes = new ArrayList<>();
    private Call bob;
    private Call carol;
    private ScriptedMessage toBob;
    private ScriptedMessage toCarol;
    private int version = 1;
    private final String contact = pbx.last("REGISTER").uri("Contact");

    /** Bob has called and is talked to. */
    @BeforeEach
    void talkingToBob() {
        invite("bob", sdp(HOST, 40_000, 1));
        scene.until(() -> !pbx.received("SIP/2.0 180").isEmpty());
        bob = scene.incoming.get(0);
        bob.answer();
        scene.until(() -> !pbx.received("SIP/2.0 200").isEmpty());
        toBob = pbx.last("SIP/2.0 200");
        pbx.request("ACK", toBob, 1, "bob");
        scene.until(() -> bob.snapshot().state() == CallState.ESTABLISHED);
        pbx.on("BYE", bye -> pbx.respond(bye, "200 OK"));
        pbx.when(message -> message.method().equals("INVITE") && message.parameter("To", "tag") != null, this::agree);
        pbx.forget();
    }

    private void agree(ScriptedMessage invite) {
        boolean bobs = invite.header("Call-ID").equals("bob");
        String theirs = invite.body().contains("a=sendonly") ? "a=recvonly" : "a=sendrecv";
        pbx.respond(invite, "200 OK", lines(bobs ? BOB : CAROL, sdp(HOST, bobs ? 40_000 : 40_010, ++version, theirs)));
    }

    /** Bob is on hold, and Carol is asked. */
    private void consultingCarol() {
        bob.hold();
        scene.until(() ->
                bob.snapshot().hold() == HoldState.LOCAL && !pbx.received("ACK").isEmpty());
        pbx.forget();
        carol = scene.alice.dial("carol");
        scene.until(() -> !pbx.received("INVITE").isEmpty());
        toCarol = pbx.last("INVITE");
        pbx.respondWithTag(toCarol, "200 OK", "carol", lines(CAROL, sdp(HOST, 40_010, 1)));
        scene.until(() -> carol.snapshot().state() == CallState.ESTABLISHED);
        pbx.forget();
    }

    /** A call by Bob's phone, or by somebody else's with the same tag. */
    private void invite(String callId, String... more) {
        scene.inviteAt(contact, pbx.via(), callId, 1, more);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private ScriptedMessage transfer(CompletionStage<TransferOutcome> outcome) {
        int before = pbx.received("REFER").size();
        outcome.thenAccept(outcomes::add);
        scene.until(() -> pbx.received("REFER").size() > before);
        return pbx.last("REFER");
    }

    private void told(ScriptedMessage within, String localTag, int cseq, String statusLine) {
        pbx.request(
                "NOTIFY",
                within,
                cseq,
                localTag,
                "Contact: <sip:" + localTag + "@192.0.2.10:5060>",
                "Event: refer",
                "Subscription-State: terminated;reason=noresource",
                "Content-Type: message/sipfrag;version=2.0",
                "",
                statusLine);
    }

    private static String tag(ScriptedMessage message, String header) {
        return message.parameter(header, "tag");
    }

    /** The transferor asks the target, so that the target's place is shown to nobody: it takes that of the transferor in the transferee's call. */
    @Test
    void RFC5589_7_2_the_target_is_asked_to_take_our_place_and_not_shown() {
        consultingCarol();
        ScriptedMessage refer = transfer(carol.transferTo(bob));

        assertThat(refer.header("Call-ID")).isEqualTo(toCarol.header("Call-ID"));
        assertThat(refer.header("Refer-To"))
                .isEqualTo("<sip:bob@" + HOST + "?Replaces=bob%3Bto-tag%3Dbob%3Bfrom-tag%3D" + tag(toBob, "To") + ">");
        pbx.respond(refer, "202 Accepted", CAROL);
        told(toCarol, "carol", 1, "SIP/2.0 200 OK");
        scene.until(() -> pbx.received("BYE").size() == 2);

        assertThat(outcomes).containsExactly(new TransferOutcome.Transferred());
        assertThat(bob.snapshot().ending()).isEqualTo(new CallEnding.Transferred());
        assertThat(carol.snapshot().ending()).isEqualTo(new CallEnding.Transferred());
    }

    /** §7.4: whoever does not know REFER says so, and the other far end is asked. */
    @Test
    void RFC5589_7_4_a_refused_transfer_keeps_both_calls_and_the_other_party_is_asked() {
        consultingCarol();
        pbx.respond(transfer(bob.transferTo(carol)), "501 Not Implemented");
        scene.until(() -> !outcomes.isEmpty());
        assertThat(outcomes.get(0)).isInstanceOf(TransferOutcome.Failed.class);
        assertThat(bob.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(carol.snapshot().state()).isEqualTo(CallState.ESTABLISHED);

        ScriptedMessage second = transfer(carol.transferTo(bob));
        assertThat(second.header("Call-ID")).isEqualTo(toCarol.header("Call-ID"));
        pbx.respond(second, "202 Accepted", CAROL);
        told(toCarol, "carol", 1, "SIP/2.0 200 OK");
        scene.until(() -> pbx.received("BYE").size() == 2);

        assertThat(outcomes.get(1)).isEqualTo(new TransferOutcome.Transferred());
    }

    /** §7.7: the target does not know Replaces: both calls are as they were, and the transferee is sent there without. */
    @Test
    void RFC5589_7_7_a_target_without_Replaces_is_called_without_it() {
        consultingCarol();
        pbx.respond(transfer(bob.transferTo(carol)), "202 Accepted", BOB);
        told(toBob, "bob", 2, "SIP/2.0 420 Bad Extension");
        scene.until(() -> !outcomes.isEmpty());
        assertThat(outcomes).containsExactly(new TransferOutcome.Failed(new Failure.Rejected(420)));
        assertThat(carol.snapshot().state()).isEqualTo(CallState.ESTABLISHED);

        carol.hangUp();
        scene.until(() -> carol.snapshot().ending() != null);
        ScriptedMessage basic = transfer(bob.transfer("carol"));
        assertThat(basic.header("Refer-To")).isEqualTo("<sip:carol@" + HOST + ">");
        pbx.respond(basic, "202 Accepted", BOB);
        told(toBob, "bob", 3, "SIP/2.0 200 OK");
        scene.until(() -> bob.snapshot().ending() != null);

        assertThat(outcomes.get(1)).isEqualTo(new TransferOutcome.Transferred());
    }

    /** §6.3.2, as the transferee sees it. */
    @Test
    void RFC5589_6_3_2_a_target_that_does_not_answer_is_told_and_the_call_is_taken_back() {
        pbx.request("REFER", toBob, 2, "bob", BOB, "Refer-To: <sip:carol@" + HOST + ">");
        scene.until(() -> pbx.received("INVITE").stream()
                .anyMatch(invite -> invite.requestUri().contains("carol")));
        ScriptedMessage invite = pbx.received("INVITE").stream()
                .filter(sent -> sent.requestUri().contains("carol"))
                .findFirst()
                .orElseThrow();
        pbx.on("NOTIFY", notify -> pbx.respond(notify, "200 OK"));
        pbx.respondWithTag(invite, "180 Ringing", "carol", CAROL);
        scene.until(() ->
                pbx.received("NOTIFY").stream().anyMatch(notify -> notify.body().contains("180")));
        pbx.respondWithTag(invite, "480 Temporarily Unavailable", "carol");
        scene.until(() -> pbx.last("NOTIFY").body().contains("480"));

        assertThat(pbx.received("NOTIFY").stream()
                        .map(notify -> notify.body().trim() + " "
                                + notify.header("Subscription-State").split(";")[0])
                        .distinct()
                        .collect(Collectors.toList()))
                .contains("SIP/2.0 180 Ringing active", "SIP/2.0 480 Temporarily Unavailable terminated");
        scene.until(() -> bob.snapshot().hold() == HoldState.NONE);
        assertThat(bob.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }

    /** §7.3, as the target sees it: the transferee comes in the place of the transferor, who leaves. */
    @Test
    void RFC5589_7_3_the_transferee_replaces_the_call_of_the_transferor() {
        invite(
                "carol",
                lines(
                        "Replaces: bob;to-tag=" + tag(toBob, "To") + ";from-tag=bob",
                        lines("Referred-By: <sip:bob@" + HOST + ">", sdp(HOST, 40_010, 1))));
        scene.until(() -> !pbx.received("SIP/2.0 200").isEmpty());
        pbx.request("ACK", pbx.last("SIP/2.0 200"), 1, "bob");
        scene.until(() -> !pbx.received("BYE").isEmpty());

        assertThat(pbx.last("BYE").header("Call-ID")).isEqualTo("bob");
        assertThat(pbx.received("SIP/2.0 180")).as("nothing rings").isEmpty();
        assertThat(scene.incoming).hasSize(1);
        assertThat(bob.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }
}
