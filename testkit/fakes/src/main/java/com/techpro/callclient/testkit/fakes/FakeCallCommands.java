// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.call.AudioLevels;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallCommand;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallListener;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.EstablishmentOutcome;
import com.techpro.callclient.engine.call.ForwardingRules;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.call.TransferOutcome;
import com.techpro.callclient.engine.call.VoiceEffects;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.internal.call.CallCommands;
import com.techpro.callclient.stack.loop.PendingAnswers.Answer;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The app's side of a fake call: each command is recorded, and runs or is refused with a reason. */
abstract class FakeCallCommands implements Call {
    private static final CommandOutcome ENDED = new CommandOutcome.Refused(CommandRefusal.ENDED);

    private final FakeContext context;
    private final FakeCallSession session;
    private final StringBuilder sentDtmf = new StringBuilder();
    private volatile boolean silenced;
    private volatile AudioLevels audioLevels = AudioLevels.NONE;
    private volatile VoiceEffects voiceEffects = VoiceEffects.NONE;

    FakeCallCommands(FakeContext context, FakeCallSession session) {
        this.context = context;
        this.session = session;
    }

    final FakeCallSession session() {
        return session;
    }

    @Override
    public final String id() {
        return session.snapshot().id();
    }

    @Override
    public final CallSnapshot snapshot() {
        return session.snapshot();
    }

    @Override
    public final void addListener(CallListener listener) {
        Objects.requireNonNull(listener, "listener");
        context.requireOpen();
        context.run(() -> session.addListener(listener));
    }

    @Override
    public final void removeListener(CallListener listener) {
        session.removeListener(Objects.requireNonNull(listener, "listener"));
    }

    @Override
    public final CompletionStage<EstablishmentOutcome> whenEstablished() {
        return context.get(() -> session.whenEstablished().stage());
    }

    @Override
    public final CompletionStage<CommandOutcome> answer(CallOptions options) {
        if (!options.headers().isEmpty()) {
            throw new IllegalArgumentException("headers go with calls that are made, not with answers");
        }
        context.requireAnswerable();
        return ask(CallCommand.ANSWER, "answer", () -> {
            if (context.isMicrophoneDenied()) {
                session.tell(new CallEvent.AudioInterrupted(session.snapshot(), new Failure.MicrophoneDenied()));
                return CommandRefusal.MICROPHONE_DENIED;
            }
            session.pickUp(options);
            return null;
        });
    }

    @Override
    public final CompletionStage<CommandOutcome> silence() {
        return when(CallCommand.SILENCE, "silence", () -> silenced = true);
    }

    @Override
    public final CompletionStage<CommandOutcome> reject(RejectReason reason) {
        Objects.requireNonNull(reason, "reason");
        return when(
                CallCommand.REJECT,
                "reject",
                () -> {
                    boolean forwarded = reason == RejectReason.BUSY && isForwardedAsBusy();
                    session.end(forwarded ? new CallEnding.Forwarded() : new CallEnding.RejectedHere(reason), null);
                },
                reason);
    }

    private boolean isForwardedAsBusy() {
        return session.account()
                .forwards(session.calls().incomingCalls().rules().busy());
    }

    @Override
    public final CompletionStage<CommandOutcome> forward(String number) {
        context.requireUsable();
        String target = ForwardingRules.NONE
                .withAlways(Objects.requireNonNull(number, "number"))
                .always();
        session.account().requireAddress(Objects.requireNonNull(target));
        return when(CallCommand.FORWARD, "forward", () -> session.end(new CallEnding.Forwarded(), null), number);
    }

    @Override
    public final void hangUp() {
        context.requireOpen();
        context.run(() -> {
            context.record(id(), "hangUp");
            hangUpNow();
        });
    }

    /** Ends the call in any state, as the app's command does. Under the context's lock. */
    final void hangUpNow() {
        CallState state = session.snapshot().state();
        if (state == CallState.INCOMING) {
            session.end(
                    isForwardedAsBusy() ? new CallEnding.Forwarded() : new CallEnding.RejectedHere(RejectReason.BUSY),
                    null);
        } else if (state == CallState.DIALLING || state == CallState.RINGING_OUT) {
            session.end(new CallEnding.Cancelled(), null);
        } else {
            session.end(new CallEnding.LocalHangUp(), null);
        }
    }

    @Override
    public final CompletionStage<CommandOutcome> hold() {
        return when(CallCommand.HOLD, "hold", session::hold);
    }

    @Override
    public final CompletionStage<CommandOutcome> resume() {
        return ask(CallCommand.RESUME, "resume", () -> {
            session.toFront();
            return session.resume();
        });
    }

    @Override
    public final CompletionStage<CommandOutcome> sendDtmf(String tones) {
        CallCommands.requireTones(Objects.requireNonNull(tones, "tones"));
        return ask(
                CallCommand.SEND_DTMF,
                "sendDtmf",
                () -> {
                    if (!session.snapshot().codecAgreed()) {
                        return CommandRefusal.NOT_ESTABLISHED;
                    }
                    sentDtmf.append(tones);
                    return null;
                },
                tones);
    }

