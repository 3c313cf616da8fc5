// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Provisional responses that are acknowledged (RFC 3262), between two phones: the proxy makes the caller insist on it. */
class ReliableRingingTest {
    private PhoneScene scene;
    private Phone alice;
    private Phone bob;

    @BeforeEach
    void twoPhones() {
        scene = new PhoneScene(3262);
        alice = scene.phone("alice", "192.0.2.1").registered();
        bob = scene.phone("bob", "192.0.2.2").registered();
        scene.proxy.between(ReliableRingingTest::insisting);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private static SipMessage insisting(SipMessage message) {
        return message instanceof SipRequest request
                        && request.isMethod("INVITE")
                        && request.to().tag() == null
                ? request.toBuilder().set("Require", "100rel").build()
                : message;
    }

    private List<SipRequest> requests(String method) {
        return scene.proxy.seen().stream()
                .filter(message -> message instanceof SipRequest request && request.isMethod(method))
                .map(SipRequest.class::cast)
                .toList();
    }

    private List<SipResponse> responses(String method, int status) {
        return scene.proxy.seen().stream()
                .filter(SipResponse.class::isInstance)
                .map(SipResponse.class::cast)
                .filter(response -> response.cseq().method().equals(method) && response.status() == status)
                .toList();
    }

    @Test
    void ringing_is_acknowledged_once_and_the_call_goes_on_from_there() {
        Call call = alice.account.dial("bob");
        scene.until(() -> call.snapshot().state() == CallState.RINGING_OUT && bob.incoming != null);
        scene.pass(Duration.ofSeconds(10));

        SipResponse ringing = responses("INVITE", 180).get(0);
        assertThat(responses("INVITE", 180)).hasSize(1);
        assertThat(ringing.headers("Require")).containsExactly("100rel");
        assertThat(requests("PRACK")).hasSize(1).allSatisfy(prack -> {
            assertThat(prack.header("RAck"))
                    .isEqualTo(ringing.header("RSeq") + " " + ringing.cseq().number() + " INVITE");
            assertThat(prack.to().tag()).isEqualTo(ringing.to().tag());
            assertThat(prack.cseq().number()).isGreaterThan(ringing.cseq().number());
        });
        assertThat(responses("PRACK", 200)).hasSize(1);

        bob.incoming.answer();
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        call.hangUp();
        scene.until(() -> bob.ending() != null);
        assertThat(requests("BYE").get(0).cseq().number())
                .isGreaterThan(requests("PRACK").get(0).cseq().number());
        alice.assertQuiet();
        bob.assertQuiet();
    }

    @Test
    void lost_ringing_and_a_lost_PRACK_are_repeated() {
        int[] losses = {2, 1};
        scene.proxy.between(message -> {
            if (message instanceof SipResponse response && response.status() == 180 && losses[0]-- > 0) {
                return null;
            }
            if (message instanceof SipRequest request && request.isMethod("PRACK") && losses[1]-- > 0) {
                return null;
            }
            return insisting(message);
        });

        Call call = alice.account.dial("bob");
        scene.until(() -> call.snapshot().state() == CallState.RINGING_OUT);
        scene.pass(Duration.ofSeconds(10));

        assertThat(requests("PRACK")).hasSize(1);
        assertThat(bob.ending()).isNull();
        call.hangUp();
        scene.until(() -> bob.ending() != null);
        assertThat(bob.ending()).isEqualTo(new CallEnding.CancelledByCaller());
        alice.assertQuiet();
        bob.assertQuiet();
    }

    @Test
    void section_3_ringing_that_is_never_acknowledged_ends_the_call() {
        scene.proxy.between(message ->
                message instanceof SipRequest request && request.isMethod("PRACK") ? null : insisting(message));

        alice.account.dial("bob");
        scene.until(() -> bob.ending() != null, Duration.ofSeconds(40));

        assertThat(bob.ending()).isEqualTo(new CallEnding.Failed(new Failure.TimedOut(Failure.Waited.RESPONSE)));
        scene.until(() -> alice.ending() != null);
        assertThat(responses("INVITE", 500)).isNotEmpty();
        // Sent at 0, 0.5, 1.5, 3.5, 7.5, 15.5 and 31.5 s.
        assertThat(responses("INVITE", 180)).hasSize(7);
        bob.assertQuiet();
    }

    @Test
    void an_answer_does_not_wait_for_the_PRACK() {
        scene.proxy.between(message ->
                message instanceof SipRequest request && request.isMethod("PRACK") ? null : insisting(message));

        Call call = scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(40));

        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(responses("INVITE", 180).size()).isLessThanOrEqualTo(2);
    }

    @Test
    void a_PRACK_for_nothing_is_481() {
        scene.proxy.between(message -> message instanceof SipRequest request && request.isMethod("PRACK")
                ? request.toBuilder().set("RAck", "1 1 INVITE").build()
                : insisting(message));

        alice.account.dial("bob");
        scene.until(() -> !responses("PRACK", 481).isEmpty());

        assertThat(bob.ending()).isNull();
    }

    @Test
    void section_4_an_out_of_order_response_is_not_acknowledged() {
        Set<String> acknowledged = new HashSet<>();
        scene.proxy.between(message -> {
            if (message instanceof SipResponse response
                    && response.status() == 180
                    && !responses("INVITE", 180).isEmpty()) {
                return response.toBuilder()
                        .set("RSeq", Long.toString(response.number("RSeq") + 2))
                        .build();
            }
            if (message instanceof SipRequest request && request.isMethod("PRACK")) {
                acknowledged.add(request.header("RAck"));
                return null;
            }
            return insisting(message);
        });

        alice.account.dial("bob");
        scene.pass(Duration.ofSeconds(5));

        assertThat(responses("INVITE", 180).size()).isGreaterThan(2);
        assertThat(acknowledged).containsExactly(responses("INVITE", 180).get(0).header("RSeq") + " 1 INVITE");
    }

    @Test
    void a_180_is_unreliable_unless_100rel_is_required() {
        scene.proxy.between(message -> message);

        alice.account.dial("bob");
        scene.until(() -> bob.incoming != null);
        scene.pass(Duration.ofSeconds(5));

        assertThat(requests("INVITE").get(0).headers("Supported")).contains("100rel");
        assertThat(responses("INVITE", 180))
                .hasSize(1)
                .allSatisfy(ringing -> assertThat(ringing.hasHeader("RSeq")).isFalse());
    }

    @Test
    void section_5_without_an_offer_there_is_nothing_to_ring_reliably_with() {
        scene.proxy.between(message -> {
            SipMessage insisting = insisting(message);
            return insisting instanceof SipRequest request
                            && request.isMethod("INVITE")
                            && request.to().tag() == null
                    ? request.toBuilder().body(null, new byte[0]).build()
                    : insisting;
        });

        alice.account.dial("bob");
        scene.until(() -> bob.incoming != null);
        scene.pass(Duration.ofSeconds(1));
        bob.incoming.answer();
        scene.until(() -> !responses("INVITE", 200).isEmpty());

        assertThat(responses("INVITE", 180)).isEmpty();
        assertThat(responses("INVITE", 200).get(0).hasBody()).isTrue();
    }
}
