// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.EstablishmentOutcome;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.call.TransferOutcome;
import com.techpro.callclient.engine.failure.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the far end does in a call, and what the app sees of it. */
class FakeCallTest {
    private static final CommandOutcome DONE = new CommandOutcome.Done();

    private final FakeCallClient client = new FakeCallClient();
    private final FakeAccount account = client.loggedIn("Anna");
    private final List<CallEvent> events = new ArrayList<>();

    private FakeCall dialled(String number) {
        Call call = account.account().dial(number);
        call.addListener((from, event) -> events.add(event));
        FakeCall far = client.lastCall();
        assertThat(far.call()).isSameAs(call);
        events.clear();
        return far;
    }

    private FakeCall established() {
        FakeCall call = dialled("1002");
        call.remoteAnswers();
        events.clear();
        return call;
    }

    private <E extends CallEvent> List<E> told(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Test
    void a_dialled_call_rings_and_is_answered() {
        FakeCall call = dialled("1002");
        var established = call.call().whenEstablished();
        assertThat(call.snapshot().state()).isEqualTo(CallState.DIALLING);
        call.remoteRings();
        assertThat(call.snapshot().state()).isEqualTo(CallState.RINGING_OUT);

        call.remoteAnswers();

        assertThat(client.await(established)).isInstanceOf(EstablishmentOutcome.Established.class);
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(call.snapshot().encrypted()).isTrue();
        client.advance(Duration.ofMinutes(2));
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(call.snapshot().nothingArrives()).isFalse();
    }

    static Stream<Arguments> endingsOfDialledCalls() {
        return Stream.of(
                ending(FakeCall::remoteIsBusy, new CallEnding.Busy()),
                ending(FakeCall::remoteDeclines, new CallEnding.Declined()),
                ending(call -> call.remoteRefuses(404), new CallEnding.NotFound()),
                ending(call -> call.call().hangUp(), new CallEnding.Cancelled()));
    }

    private static Arguments ending(Consumer<FakeCall> way, CallEnding ending) {
        return Arguments.of(way, ending);
    }

    @ParameterizedTest
    @MethodSource("endingsOfDialledCalls")
    void a_dialled_call_ends_in_each_way(Consumer<FakeCall> way, CallEnding ending) {
        FakeCall call = dialled("1002");

        way.accept(call);
        client.advance(Duration.ofSeconds(1));

        assertThat(call.snapshot().ending()).isEqualTo(ending);
        assertThat(client.calls()).isEmpty();
    }

    @Test
    void a_call_that_the_app_has_given_up_is_still_the_last_call() {
        Call call = account.account().dial("1002");
        client.advance(Duration.ofSeconds(1));
        call.hangUp();
        client.advance(Duration.ofSeconds(1));
        assertThat(client.calls()).isEmpty();

        assertThat(client.lastCall().call()).isSameAs(call);
    }

    @Test
    void two_calls_that_are_dialled_at_once_are_told_apart() {
        Call first = account.account().dial("1002");
        Call second = account.account().dial("1003");

        assertThat(client.everyCall()).extracting(FakeCall::call).containsExactly(first, second);
    }

    static Stream<Arguments> endingsOfIncomingCalls() {
        return Stream.of(
                ending(FakeCall::remoteHangsUp, new CallEnding.CancelledByCaller()),
                ending(FakeCall::answeredElsewhere, new CallEnding.AnsweredElsewhere()),
                ending(
                        call -> call.call().reject(RejectReason.DECLINED),
                        new CallEnding.RejectedHere(RejectReason.DECLINED)),
                ending(call -> call.call().forward("1004"), new CallEnding.Forwarded()));
    }

    @ParameterizedTest
    @MethodSource("endingsOfIncomingCalls")
    void an_incoming_call_ends_in_each_way(Consumer<FakeCall> way, CallEnding ending) {
        FakeCall call = account.incomingCall("1002");
        assertThat(call.snapshot().state()).isEqualTo(CallState.INCOMING);

        way.accept(call);
        client.advance(Duration.ofSeconds(1));

        assertThat(call.snapshot().ending()).isEqualTo(ending);
        assertThat(client.calls()).isEmpty();
    }

    @Test
    void a_call_that_nobody_answers_ends_as_time_passes() {
        FakeCall call = account.incomingCall("1002");

        client.advance(Duration.ofMinutes(5));

        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.NoAnswer());
        assertThat(call.refusal()).isEqualTo(480);
    }