    @Override
    public final CompletionStage<CommandOutcome> merge(Call other) {
        FakeCallSession with = required(other);
        return ask(CallCommand.MERGE, "merge", () -> session.merge(with), other.id());
    }

    /** @throws IllegalArgumentException if it is this call, or one of another client */
    private FakeCallSession required(Call other) {
        Objects.requireNonNull(other, "other");
        if (other == this) {
            throw new IllegalArgumentException("a call is merged or connected with another");
        }
        if (!(other instanceof FakeCallCommands call) || call.context != context) {
            throw new IllegalArgumentException("calls of one client are merged or connected");
        }
        return call.session;
    }

    @Override
    public final CompletionStage<TransferOutcome> transfer(String target) {
        context.requireUsable();
        session.account().requireAddress(Objects.requireNonNull(target, "target"));
        return transfer("transfer", target, null);
    }

    @Override
    public final CompletionStage<TransferOutcome> transferTo(Call other) {
        context.requireUsable();
        return transfer("transferTo", other.id(), required(other));
    }

    private CompletionStage<TransferOutcome> transfer(String name, String target, @Nullable FakeCallSession other) {
        return context.get(() -> {
            context.record(id(), name, target);
            CommandRefusal refusal = session.transfers().refusal();
            if (refusal == null && other != null) {
                refusal = FakeTransfers.refusalOfOther(other);
            }
            Answer<TransferOutcome> answer = context.open(new TransferOutcome.Refused(CommandRefusal.ENDED));
            if (refusal == null) {
                session.transfers().begin(answer, other);
            } else {
                session.refused(CallCommand.TRANSFER, refusal);
                context.tell(answer, new TransferOutcome.Refused(refusal));
            }
            return answer.stage();
        });
    }

    @Override
    public final CompletionStage<CommandOutcome> acceptTransfer() {
        context.requireUsable();
        return ask(
                CallCommand.ACCEPT_TRANSFER,
                "acceptTransfer",
                () -> session.transfers().decide(true));
    }

    @Override
    public final CompletionStage<CommandOutcome> refuseTransfer() {
        return ask(
                CallCommand.REFUSE_TRANSFER,
                "refuseTransfer",
                () -> session.transfers().decide(false));
    }

    @Override
    public final CompletionStage<CommandOutcome> setMuted(boolean muted) {
        return when(CallCommand.SET_MUTED, "setMuted", () -> session.publish(next -> next.muted(muted)), muted);
    }

    @Override
    public final AudioLevels audioLevels() {
        return audioLevels;
    }

    @Override
    public final VoiceEffects voiceEffects() {
        return voiceEffects;
    }

    /** Sets what {@link #voiceEffects()} returns; initially {@link VoiceEffects#NONE}. */
    public final void voiceEffects(VoiceEffects effects) {
        voiceEffects = Objects.requireNonNull(effects, "effects");
    }

    /** Sets what {@link #audioLevels()} returns; initially {@link AudioLevels#NONE}. */
    public final void audioLevels(AudioLevels levels) {
        audioLevels = Objects.requireNonNull(levels, "levels");
    }

    @Override
    public final CompletionStage<CommandOutcome> useDevices(
            @Nullable String captureDevice, @Nullable String playbackDevice) {
        return when(
                CallCommand.USE_DEVICES,
                "useDevices",
                () -> {},
                String.valueOf(captureDevice),
                String.valueOf(playbackDevice));
    }

    /** Returns the DTMF digits that the app sent, in order. */
    public final String sentDtmf() {
        return context.get(sentDtmf::toString);
    }

    /** Returns whether the app stopped the ring. */
    public final boolean isSilenced() {
        return silenced;
    }

    /** Returns the options that the call was dialled or answered with. */
    public final CallOptions options() {
        return context.get(session::options);
    }

    /** Runs a command that cannot fail once it is allowed, or reports why it is refused. */
    private CompletionStage<CommandOutcome> when(CallCommand command, String name, Runnable task, Object... arguments) {
        return ask(
                command,
                name,
                () -> {
                    task.run();
                    return null;
                },
                arguments);
    }

    /** Likewise of a task that may still return why the command is refused. */
    private CompletionStage<CommandOutcome> ask(
            CallCommand command, String name, Supplier<@Nullable CommandRefusal> task, Object... arguments) {
        context.requireOpen();
        return context.get(() -> {
            context.record(id(), name, arguments);
            Answer<CommandOutcome> answer = context.open(ENDED);
            CommandRefusal refusal = session.refusal(command);
            if (refusal == null) {
                refusal = task.get();
            }
            if (refusal == null) {
                context.tell(answer, new CommandOutcome.Done());
            } else {
                session.refused(command, refusal);
                context.tell(answer, new CommandOutcome.Refused(refusal));
            }
            return answer.stage();
        });
    }

    @Override
    public final String toString() {
        return "FakeCall[" + id() + "]";
    }
}
