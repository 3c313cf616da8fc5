// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.stack.sip.dialog.Dialog;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.MessageTap;
import com.techpro.callclient.stack.sip.transport.ReceiveLoad;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** More requests than the engine can serve, in virtual time in which serving takes time. */
class OverloadTest {
    /** A call takes 5 ms of the engine's time, INVITE, ACK and BYE together: it can do 200 a second. A refusal takes a 25th of that. */
    private static final Duration INVITE = Duration.ofMillis(3);

    private static final Duration IN_DIALOG = Duration.ofMillis(1);
    private static final Duration REFUSAL = Duration.ofNanos(200_000);
    private static final int CAPACITY = 200;
    private static final int SECONDS = 10;

    private final SipScene scene = new SipScene(SipSettings.DEFAULT, true, new MessageTap() {
        @Override
        public void received(byte[] buffer, int offset, int length, Flow flow) {}

        @Override
        public void sent(byte[] message, Flow flow) {
            if (new String(message, 0, 12, StandardCharsets.UTF_8).startsWith("SIP/2.0 503")) {
                scene().busy.spend(REFUSAL);
            }
        }
    });
    private final List<String> served = new ArrayList<>();
    private SipEndpoint endpoint;
    private SipUri contact;
    /** What an INVITE takes, and whether it is answered. */
    private Duration inviteTakes = INVITE;

    private boolean answering = true;
    private int calls;

    private SipScene scene() {
        return scene;
    }

    @BeforeEach
    void registered() {
        SipEndpoint[] made = new SipEndpoint[1];
        made[0] = scene.on(
                () -> scene.stack.newEndpoint(scene.account(SipTransport.UDP).build(), new Answering(made)));
        endpoint = made[0];
        scene.register(endpoint);
        contact = scene.on(() -> endpoint.contact().uri());
    }

    private final class Answering implements EndpointHandler {
        private final SipEndpoint[] self;

        Answering(SipEndpoint[] self) {
            this.self = self;
        }

        @Override
        public void invite(ServerTransactionHandle invite) {
            served.add(invite.request().callId());
            scene.busy.spend(inviteTakes);
            Dialog dialog = Dialog.uas(invite.request(), invite.localTag(), !answering);
            scene.stack.register(self[0], dialog, new Answered(dialog));
            calls++;
            invite.respond(self[0].response(invite, answering ? 200 : 180).build());
        }

        @Override
        public void request(ServerTransactionHandle request) {
            served.add(request.request().method());
            request.respond(200);
        }

        @Override
        public void ackTimedOut(ServerTransactionHandle invite) {}

        @Override
        public void flowLost(RegistrationFlow lost, @Nullable Failure why) {}

        @Override
        public void contactChanged() {}
    }

    private final class Answered implements DialogHandler {
        private final Dialog dialog;

        Answered(Dialog dialog) {
            this.dialog = dialog;
        }

        private void end() {
            calls--;
            scene.stack.unregister(dialog);
        }

        @Override
        public void request(ServerTransactionHandle request) {
            scene.busy.spend(IN_DIALOG);
            served.add(request.request().method() + " " + request.request().callId());
            request.respond(200);
            if (request.request().isMethod("BYE")) {
                end();
            }
        }

        @Override
        public void ack(SipRequest ack) {
            scene.busy.spend(IN_DIALOG);
        }

        @Override
        public void cancelled(ServerTransactionHandle invite, SipRequest cancel) {
            served.add("CANCEL " + cancel.callId());
            end();
        }

        @Override
        public void ackTimedOut() {
            end();
        }
    }

    private ReceiveLoad load() {
        List<ReceiveLoad> load = new ArrayList<>(1);
        scene.loop.execute(() -> load.add(scene.stack.load()));
        scene.pass(1_000);
        return load.get(0);
    }

    // ---- figures

    private record Figures(double completed, int refused, int unanswered, int repetitions, int mostWaiting) {}

    private Figures offered(int rate) {
        CallLoad callers =
                new CallLoad(scene.time, scene.network.host(SipScene.PBX), scene.pbx.engineAddress(), contact.encode());
        callers.offer(rate, SECONDS);
        int most = 0;
        for (int i = 0; i < SECONDS * 10; i++) {
            scene.pass(100);
            most = Math.max(most, scene.stack.load().waiting());
        }
        scene.pass(35_000);
        assertThat(callers.open()).as("callers without an end").isZero();
        assertThat(calls).as("calls left when Timer H has passed").isZero();
        scene.run(endpoint::close);
        scene.assertQuiet();
        assertThat(scene.scheduler.pendingTimers()).isZero();
        return new Figures(
                (double) callers.completed / SECONDS, callers.refused, callers.unanswered, callers.repetitions, most);
    }

