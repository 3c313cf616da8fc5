// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.EstablishmentOutcome;
import com.techpro.callclient.engine.call.ForwardingRules;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.call.TransferOutcome;
import com.techpro.callclient.engine.call.UndialableException;
import com.techpro.callclient.engine.people.CallOutcome;
import com.techpro.callclient.engine.people.HistoryEntry.CallRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an app sees of accounts and calls, at the engine as at its fake. */
abstract class CallContract extends ClientUnderTest {
    @Test
    void an_account_registers_and_is_there_until_it_is_removed() {
        Account account = client.addAccount(subject.sipAccount());
        subject.settle();
        assertThat(told).containsExactly("registration REGISTERING", "registration REGISTERED");
        assertThat(client.accounts()).containsExactly(account);
        told.clear();

        account.remove();
        subject.settle();

        assertThat(told).containsExactly("registration UNREGISTERING", "registration UNREGISTERED");
        assertThat(client.accounts()).isEmpty();
        assertThatThrownBy(() -> account.dial(ClientSubject.FAR)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_dialled_call_rings_is_answered_and_is_hung_up_here() {
        Call call = registered().dial(ClientSubject.FAR);
        assertThat(call.snapshot().state()).isEqualTo(CallState.DIALLING);
        subject.settle();
        subject.farEndAnswers();
        assertThat(await(call.whenEstablished())).isInstanceOf(EstablishmentOutcome.Established.class);
        assertThat(client.calls()).containsExactly(call);

        call.hangUp();
        subject.settle();

        assertThat(told).containsExactly("call RINGING_OUT", "call ESTABLISHED", "ended local-hang-up");
        assertThat(client.calls()).isEmpty();
        assertThat(outcomes()).containsExactly(CallOutcome.ANSWERED);
    }

    @Test
    void a_busy_far_end_and_one_that_declines_are_told_apart() {
        Account account = registered();
        for (boolean busy : new boolean[] {true, false}) {
            told.clear();
            Call call = account.dial(ClientSubject.FAR);
            subject.settle();
            subject.farEndRejects(busy);

            CallEnding ending = busy ? new CallEnding.Busy() : new CallEnding.Declined();
            assertThat(await(call.whenEstablished()))
                    .isEqualTo(new EstablishmentOutcome.Ended(call.snapshot(), ending));
            assertThat(told).endsWith("ended " + ending.code());
        }
        assertThat(outcomes()).containsExactly(CallOutcome.DECLINED, CallOutcome.BUSY);
    }

    @Test
    void a_call_hung_up_before_the_answer_is_cancelled() {
        Call call = registered().dial(ClientSubject.FAR);
        subject.settle();

        call.hangUp();
        subject.settle();

        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.Cancelled());
        assertThat(outcomes()).containsExactly(CallOutcome.CANCELLED);
    }

    @Test
    void an_incoming_call_is_answered_and_hung_up_there() {
        Call call = incomingCall(registered());
        assertThat(call.snapshot().state()).isEqualTo(CallState.INCOMING);
        assertThat(call.snapshot().remote().user()).isEqualTo(ClientSubject.FAR);
        assertThat(await(call.answer())).isEqualTo(new CommandOutcome.Done());
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);

        subject.farEndHangsUp();
        subject.settle();

        assertThat(told)
                .containsExactly("incoming INCOMING", "call CONNECTING", "call ESTABLISHED", "ended remote-hang-up");
        assertThat(outcomes()).containsExactly(CallOutcome.ANSWERED);
    }

