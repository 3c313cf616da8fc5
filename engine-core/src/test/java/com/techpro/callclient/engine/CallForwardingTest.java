// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallCommand;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallForwardingSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.ForwardingRules;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.diagnostics.RefusedRequest;
import com.techpro.callclient.engine.failure.RefusalReason;
import com.techpro.callclient.engine.people.CallOutcome;
import com.techpro.callclient.engine.people.HistoryEntry;
import com.techpro.callclient.engine.privacy.StorageStatus;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers who are sent on to somebody else by the phone: what the phone system reads, byte by byte, and what stays here. */
class CallForwardingTest {
    private final FakeSecureStore.Disk disk = new FakeSecureStore.Disk();
    private final List<CallForwardingSnapshot> told = new ArrayList<>();
    private final List<RefusalReason> refused = new ArrayList<>();
    private final List<CallEvent> events = new ArrayList<>();
    private ScriptedPhoneSystem scene = open(Policy.OPEN);

    private ScriptedPhoneSystem open(Policy policy) {
        ScriptedPhoneSystem opened = new ScriptedPhoneSystem(
                        302,
                        SipTransport.UDP,
                        account -> account,
                        config -> config.platform(p -> p.store(new FakeSecureStore(disk)))
                                .policy(policy))
                .registered();
        opened.client.addListener(new CallClientListener() {
            @Override
            public void callForwardingChanged(CallForwardingSnapshot after) {
                told.add(after);
            }

            @Override
            public void incomingRefused(Account account, RefusedRequest refusal) {
                refused.add(refusal.reason());
            }

            @Override
            public void callChanged(Call call, CallEvent event) {
                events.add(event);
            }
        });
        opened.pass(Duration.ofSeconds(1));
        return opened;
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private boolean set(ForwardingRules rules) {
        CompletionStage<CommandOutcome> answer =
                scene.client.incomingCalls().forwarding().set(rules);
        scene.until(() -> answer.toCompletableFuture().isDone());
        return answer.toCompletableFuture().join().isDone();
    }

    private void invite(String callId, String... headers) {
        List<String> lines = new ArrayList<>(List.of(headers));
        lines.addAll(List.of(sdp("192.0.2.10", 40_000, 1)));
        scene.invite(callId, "z9hG4bK" + callId, 1, lines.toArray(String[]::new));
        scene.pass(Duration.ofMillis(500));
    }

    private SipAccount account() {
        return scene.client.accounts().get(0).sipAccount();
    }

    private void assertForwarded(String reason) {
        ScriptedMessage moved = scene.pbx.last("SIP/2.0 302");
        String domain = account().domain();
        assertThat(moved.header("Contact")).isEqualTo("<sip:1003@" + domain + ">");
        assertThat(moved.header("Diversion"))
                .isEqualTo("<sip:" + account().user() + "@" + domain + ">;reason=" + reason + ";counter=1");
    }

    private CallOutcome remembered() {
        return ((HistoryEntry.CallRecord)
                        scene.client.people().history().snapshot().entries().get(0))
                .outcome();
    }

    private void acknowledge() {
        scene.pbx.request("ACK", scene.pbx.last("SIP/2.0 200"), 1, "bob");
        scene.pass(Duration.ofSeconds(1));
    }

    @Test
    void every_caller_is_sent_on_and_nothing_rings_but_the_history_and_the_host_know() {
        assertThat(set(ForwardingRules.NONE.withAlways("10-03"))).isTrue();
        assertThat(told)
                .last()
                .isEqualTo(scene.client.incomingCalls().forwarding().snapshot());

        invite("one");

        assertForwarded("unconditional");
        assertThat(scene.pbx.received("SIP/2.0 180")).isEmpty();
        assertThat(scene.incoming).isEmpty();
        assertThat(refused).containsExactly(RefusalReason.FORWARDED);
        assertThat(remembered()).isEqualTo(CallOutcome.FORWARDED);
    }

    @Test
    void while_the_account_has_a_call_others_are_sent_on() {
        set(ForwardingRules.NONE.withBusy("1003"));
        invite("one");
        scene.incoming.get(0).answer();
        scene.until(() -> !scene.pbx.received("SIP/2.0 200").isEmpty());
        acknowledge();

        invite("two");
        assertForwarded("user-busy");
        assertThat(scene.incoming).hasSize(1);

        scene.incoming.get(0).hangUp();
        scene.pass(Duration.ofSeconds(1));
        invite("three");
        assertThat(scene.incoming).hasSize(2);
    }

    @Test
    void do_not_disturb_forwards_to_the_busy_target() {
        set(ForwardingRules.NONE.withBusy("1003"));
        scene.client.incomingCalls().doNotDisturb().set(true);
        scene.pass(Duration.ofSeconds(1));

        invite("one");

        assertForwarded("do-not-disturb");
        assertThat(scene.pbx.received("SIP/2.0 480")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_call_rejected_as_busy_is_forwarded_to_the_busy_target(boolean byRejecting) {
        set(ForwardingRules.NONE.withBusy("1003"));
        invite("one");
        Call call = scene.incoming.get(0);

        if (byRejecting) {
            call.reject(RejectReason.BUSY);
        } else {
            call.hangUp();
        }
        scene.pass(Duration.ofSeconds(1));

        assertForwarded("user-busy");
        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.Forwarded());
        assertThat(remembered()).isEqualTo(CallOutcome.FORWARDED);
    }

    @Test
    void a_declined_caller_is_not_forwarded() {
        set(ForwardingRules.NONE.withBusy("1003").withAlways(null).withUnanswered("1003", Duration.ofSeconds(5)));
        invite("one");

        scene.incoming.get(0).reject(RejectReason.DECLINED);
        scene.pass(Duration.ofSeconds(10));

        assertThat(scene.pbx.received("SIP/2.0 603")).isNotEmpty();
        assertThat(scene.pbx.received("SIP/2.0 302")).isEmpty();
    }

    @Test
    void a_call_that_nobody_answers_rings_as_long_as_the_user_said() {
        set(ForwardingRules.NONE.withUnanswered("1003", Duration.ofSeconds(12)));
        invite("one");

        scene.pass(Duration.ofSeconds(11));
        assertThat(scene.pbx.received("SIP/2.0 302")).isEmpty();
        scene.pass(Duration.ofSeconds(2));

        assertForwarded("no-answer");
        assertThat(scene.incoming.get(0).snapshot().ending()).isEqualTo(new CallEnding.Forwarded());
    }

    @Test
    void a_phone_rings_until_the_timeout_if_its_forwarding_rule_was_removed() {
        set(ForwardingRules.NONE.withUnanswered("1003", Duration.ofSeconds(12)));
        invite("one");
        set(ForwardingRules.NONE);

        scene.pass(Duration.ofSeconds(20));
        assertThat(scene.incoming.get(0).snapshot().state()).isEqualTo(CallState.INCOMING);
        scene.pass(Duration.ofMinutes(5));

        assertThat(scene.incoming.get(0).snapshot().ending()).isEqualTo(new CallEnding.NoAnswer());
        assertThat(scene.pbx.received("SIP/2.0 302")).isEmpty();
    }

    @Test
    void the_user_sends_a_ringing_call_on() {
        invite("one");
        scene.incoming.get(0).forward("1003");
        scene.pass(Duration.ofSeconds(1));

        assertForwarded("deflection");
        assertThat(scene.incoming.get(0).snapshot().ending()).isEqualTo(new CallEnding.Forwarded());
    }

    @Test
    void a_call_that_was_answered_is_not_sent_on_but_transferred() {
        invite("one");
        scene.incoming.get(0).answer();
        scene.until(() -> !scene.pbx.received("SIP/2.0 200").isEmpty());
        acknowledge();

        scene.incoming.get(0).forward("1003");
        scene.pass(Duration.ofSeconds(1));

        assertThat(events)
                .filteredOn(CallEvent.CommandRefused.class::isInstance)
                .last()
                .isInstanceOfSatisfying(CallEvent.CommandRefused.class, no -> {
                    assertThat(no.command()).isEqualTo(CallCommand.FORWARD);
                    assertThat(no.reason()).isEqualTo(CommandRefusal.NOT_RINGING_HERE);
                });
    }

    @Test
    void an_earlier_Diversion_is_passed_on_after_ours() {
        set(ForwardingRules.NONE.withAlways("1003"));

        invite("one", "Diversion: <sip:4711@pbx.example.com>;reason=no-answer");

        assertThat(scene.pbx.last("SIP/2.0 302").headers("Diversion"))
                .hasSize(2)
                .last()
                .isEqualTo("<sip:4711@pbx.example.com>;reason=no-answer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Diversion: <sip:4711@pbx.example.com>;reason=no-answer, <sip:alice@pbx.example.com>;reason=unconditional",
                "History-Info: <sip:alice@pbx.example.com>;index=1, <sip:4711@pbx.example.com>;index=1.1,"
                        + " <sip:alice@pbx.example.com>;index=1.1.1",
                "Diversion: <sip:1@a>, <sip:2@a>, <sip:3@a>, <sip:4@a>, <sip:5@a>"
            })
    void a_call_that_goes_round_in_a_circle_rings(String diverted) {
        set(ForwardingRules.NONE.withAlways("1003"));

        invite("one", diverted);

        assertThat(scene.pbx.received("SIP/2.0 302")).isEmpty();
        assertThat(scene.incoming).hasSize(1);
    }

    @Test
    void forwarding_to_ones_own_number_rings() {
        set(ForwardingRules.NONE.withAlways(account().user()));

        invite("one");

        assertThat(scene.incoming).hasSize(1);
    }

    @Test
    void it_is_remembered() {
        ForwardingRules rules = new ForwardingRules("1003", null, "1004", Duration.ofMillis(12_500));
        set(rules);
        scene.pass(Duration.ofSeconds(1));
        scene.close();

        scene = open(Policy.OPEN);
        invite("one");

        assertForwarded("unconditional");
        assertThat(scene.client.incomingCalls().forwarding().snapshot())
                .isEqualTo(new CallForwardingSnapshot(rules, StorageStatus.of(StorageStatus.State.STORED)));
    }

    @Test
    void an_organisation_that_does_not_permit_it_has_calls_ring() {
        set(ForwardingRules.NONE.withAlways("1003"));
        scene.pass(Duration.ofSeconds(1));
        scene.close();

        scene = open(new Policy(null, null, null, null, null, Set.of(Policy.Feature.CALL_FORWARDING)));
        assertThat(set(ForwardingRules.NONE.withAlways("1003"))).isFalse();
        invite("one");
        scene.incoming.get(0).forward("1003");
        scene.pass(Duration.ofSeconds(1));

        assertThat(scene.client.incomingCalls().forwarding().snapshot())
                .isEqualTo(new CallForwardingSnapshot(ForwardingRules.NONE, StorageStatus.of(StorageStatus.State.OFF)));
        assertThat(scene.incoming.get(0).snapshot().state()).isEqualTo(CallState.INCOMING);
        assertThat(events)
                .last()
                .isInstanceOfSatisfying(
                        CallEvent.CommandRefused.class,
                        no -> assertThat(no.reason()).isEqualTo(CommandRefusal.NOT_PERMITTED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1003@elsewhere.example.com",
                "sip:1003@pbx.example.com",
                "tel:+4930",
                "()",
                "a b",
                "..."
            })
    void no_call_is_sent_to_an_address_of_somebody_elses(String number) {
        assertThatThrownBy(() -> ForwardingRules.NONE.withAlways(number)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 999, 180_001})
    void a_phone_rings_for_a_second_at_least_and_three_minutes_at_most(long millis) {
        assertThatThrownBy(() -> ForwardingRules.NONE.withUnanswered("1003", Duration.ofMillis(millis)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void printed_rules_contain_no_numbers() {
        assertThat(ForwardingRules.NONE.withAlways("1003")).asString().doesNotContain("1003");
    }
}