    @Test
    void below_its_capacity_every_call_is_served() {
        Figures figures = offered(CAPACITY * 9 / 10);

        assertThat(figures.completed).isEqualTo(CAPACITY * 9 / 10);
        assertThat(figures.refused).isZero();
        assertThat(scene.refused).isEmpty();
    }

    @Test
    void at_twice_its_capacity_it_works_at_capacity_and_refuses_the_rest() {
        servesNearlyAllItCan(2);
    }

    @Test
    void at_four_times_its_capacity_it_works_at_capacity_and_refuses_the_rest() {
        servesNearlyAllItCan(4);
    }

    private void servesNearlyAllItCan(int times) {
        Figures figures = offered(CAPACITY * times);
        System.out.println(times + " times its capacity of " + CAPACITY + "/s: " + figures);

        assertThat(figures.completed).isGreaterThan(0.8 * CAPACITY);
        assertThat(figures.unanswered).as("callers that heard nothing at all").isZero();
        assertThat(figures.repetitions).as("answered before they ask again").isLessThan(CAPACITY * SECONDS / 20);
        assertThat(figures.mostWaiting).as("messages waiting").isLessThan(CAPACITY * times / 2);
        assertThat(scene.refused).hasSize(figures.refused).containsOnly("overload INVITE 503");
        assertThat(scene.on(scene.stack::counters).transactions().overload()).isEqualTo(figures.refused);
    }

    // ---- rules

    private SipRequest invite(String branch) {
        return scene.fromPbx("INVITE", contact, branch).build();
    }

    /** Sends so much that what is sent right behind it finds the engine overloaded. */
    private void burst() {
        inviteTakes = Duration.ofMillis(60);
        for (int i = 0; i < 12; i++) {
            scene.pbx.send(invite("burst" + i));
        }
    }

    private List<SipResponse> responsesTo(String branch, String method) {
        return scene.pbx.responses.stream()
                .filter(r -> r.callId().equals("incoming-" + branch)
                        && r.cseq().method().equals(method))
                .toList();
    }

    @Test
    void a_refusal_says_when_to_come_again_and_leaves_nothing_behind() {
        burst();
        scene.pbx.send(invite("late"));
        scene.pass(1_000);

        SipResponse refusal = responsesTo("late", "INVITE").get(0);
        assertThat(refusal.status()).isEqualTo(503);
        assertThat(refusal.number("Retry-After")).isBetween(1L, 5L);
        assertThat(refusal.topVia().rport()).isEqualTo(5060);
        int open = scene.on(scene.stack::counters).transactions().servers();
        scene.pbx.send(scene.fromPbx("ACK", contact, "late").to(refusal.to()).build());
        scene.pass(1_000);
        assertThat(scene.on(scene.stack::counters).transactions().servers())
                .isEqualTo(open)
                .isEqualTo(served.size());
        assertThat(scene.on(scene.stack::counters).transactions().strayAcks()).isZero();
    }

    @Test
    void the_host_sees_it() {
        burst();
        scene.pass(470);
        ReceiveLoad during = scene.stack.load();
        scene.pass(2_000);
        ReceiveLoad after = load();

        assertThat(during.waiting()).isPositive();
        assertThat(during.queueDelay()).isGreaterThan(Duration.ofMillis(300));
        assertThat(after.overloaded()).isFalse();
        assertThat(after.waiting()).isZero();
        assertThat(after.queueDelay()).isZero();
        assertThat(after.longestQueueDelay()).isBetween(Duration.ofMillis(400), Duration.ofMillis(600));
        assertThat(scene.refused).isNotEmpty().containsOnly("overload INVITE 503");
    }

    @Test
    void requests_within_calls_are_served_before_new_ones() {
        scene.pbx.send(invite("call"));
        scene.pass(20);
        SipResponse ok = responsesTo("call", "INVITE").get(0);
        scene.pbx.send(scene.fromPbx("ACK", contact, "ack")
                .callId("incoming-call")
                .to(ok.to())
                .build());
        scene.pass(20);
        inviteTakes = Duration.ofMillis(10);
        for (int i = 0; i < 5; i++) {
            scene.pbx.send(invite("new" + i));
        }
        scene.pbx.send(scene.fromPbx("BYE", contact, "bye")
                .callId("incoming-call")
                .cseq(2, "BYE")
                .to(ok.to())
                .build());
        scene.pass(200);

        assertThat(served)
                .startsWith("incoming-call", "BYE incoming-call", "incoming-new0", "incoming-new1")
                .hasSize(7);
    }

