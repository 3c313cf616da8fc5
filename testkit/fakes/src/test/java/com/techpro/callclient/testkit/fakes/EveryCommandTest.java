// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.CallCommand;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.call.TransferOutcome;
import com.techpro.callclient.engine.internal.call.machine.CommandRules;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each command in each state that a call can reach has the outcome of the engine's table. */
class EveryCommandTest {
    /** Ways to bring a call into a state. */
    private enum Scene {
        DIALLING(CallState.DIALLING, HoldState.NONE, account -> account.dial("1002")),
        DIALLING_AND_HELD(CallState.DIALLING, HoldState.LOCAL, account -> {
            FakeCall call = account.dial("1002");
            call.hold();
            return call;
        }),
        RINGING_OUT(CallState.RINGING_OUT, HoldState.NONE, account -> {
            FakeCall call = account.dial("1002");
            call.remoteRings();
            return call;
        }),
        INCOMING(CallState.INCOMING, HoldState.NONE, account -> account.incomingCall("1002")),
        CONNECTING(CallState.CONNECTING, HoldState.NONE, account -> {
            FakeCall call = account.incomingCall("1002");
            call.delayAck();
            call.answer();
            return call;
        }),
        ESTABLISHED(CallState.ESTABLISHED, HoldState.NONE, EveryCommandTest::established),
        HELD(CallState.ESTABLISHED, HoldState.LOCAL, account -> {
            FakeCall call = established(account);
            call.hold();
            return call;
        }),
        HELD_THERE(CallState.ESTABLISHED, HoldState.REMOTE, account -> {
            FakeCall call = established(account);
            call.remoteHolds();
            return call;
        }),
        HELD_ON_BOTH_SIDES(CallState.ESTABLISHED, HoldState.BOTH, account -> {
            FakeCall call = established(account);
            call.remoteHolds();
            call.hold();
            return call;
        }),
        ENDED(CallState.ENDED, HoldState.NONE, account -> {
            FakeCall call = established(account);
            call.remoteHangsUp();
            return call;
        });

        private final CallState state;
        private final HoldState hold;
        private final Function<FakeAccount, FakeCall> begin;

        Scene(CallState state, HoldState hold, Function<FakeAccount, FakeCall> begin) {
            this.state = state;
            this.hold = hold;
            this.begin = begin;
        }
    }

    private final FakeCallClient client = new FakeCallClient();
    private final FakeAccount account = client.loggedIn("Anna");

    private static FakeCall established(FakeAccount account) {
        FakeCall call = account.dial("1002");
        call.remoteAnswers();
        return call;
    }

    static Stream<Arguments> everyCommandInEveryState() {
        return Stream.of(Scene.values())
                .flatMap(scene -> Stream.of(CallCommand.values()).map(command -> Arguments.of(scene, command)));
    }

    @ParameterizedTest
    @MethodSource("everyCommandInEveryState")
    void a_fake_call_refuses_as_the_engine_does(Scene scene, CallCommand command) {
        FakeCall other = established(account);
        FakeCall call = scene.begin.apply(account);
        CallSnapshot before = call.snapshot();
        assertThat(before.state()).isEqualTo(scene.state);
        assertThat(before.hold()).isEqualTo(scene.hold);
        List<CallEvent> events = new ArrayList<>();
        call.addListener((from, event) -> events.add(event));
        events.clear();

        CommandRefusal refusal = give(command, call, other);

        assertThat(refusal).isEqualTo(expected(scene, command));
        if (refusal == null) {
            assertThat(events).noneMatch(CallEvent.CommandRefused.class::isInstance);
        } else {
            assertThat(call.snapshot()).isEqualTo(before);
            assertThat(events).containsExactly(new CallEvent.CommandRefused(before, command, refusal));
        }
    }

    /** The engine's table, and what it leaves to be checked elsewhere. */
    private static CommandRefusal expected(Scene scene, CallCommand command) {
        CommandRefusal byRule = CommandRules.refusal(command, scene.state, scene.hold);
        if (byRule != null) {
            return byRule;
        }
        boolean sound = scene.state == CallState.CONNECTING || scene.state == CallState.ESTABLISHED;
        return switch (command) {
            case SEND_DTMF -> sound ? null : CommandRefusal.NOT_ESTABLISHED;
            case ACCEPT_TRANSFER, REFUSE_TRANSFER -> CommandRefusal.NO_TRANSFER_REQUESTED;
            default -> null;
        };
    }

    private static CommandRefusal give(CallCommand command, FakeCall call, FakeCall other) {
        if (command == CallCommand.TRANSFER) {
            CompletableFuture<TransferOutcome> stage = call.transfer("1003").toCompletableFuture();
            TransferOutcome outcome = stage.getNow(null);
            return outcome instanceof TransferOutcome.Refused refused ? refused.reason() : null;
        }
        CommandOutcome outcome = (switch (command) {
                    case ANSWER -> call.answer();
                    case SILENCE -> call.silence();
                    case REJECT -> call.reject(RejectReason.DECLINED);
                    case FORWARD -> call.forward("1004");
                    case HOLD -> call.hold();
                    case RESUME -> call.resume();
                    case SEND_DTMF -> call.sendDtmf("1");
                    case MERGE -> call.merge(other);
                    case ACCEPT_TRANSFER -> call.acceptTransfer();
                    case REFUSE_TRANSFER -> call.refuseTransfer();
                    case SET_MUTED -> call.setMuted(true);
                    case USE_DEVICES -> call.useDevices("usb", null);
                    case TRANSFER -> throw new AssertionError();
                })
                .toCompletableFuture()
                .getNow(null);
        assertThat(outcome).as("at once").isNotNull();
        return outcome instanceof CommandOutcome.Refused refused ? refused.reason() : null;
    }

    /** Written out, so that this does not rest on the table alone. */
    @Test
    void a_call_that_rings_here_is_not_held_and_one_that_ended_does_nothing() {
        FakeCall ringing = account.incomingCall("1002");
        assertThat(ringing.hold()).isCompletedWithValue(new CommandOutcome.Refused(CommandRefusal.NOT_ANSWERED));
        assertThat(ringing.snapshot().hold()).isEqualTo(HoldState.NONE);

        ringing.hangUp();

        assertThat(ringing.snapshot().ending()).isEqualTo(new CallEnding.RejectedHere(RejectReason.BUSY));
        assertThat(ringing.answer()).isCompletedWithValue(new CommandOutcome.Refused(CommandRefusal.ENDED));
    }

    @Test
    void the_other_of_two_calls_is_checked_by_the_engines_rule() {
        FakeCall first = established(account);
        FakeCall ringing = account.incomingCall("1005");
        assertThat(first.merge(ringing))
                .isCompletedWithValue(new CommandOutcome.Refused(CommandRefusal.NOT_ESTABLISHED));
        assertThat(first.transferTo(ringing))
                .isCompletedWithValue(new TransferOutcome.Refused(CommandRefusal.NOT_ESTABLISHED));

        ringing.answer();
        assertThat(first.merge(ringing)).isCompletedWithValue(new CommandOutcome.Done());
        assertThat(first.snapshot().mergedWith()).isEqualTo(ringing.id());
        assertThat(first.snapshot().hold()).isEqualTo(HoldState.NONE);
        assertThat(ringing.merge(first))
                .isCompletedWithValue(new CommandOutcome.Refused(CommandRefusal.MERGED_ALREADY));

        first.hold();
        assertThat(ringing.snapshot().mergedWith()).isNull();
    }
}
