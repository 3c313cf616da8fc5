// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import static org.assertj.core.api.Assertions.assertThat;
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
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.call.TransferOutcome;
import com.techpro.callclient.engine.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the far end does to a fake call. */
class FakeCallTest {
    private final FakeCallClient client = new FakeCallClient();
    private final FakeAccount account = client.loggedIn("Anna");
    private final List<CallEvent> events = new ArrayList<>();

    private FakeCall heard(FakeCall call) {
        call.addListener((from, event) -> events.add(event));
        events.clear();
        return call;
    }

    private FakeCall established() {
        FakeCall call = account.dial("1002");
        call.remoteAnswers();
        return call;
    }

    @Test
    void a_dialled_call_rings_and_is_answered() {
        FakeCall call = heard(account.dial("1002"));
        var established = call.whenEstablished();
        call.remoteRings();
        assertThat(call.snapshot().state()).isEqualTo(CallState.RINGING_OUT);
        assertThat(call.snapshot().ringing()).isNotNull();

        call.remoteAnswers();

        assertThat(call.snapshot().codec()).isEqualTo("opus");
        assertThat(call.snapshot().encrypted()).isTrue();
        assertThat(established).isCompletedWithValue(new EstablishmentOutcome.Established(call.snapshot()));
        assertThat(events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("StateChanged", "StateChanged", "MediaChanged");
    }

    @Test
    void a_dialled_call_ends_in_each_way() {
        FakeCall busy = account.dial("1002");
        busy.remoteIsBusy();
        assertThat(busy.snapshot().ending()).isEqualTo(new CallEnding.Busy());
        assertThat(busy.snapshot().status().code()).isEqualTo(486);
        FakeCall declined = account.dial("1002");
        declined.remoteDeclines();
        assertThat(declined.snapshot().ending()).isEqualTo(new CallEnding.Declined());
        FakeCall unanswered = account.dial("1002");
        unanswered.ringTimeIsUp();
        assertThat(unanswered.snapshot().ending()).isEqualTo(new CallEnding.NoAnswer());
        FakeCall cancelled = account.dial("1002");
        cancelled.hangUp();
        assertThat(cancelled.snapshot().ending()).isEqualTo(new CallEnding.Cancelled());
        FakeCall failed = account.dial("1002");
        failed.ends(new CallEnding.Failed(new Failure.Forbidden()));
        assertThat(failed.snapshot().ending().code()).isEqualTo("forbidden");
    }

    @Test
    void an_incoming_call_ends_in_each_way() {
        FakeCall elsewhere = account.incomingCall("1002");
        elsewhere.answeredElsewhere();
        assertThat(elsewhere.snapshot().ending()).isEqualTo(new CallEnding.AnsweredElsewhere());
        FakeCall rejected = account.incomingCall("1002");
        rejected.reject(RejectReason.DECLINED);
        assertThat(rejected.snapshot().ending()).isEqualTo(new CallEnding.RejectedHere(RejectReason.DECLINED));
        FakeCall forwarded = account.incomingCall("1002");
        forwarded.forward("1004");
        assertThat(forwarded.snapshot().ending()).isEqualTo(new CallEnding.Forwarded());
        FakeCall silenced = account.incomingCall("1002");
        silenced.silence();
        assertThat(silenced.isSilenced()).isTrue();
        silenced.ringTimeIsUp();
        assertThat(silenced.snapshot().ending()).isEqualTo(new CallEnding.NoAnswer());
    }

    @Test
    void a_hold_is_told_before_and_after_the_far_end_accepts_it() {
        FakeCall call = heard(established());
        call.hold();

        assertThat(events)
                .extracting(
                        event -> event.after().hold(), event -> event.after().holdAccepted())
                .containsExactly(tuple(HoldState.LOCAL, false), tuple(HoldState.LOCAL, true));
    }

    @Test
    void a_resume_that_the_far_end_refuses_leaves_the_call_on_hold() {
        FakeCall call = established();
        call.hold();
        call.remoteRefusesResume(true);

        assertThat(call.resume()).isCompletedWithValue(new CommandOutcome.Refused(CommandRefusal.OTHER_SIDE_REFUSED));
        assertThat(call.snapshot().hold()).isEqualTo(HoldState.LOCAL);
    }

    @Test
    void one_person_talks_on_one_call() {
        FakeCall first = established();
        FakeCall second = account.incomingCall("1003");
        assertThat(first.snapshot().hold()).isEqualTo(HoldState.NONE);

        second.answer();
        assertThat(first.snapshot().hold()).isEqualTo(HoldState.LOCAL);

        first.resume();
        assertThat(first.snapshot().hold()).isEqualTo(HoldState.NONE);
        assertThat(second.snapshot().hold()).isEqualTo(HoldState.LOCAL);
    }

    @Test
    void digits_go_both_ways_and_into_early_media() {
        FakeCall call = heard(account.dial("1002"));
        call.remotePlaysEarlyMedia();
        call.sendDtmf("1");
        call.remoteAnswers();
        call.sendDtmf("2#");
        call.remoteSendsDtmf("*7");

        assertThat(call.sentDtmf()).isEqualTo("12#");
        assertThat(events.stream()
                        .filter(CallEvent.DtmfReceived.class::isInstance)
                        .map(event -> ((CallEvent.DtmfReceived) event).tone()))
                .containsExactly('*', '7');
    }

    @Test
    void a_denied_microphone_leaves_the_call_ringing() {
        client.microphoneIsDenied(true);
        FakeCall call = heard(account.incomingCall("1002"));

        assertThat(call.answer()).isCompletedWithValue(new CommandOutcome.Refused(CommandRefusal.MICROPHONE_DENIED));
        assertThat(call.snapshot().state()).isEqualTo(CallState.INCOMING);
        assertThat(events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("AudioInterrupted", "CommandRefused");
    }

    @Test
    void a_blind_transfer_succeeds_or_fails() {
        FakeCall call = heard(established());
        var outcome = call.transfer("1003");
        assertThat(call.snapshot().transferring()).isTrue();
        assertThat(call.transfer("1004"))
                .isCompletedWithValue(new TransferOutcome.Refused(CommandRefusal.TRANSFERRING_ALREADY));
        call.transferProgresses(180);
        call.transferFails(new Failure.Busy());
        assertThat(outcome).isCompletedWithValue(new TransferOutcome.Failed(new Failure.Busy()));
        assertThat(call.snapshot().transferring()).isFalse();

        var next = call.transfer("1004");
        call.transferSucceeds();

        assertThat(next).isCompletedWithValue(new TransferOutcome.Transferred());
        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.Transferred());
        assertThat(events.stream()
                        .filter(CallEvent.TransferChanged.class::isInstance)
                        .map(event -> ((CallEvent.TransferChanged) event).status()))
                .containsExactly(0, 180, 0, 0);
    }

    @Test
    void an_attended_transfer_ends_both_calls() {
        FakeCall call = established();
        FakeCall consulted = account.dial("1003");
        consulted.remoteAnswers();
        var outcome = call.transferTo(consulted);
        call.transferSucceeds();

        assertThat(outcome).isCompletedWithValue(new TransferOutcome.Transferred());
        assertThat(consulted.snapshot().ending()).isEqualTo(new CallEnding.Transferred());
    }

    @Test
    void a_transfer_to_a_call_that_still_rings_cancels_it() {
        FakeCall call = established();
        FakeCall ringing = account.dial("1003");
        ringing.remoteRings();
        var outcome = call.transferTo(ringing);
        assertThat(ringing.snapshot().ending()).isEqualTo(new CallEnding.Cancelled());

        call.remoteHangsUp();

        assertThat(outcome).isCompletedWithValue(new TransferOutcome.TakenOver());
    }

    @Test
    void a_transfer_that_the_far_end_asks_for_is_followed() {
        FakeCall call = heard(established());
        List<Call> followed = new ArrayList<>();
        client.addListener(new CallClientListener() {
            @Override
            public void callChanged(Call from, CallEvent event) {
                if (event instanceof CallEvent.TransferFollowed next) {
                    followed.add(next.next());
                }
            }
        });
        call.remoteAsksForTransfer("1005");
        assertThat(call.acceptTransfer()).isCompletedWithValue(new CommandOutcome.Done());

        assertThat(followed).containsExactly(client.lastCall());
        assertThat(call.snapshot().hold()).isEqualTo(HoldState.LOCAL);
        client.lastCall().remoteIsBusy();
        assertThat(call.snapshot().hold()).isEqualTo(HoldState.NONE);

        call.remoteAsksForTransfer("1006");
        call.acceptTransfer();
        client.lastCall().remoteAnswers();
        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.Transferred());
        assertThat(client.calls()).containsExactly(client.lastCall());
    }

    @Test
    void a_transfer_that_the_far_end_asks_for_is_refused() {
        FakeCall call = established();
        call.remoteAsksForTransfer("1005");

        assertThat(call.refuseTransfer()).isCompletedWithValue(new CommandOutcome.Done());
        assertThat(call.refuseTransfer())
                .isCompletedWithValue(new CommandOutcome.Refused(CommandRefusal.NO_TRANSFER_REQUESTED));
        assertThat(client.everyCall()).hasSize(1);
    }
}