    @Test
    void a_caller_that_gives_up_leaves_a_missed_call() {
        Call call = incomingCall(registered());

        subject.farEndHangsUp();
        subject.settle();

        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.CancelledByCaller());
        assertThat(outcomes()).containsExactly(CallOutcome.MISSED);
    }

    @Test
    void a_call_is_rejected_for_the_reason_given() {
        Account account = registered();
        for (RejectReason reason : RejectReason.values()) {
            Call call = incomingCall(account);
            assertThat(await(call.reject(reason)).isDone()).isTrue();
            assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.RejectedHere(reason));
        }
        assertThat(outcomes()).containsExactly(CallOutcome.MISSED, CallOutcome.DECLINED, CallOutcome.DECLINED);
    }

    @Test
    void a_call_is_held_and_resumed_by_both_sides() {
        Call call = talking(registered());

        assertThat(await(call.hold()).isDone()).isTrue();
        assertThat(call.snapshot().holdAccepted()).isTrue();
        subject.farEndHolds();
        subject.settle();
        assertThat(call.snapshot().hold()).isEqualTo(HoldState.BOTH);
        assertThat(await(call.resume()).isDone()).isTrue();
        assertThat(call.snapshot().hold()).isEqualTo(HoldState.REMOTE);
        subject.farEndResumes();
        subject.settle();

        assertThat(call.snapshot().hold()).isEqualTo(HoldState.NONE);
        assertThat(told.stream().distinct()).containsExactly("hold LOCAL", "hold BOTH", "hold REMOTE", "hold NONE");
    }

    @Test
    void a_call_that_is_dialled_puts_the_other_one_on_hold() {
        Account account = registered();
        Call first = talking(account);

        Call second = account.dial(ClientSubject.FAR);
        subject.settle();

        assertThat(first.snapshot().hold()).isEqualTo(HoldState.LOCAL);
        assertThat(client.calls()).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void a_muted_call_says_so() {
        Call call = talking(registered());

        assertThat(await(call.setMuted(true)).isDone()).isTrue();

        assertThat(call.snapshot().muted()).isTrue();
        assertThat(told).containsExactly("muted");
        await(call.setMuted(false));
        assertThat(call.snapshot().muted()).isFalse();
    }

    @Test
    void a_command_that_does_not_fit_is_refused_with_the_reason() {
        Account account = registered();
        Call call = account.dial(ClientSubject.FAR);
        subject.settle();
        told.clear();
        assertThat(await(call.answer())).isEqualTo(new CommandOutcome.Refused(CommandRefusal.NOT_RINGING_HERE));
        assertThat(await(call.transfer("1003"))).isInstanceOf(TransferOutcome.Refused.class);
        assertThat(told).containsExactly("command ANSWER NOT_RINGING_HERE", "command TRANSFER NOT_ESTABLISHED");

        call.hangUp();
        subject.settle();

        assertThat(await(call.hold())).isEqualTo(new CommandOutcome.Refused(CommandRefusal.ENDED));
        assertThat(told).endsWith("command HOLD ENDED");
    }

    @Test
    void a_senseless_argument_throws() {
        Account account = registered();
        assertThatThrownBy(() -> account.dial("no such: address")).isInstanceOf(UndialableException.class);
        Call call = talking(account);
        assertThatThrownBy(() -> call.sendDtmf("1x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> call.merge(call)).isInstanceOf(IllegalArgumentException.class);
        assertThat(told).isEmpty();
    }

    @Test
    void a_listener_that_is_added_late_hears_the_present_and_one_that_is_removed_nothing() {
        Account account = registered();
        Call call = talking(account);
        client.removeListener(this);
        await(call.hold());
        assertThat(told).isEmpty();

        client.addListener(this);
        subject.settle();

        assertThat(told).contains("registration REGISTERED", "call ESTABLISHED").doesNotContain("hold LOCAL");
    }

    @Test
    void do_not_disturb_refuses_calls_and_keeps_them_in_the_history() {
        Account account = registered();
        assertThat(await(client.incomingCalls().doNotDisturb().set(true)).isDone())
                .isTrue();
        assertThat(client.incomingCalls().doNotDisturb().snapshot().on()).isTrue();

        subject.farEndCalls(account);
        subject.settle();

        assertThat(told).containsExactly("do not disturb true", "refused DO_NOT_DISTURB");
        assertThat(client.calls()).isEmpty();
        assertThat(outcomes()).containsExactly(CallOutcome.MISSED);
    }

    @Test
    void forwarded_calls_do_not_ring_here() {
        Account account = registered();
        assertThat(await(client.incomingCalls().forwarding().set(ForwardingRules.NONE.withAlways("1003")))
                        .isDone())
                .isTrue();

        subject.farEndCalls(account);
        subject.settle();

        assertThat(told).containsExactly("refused FORWARDED");
        assertThat(outcomes()).containsExactly(CallOutcome.FORWARDED);
    }

    @Test
    void a_call_is_forwarded_while_it_rings() {
        Call call = incomingCall(registered());

        assertThat(await(call.forward("1003")).isDone()).isTrue();
        subject.settle();

        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.Forwarded());
        assertThat(outcomes()).containsExactly(CallOutcome.FORWARDED);
    }

    @Test
    void removing_an_account_ends_its_calls() {
        Account account = registered();
        Call call = talking(account);

        account.remove();
        subject.settle();

        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.LocalHangUp());
        assertThat(client.calls()).isEmpty();
    }

    @Test
    void the_history_shows_the_newest_call_first_and_forgets_deleted_ones() {
        Account account = registered();
        Call first = incomingCall(account);
        await(first.reject(RejectReason.DECLINED));
        incomingCall(account);
        subject.farEndHangsUp();
        subject.settle();
        assertThat(outcomes()).containsExactly(CallOutcome.MISSED, CallOutcome.DECLINED);

        client.people().history().delete(history().get(0).id());
        subject.settle();
        assertThat(outcomes()).containsExactly(CallOutcome.DECLINED);
        client.people().history().clear();
        subject.settle();

        assertThat(history()).isEmpty();
    }

    private List<CallOutcome> outcomes() {
        return history().stream().map(CallRecord::outcome).toList();
    }
}
