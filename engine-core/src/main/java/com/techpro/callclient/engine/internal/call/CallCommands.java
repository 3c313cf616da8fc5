// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.CallCommand;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.call.TransferOutcome;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.internal.call.machine.CallInput;
import com.techpro.callclient.engine.internal.call.machine.CallPhase;
import com.techpro.callclient.engine.internal.call.machine.CommandRules;
import com.techpro.callclient.engine.internal.call.report.CallReporter;
import com.techpro.callclient.engine.internal.call.signalling.DtmfInfo;
import com.techpro.callclient.engine.internal.call.transfer.IncomingTransfer;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The host's commands to one call. Each runs on the loop or is refused with a reason. May be called
 * from any thread, except where stated.
 */
public final class CallCommands {
    /** For a command whose outcome nobody waits for. */
    public static final Consumer<CommandOutcome> NO_ANSWER = outcome -> {};

    static final CommandOutcome DONE = new CommandOutcome.Done();

    private final EngineLoop loop;
    private final CallSession call;
    private final CallReporter reporter;
    /** Of commands to resume that the far end has yet to agree to. */
    private final List<Consumer<CommandOutcome>> resuming = new ArrayList<>();

    CallCommands(EngineLoop loop, CallSession call, CallReporter reporter) {
        this.loop = loop;
        this.call = call;
        this.reporter = reporter;
    }

    public void answer(CallOptions chosen, Consumer<CommandOutcome> answer) {
        loop.execute(() -> {
            if (call.phase() instanceof CallPhase.Incoming && call.sound().lacksMicrophone(chosen)) {
                // The call keeps ringing: the user may grant permission now, or answer on another
                // phone.
                reporter.tell(new CallEvent.AudioInterrupted(reporter.snapshot(), new Failure.MicrophoneDenied()));
                refuse(CallCommand.ANSWER, CommandRefusal.MICROPHONE_DENIED, answer);
            } else if (may(CallCommand.ANSWER, answer)) {
                call.pickUp(chosen);
                answer.accept(DONE);
            }
        });
    }

    public void silence(Consumer<CommandOutcome> answer) {
        when(CallCommand.SILENCE, answer, call::silence);
    }

    public void reject(RejectReason reason, Consumer<CommandOutcome> answer) {
        when(CallCommand.REJECT, answer, () -> {
            if (reason != RejectReason.BUSY || !call.ringing().forwardRejected()) {
                call.feed(new CallInput.Reject(reason));
            }
        });
    }

    /** Forwards an incoming call. */
    public void forward(SipUri target, Consumer<CommandOutcome> answer) {
        whenAllowed(
                CallCommand.FORWARD,
                answer,
                () -> call.ringing().forward(target) ? null : CommandRefusal.NOT_PERMITTED);
    }

    public void hangUp() {
        loop.execute(() -> {
            if (!call.ringing().forwardRejected()) {
                call.hangUpNow();
            }
        });
    }

    public void hold(Consumer<CommandOutcome> answer) {
        when(CallCommand.HOLD, answer, () -> call.feed(new CallInput.Hold()));
    }

    public void resume(Consumer<CommandOutcome> answer) {
        loop.execute(() -> {
            if (may(CallCommand.RESUME, answer)) {
                call.sound().toFront();
                resuming.add(answer);
                call.feed(new CallInput.Resume());
            }
        });
    }

    /**
     * Answers the commands to resume that an input has decided. On the loop.
     *
     * @param refused whether the far end has refused to resume
     */
    void stepped(CallInput input, boolean refused) {
        if (refused) {
            reporter.refuse(CallCommand.RESUME, CommandRefusal.OTHER_SIDE_REFUSED);
            answerResumption(new CommandOutcome.Refused(CommandRefusal.OTHER_SIDE_REFUSED));
        } else if (input instanceof CallInput.Hold) {
            answerResumption(new CommandOutcome.Refused(CommandRefusal.HELD_AGAIN));
        } else if (CommandRules.isResumed(call.phase())) {
            answerResumption(DONE);
        }
    }

    private void answerResumption(CommandOutcome outcome) {
        List<Consumer<CommandOutcome>> answers = List.copyOf(resuming);
        resuming.clear();
        answers.forEach(answer -> answer.accept(outcome));
    }

    public void sendDtmf(String tones, Consumer<CommandOutcome> answer) {
        requireTones(tones);
        loop.execute(() -> {
            if (may(CallCommand.SEND_DTMF, answer) && !call.press(tones, answer)) {
                refuse(CallCommand.SEND_DTMF, CommandRefusal.NOT_ESTABLISHED, answer);
            }
        });
    }

    public void setMuted(boolean muted, Consumer<CommandOutcome> answer) {
        when(CallCommand.SET_MUTED, answer, () -> call.mute(muted));
    }

    public void useDevices(
            @Nullable String captureDevice, @Nullable String playbackDevice, Consumer<CommandOutcome> answer) {
        when(CallCommand.USE_DEVICES, answer, () -> call.sound().useDevices(captureDevice, playbackDevice));
    }