    @Test
    void one_long_pause_is_no_overload() {
        scene.loop.execute(() -> scene.busy.spend(Duration.ofSeconds(3)));
        scene.pass(10);
        for (int i = 0; i < 20; i++) {
            scene.pbx.send(invite("n" + i));
        }
        scene.pass(4_000);

        assertThat(served).hasSize(20);
        assertThat(scene.refused).isEmpty();
    }

    @Test
    void the_repetition_of_an_invite_that_is_being_served_is_not_refused() {
        answering = false;
        SipRequest ringing = invite("ringing");
        scene.pbx.send(ringing);
        scene.pass(20);
        burst();
        scene.pbx.send(ringing);
        scene.pass(1_500);

        assertThat(responsesTo("ringing", "INVITE"))
                .extracting(SipResponse::status)
                .containsExactly(180, 180);
        assertThat(scene.refused).isNotEmpty();
    }

    @Test
    void a_cancel_finds_its_call_and_without_one_is_481_without_a_trace() {
        answering = false;
        scene.pbx.send(invite("ringing"));
        scene.pass(20);
        burst();
        scene.pbx.send(invite("late"));
        scene.pbx.send(scene.fromPbx("CANCEL", contact, "late").build());
        scene.pbx.send(scene.fromPbx("CANCEL", contact, "ringing").build());
        scene.pass(1_500);

        assertThat(responsesTo("late", "INVITE"))
                .extracting(SipResponse::status)
                .containsExactly(503);
        assertThat(responsesTo("late", "CANCEL"))
                .extracting(SipResponse::status)
                .containsExactly(481);
        assertThat(responsesTo("ringing", "CANCEL"))
                .extracting(SipResponse::status)
                .containsExactly(200);
        assertThat(served).contains("CANCEL incoming-ringing");
        assertThat(scene.refused).containsOnly("overload INVITE 503");
    }

    @Test
    void a_ping_is_answered_and_other_requests_outside_dialogs_are_refused() {
        burst();
        scene.pbx.send(scene.fromPbx("NOTIFY", contact, "mwi").build());
        scene.pbx.send(scene.fromPbx("OPTIONS", contact, "ping").build());
        scene.pass(1_500);

        assertThat(responsesTo("ping", "OPTIONS"))
                .extracting(SipResponse::status)
                .containsExactly(200);
        assertThat(responsesTo("mwi", "NOTIFY")).extracting(SipResponse::status).containsExactly(503);
    }

    @Test
    void a_stranger_gets_no_answer_then_either() {
        ScriptedPeer stranger = new ScriptedPeer(scene.network.host("203.0.113.66"), "203.0.113.66", 5060);
        burst();
        stranger.send(invite("scan"), scene.pbx.engineAddress());
        scene.pass(1_500);

        assertThat(stranger.statuses()).isEmpty();
        assertThat(scene.refused).contains("untrusted-source INVITE 0");
    }

    @Test
    void on_a_stream_it_is_the_same_and_the_connection_stays() {
        TextServer server = new TextServer(scene.network.host("192.0.2.20"), "192.0.2.20");
        SipEndpoint[] made = new SipEndpoint[1];
        made[0] = scene.on(() -> scene.stack.newEndpoint(
                scene.account(SipTransport.TCP)
                        .outboundProxy(new HostPort("192.0.2.20", 5060))
                        .build(),
                new Answering(made)));
        scene.run(() -> made[0].send(made[0].newRegister(), scene.listener("register")));
        scene.pass(100);
        String target = scene.on(() -> made[0].contact().uri().encode());
        inviteTakes = Duration.ofMillis(60);
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            all.append(server.request("INVITE", target, "n" + i, ""));
        }
        server.send(all + server.request("BYE", target, "old", ";tag=gone"));
        scene.pass(1_500);

        assertThat(server.statuses.values()).as("what is of a dialog first").startsWith("481 BYE");
        assertThat(server.statuses.values()).filteredOn("200 INVITE"::equals).hasSizeBetween(7, 9);
        assertThat(server.statuses.values()).filteredOn("503 INVITE"::equals).hasSizeBetween(3, 5);
        assertThat(scene.on(() -> made[0].flow())).isNotNull();
    }
}