    @Test
    void an_answered_call_connects_until_the_caller_acknowledges() {
        FakeCall call = account.incomingCall("1002");
        call.delayAck();
        var answered = call.call().answer();
        client.advance(Duration.ofSeconds(1));
        assertThat(call.snapshot().state()).isEqualTo(CallState.CONNECTING);

        call.remoteAcknowledges();

        assertThat(client.await(answered)).isEqualTo(DONE);
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        call.remoteHangsUp();
        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.RemoteHangUp());
    }

    @Test
    void a_hold_is_done_once_the_far_end_has_accepted_it() {
        FakeCall call = established();

        var held = call.call().hold();

        assertThat(call.snapshot().hold()).isEqualTo(HoldState.NONE);
        assertThat(client.await(held)).isEqualTo(DONE);
        assertThat(call.snapshot().holdAccepted()).isFalse();
        client.advance(Duration.ofSeconds(1));
        assertThat(events)
                .extracting(
                        event -> event.after().hold(), event -> event.after().holdAccepted())
                .containsExactly(tuple(HoldState.LOCAL, false), tuple(HoldState.LOCAL, true));
    }

    @Test
    void both_sides_hold_and_resume() {
        FakeCall call = established();
        client.await(call.call().hold());
        call.remoteHolds();
        assertThat(call.snapshot().hold()).isEqualTo(HoldState.BOTH);
        client.await(call.call().resume());
        assertThat(call.snapshot().hold()).isEqualTo(HoldState.REMOTE);
        call.remoteResumes();
        assertThat(call.snapshot().hold()).isEqualTo(HoldState.NONE);
    }

    @Test
    void a_resume_that_the_far_end_refuses_leaves_the_call_on_hold() {
        FakeCall call = established();
        client.await(call.call().hold());
        client.advance(Duration.ofSeconds(1));
        call.remoteRefusesResume(true);

        assertThat(client.await(call.call().resume()))
                .isEqualTo(new CommandOutcome.Refused(CommandRefusal.OTHER_SIDE_REFUSED));
        assertThat(call.snapshot().hold()).isEqualTo(HoldState.LOCAL);
    }

    @Test
    void a_second_call_that_is_answered_puts_the_first_on_hold() {
        FakeCall first = established();
        FakeCall second = account.incomingCall("1003");
        assertThat(first.snapshot().hold()).isEqualTo(HoldState.NONE);

        client.await(second.call().answer());
        client.advance(Duration.ofSeconds(1));

        assertThat(first.snapshot().hold()).isEqualTo(HoldState.LOCAL);
        assertThat(client.everyCall()).containsExactly(first, second);
    }

    @Test
    void digits_go_both_ways_and_into_early_media() {
        FakeCall call = dialled("1002");
        call.remotePlaysEarlyMedia();
        client.await(call.call().sendDtmf("1"));
        call.remoteAnswers();
        client.await(call.call().sendDtmf("2#"));
        client.advance(Duration.ofSeconds(2));
        call.remoteSendsDtmf("*7");

        assertThat(call.sentDtmf()).isEqualTo("12#");
        assertThat(told(CallEvent.DtmfReceived.class))
                .extracting(CallEvent.DtmfReceived::tone)
                .containsExactly('*', '7');
        assertThatThrownBy(() -> call.remoteSendsDtmf("x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_blind_transfer_fails_and_then_succeeds() {
        FakeCall call = established();
        assertThatThrownBy(call::transferSucceeds).isInstanceOf(IllegalStateException.class);
        var outcome = call.call().transfer("1003");
        call.transferProgresses(180);
        assertThat(call.snapshot().transferring()).isTrue();
        call.transferFails();
        assertThat(client.await(outcome)).isEqualTo(new TransferOutcome.Failed(new Failure.Busy()));
        assertThat(call.snapshot().transferring()).isFalse();

        var next = call.call().transfer("1004");
        call.transferSucceeds();

        assertThat(client.await(next)).isEqualTo(new TransferOutcome.Transferred());
        client.advance(Duration.ofSeconds(1));
        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.Transferred());
        assertThat(told(CallEvent.TransferChanged.class))
                .extracting(CallEvent.TransferChanged::status)
                .contains(180);
    }

    @Test
    void an_attended_transfer_ends_both_calls() {
        FakeCall call = established();
        FakeCall consulted = established();
        var outcome = call.call().transferTo(consulted.call());
        call.transferSucceeds();

        assertThat(client.await(outcome)).isEqualTo(new TransferOutcome.Transferred());
        client.advance(Duration.ofSeconds(1));
        assertThat(client.calls()).isEmpty();
    }

    @Test
    void a_transfer_that_the_far_end_asks_for_is_followed() {
        FakeCall call = established();
        List<Call> followed = new ArrayList<>();
        client.addListener(new CallClientListener() {
            @Override
            public void callChanged(Call from, CallEvent event) {
                if (event instanceof CallEvent.TransferFollowed next) {
                    followed.add(next.next());
                }
            }
        });
        call.remoteAsksForTransfer("1005", new PartyIdentity("Bob", "1002", "pbx.example"));
        assertThat(client.await(call.call().acceptTransfer())).isEqualTo(DONE);

        client.lastCall().remoteAnswers();

        assertThat(followed).containsExactly(client.lastCall().call());
        assertThat(client.lastCall().snapshot().remote().user()).isEqualTo("1005");
        client.advance(Duration.ofMinutes(1));
        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.Transferred());
    }

    @Test
    void a_transfer_that_the_far_end_asks_for_is_refused() {
        FakeCall call = established();
        call.remoteAsksForTransfer("1005");

        assertThat(client.await(call.call().refuseTransfer())).isEqualTo(DONE);
        assertThat(client.everyCall()).hasSize(1);
    }

    @Test
    void the_far_end_is_named_anew_and_falls_silent() {
        FakeCall call = established();
        call.remoteIsIdentified(new PartyIdentity("Carol \"C\"", "1003", "pbx.example"));
        assertThat(call.snapshot().remote().displayName()).isEqualTo("Carol \"C\"");

        call.receptionChanges(true);
        client.advance(Duration.ofSeconds(10));
        assertThat(call.snapshot().nothingArrives()).isTrue();
        call.receptionChanges(false);
        client.advance(Duration.ofSeconds(2));
        assertThat(call.snapshot().nothingArrives()).isFalse();
    }

    @Test
    void an_event_that_is_impossible_now_is_refused_to_the_test() {
        FakeCall call = dialled("1002");
        assertThatThrownBy(call::remoteHolds)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("this cannot happen while the call is UNANSWERED");
        assertThatThrownBy(call::answeredElsewhere).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> account.incomingCall("1003").remoteAnswers())
                .isInstanceOf(IllegalStateException.class);
        call.remoteIsBusy();
        assertThatThrownBy(call::remoteHangsUp).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> dialled("1004").remoteRefuses(180)).isInstanceOf(IllegalArgumentException.class);
    }
}