    public void merge(CallSession other, Consumer<CommandOutcome> answer) {
        whenAllowed(CallCommand.MERGE, answer, () -> {
            CommandRefusal refusal = mergeRefusal(other);
            if (refusal == null && !call.sound().mixWith(other.sound())) {
                refusal = CommandRefusal.NO_SOUND;
            }
            if (refusal == null) {
                call.feed(new CallInput.Resume());
                other.feed(new CallInput.Resume());
            }
            return refusal;
        });
    }

    /** Transfers the far end to a target. */
    public void transfer(SipUri target, Consumer<TransferOutcome> answer) {
        loop.execute(() -> {
            CommandRefusal refusal = transferRefusal(call);
            if (refusal == null) {
                call.transfers().transferTo(target, null, answer);
            } else {
                refuseTransfer(refusal, answer);
            }
        });
    }

    /** Connects the far ends of two calls. */
    public void transferTo(CallSession other, Consumer<TransferOutcome> answer) {
        loop.execute(() -> {
            CommandRefusal refusal = transferRefusal(call);
            if (refusal == null) {
                refusal = consultationRefusal(other);
            }
            if (refusal != null) {
                refuseTransfer(refusal, answer);
            } else if (other.phase() instanceof CallPhase.Confirmed) {
                call.transfers().transferTo(other.asTransferTarget(), other.transfers(), answer);
            } else {
                SipUri called = other.asTransferTarget();
                other.hangUpNow();
                call.transfers().transferTo(called, null, answer);
            }
        });
    }

    /** Accepts or refuses the transfer that the far end requested. */
    public void decideTransfer(CallCommand command, Consumer<CommandOutcome> answer) {
        whenAllowed(command, answer, () -> {
            IncomingTransfer asked = call.transfers().asked();
            if (asked == null) {
                return CommandRefusal.NO_TRANSFER_REQUESTED;
            }
            if (command == CallCommand.ACCEPT_TRANSFER) {
                call.follow(asked);
            } else {
                asked.refuse();
            }
            return null;
        });
    }

    private static @Nullable CommandRefusal transferRefusal(CallSession call) {
        CommandRefusal refusal = CommandRules.refusal(CallCommand.TRANSFER, call.phase());
        return refusal == null && call.transfers().isTransferring() ? CommandRefusal.TRANSFERRING_ALREADY : refusal;
    }

    /** Returns why the consulted call cannot be used, or null. */
    private static @Nullable CommandRefusal consultationRefusal(CallSession other) {
        CommandRefusal refusal = CommandRules.refusalOfOther(CallCommand.TRANSFER, other.phase());
        return refusal == null && other.transfers().isTransferring() ? CommandRefusal.TRANSFERRING_ALREADY : refusal;
    }

    private void refuseTransfer(CommandRefusal refusal, Consumer<TransferOutcome> answer) {
        reporter.refuse(CallCommand.TRANSFER, refusal);
        answer.accept(new TransferOutcome.Refused(refusal));
    }

    private @Nullable CommandRefusal mergeRefusal(CallSession other) {
        CommandRefusal refusal = CommandRules.refusalOfOther(CallCommand.MERGE, other.phase());
        if (refusal != null) {
            return refusal;
        }
        if (other == call || call.sound().port() != other.sound().port()) {
            return CommandRefusal.DIFFERENT_AUDIO;
        }
        return call.sound().isMixed() || other.sound().isMixed() ? CommandRefusal.MERGED_ALREADY : null;
    }

    /** @throws IllegalArgumentException if a character is not a DTMF digit */
    public static void requireTones(String tones) {
        if (!tones.chars().allMatch(c -> DtmfInfo.isTone((char) c))) {
            throw new IllegalArgumentException("keys are 0 to 9, *, # and A to D");
        }
    }

    /** Runs a command on the loop that cannot fail once it is allowed, or reports why it is refused. */
    private void when(CallCommand command, Consumer<CommandOutcome> answer, Runnable task) {
        whenAllowed(command, answer, () -> {
            task.run();
            return null;
        });
    }

    /** Likewise of a task that may still return why the command is refused. */
    private void whenAllowed(
            CallCommand command, Consumer<CommandOutcome> answer, Supplier<@Nullable CommandRefusal> task) {
        loop.execute(() -> {
            if (!may(command, answer)) {
                return;
            }
            CommandRefusal refusal = task.get();
            if (refusal == null) {
                answer.accept(DONE);
            } else {
                refuse(command, refusal, answer);
            }
        });
    }

    private boolean may(CallCommand command, Consumer<CommandOutcome> answer) {
        CommandRefusal refusal = CommandRules.refusal(command, call.phase());
        if (refusal != null) {
            refuse(command, refusal, answer);
        }
        return refusal == null;
    }

    private void refuse(CallCommand command, CommandRefusal reason, Consumer<CommandOutcome> answer) {
        reporter.refuse(command, reason);
        answer.accept(new CommandOutcome.Refused(reason));
    }
}
