// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

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
import com.techpro.callclient.engine.internal.account.AccountSession;
import com.techpro.callclient.engine.internal.call.CallCommands;
import com.techpro.callclient.engine.internal.call.CallSession;
import com.techpro.callclient.engine.internal.call.party.DialTarget;
import com.techpro.callclient.stack.loop.PendingAnswers.Answer;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The host's handle of a call. Usable from any thread, except where stated. */
final class CallHandle implements Call {
    private static final CommandOutcome ENDED = new CommandOutcome.Refused(CommandRefusal.ENDED);

    private final CallSession session;
    private final AccountSession accountSession;
    private final ClientContext client;
    private final Gate gate;
    private final Listeners<CallListener> listeners;
    /** Callers that wait until the call is established. On the loop. */
    private final List<Answer<EstablishmentOutcome>> waiting = new ArrayList<>();
    /** Commands whose outcome is not known yet. On the loop. */
    private final Set<Answer<CommandOutcome>> unanswered = new LinkedHashSet<>();
    /** On the loop. */
    private boolean announced = true;

    CallHandle(CallSession session, AccountSession accountSession, ClientContext client, Gate gate) {
        this.session = session;
        this.accountSession = accountSession;
        this.client = client;
        this.gate = gate;
        this.listeners = new Listeners<>(client.loop(), client.callbacks());
    }

    CallSession session() {
        return session;
    }

    AccountSession accountSession() {
        return accountSession;
    }

    /** Keeps events from the client's listeners until {@link #announce}. On the loop. */
    void holdBack() {
        announced = false;
    }

    /** Ends {@link #holdBack}. On the loop. */
    void announce() {
        announced = true;
    }

    /** Whether the client's listeners know the call. On the loop. */
    boolean isAnnounced() {
        return announced;
    }

    /**
     * Notifies listeners of an event. On the loop.
     *
     * @param announced whether the client's listeners know the call
     */
    void tell(CallEvent event, boolean announced) {
        if (announced) {
            client.listeners().tell(listener -> listener.callChanged(this, event));
        }
        listeners.tell(listener -> listener.callChanged(this, event));
        EstablishmentOutcome outcome = outcome(event.after());
        if (outcome != null) {
            waiting.forEach(answer -> answer.tell(outcome));
            waiting.clear();
        }
        if (outcome instanceof EstablishmentOutcome.Ended && !unanswered.isEmpty()) {
            // Once the command that ended the call has answered itself.
            client.loop().execute(() -> {
                unanswered.forEach(answer -> answer.tell(ENDED));
                unanswered.clear();
            });
        }
    }

    private static @Nullable EstablishmentOutcome outcome(CallSnapshot now) {
        CallEnding ending = now.ending();
        if (ending != null) {
            return new EstablishmentOutcome.Ended(now, ending);
        }
        return now.state() == CallState.ESTABLISHED ? new EstablishmentOutcome.Established(now) : null;
    }

    @Override
    public String id() {
        return session.id();
    }

    @Override
    public CallSnapshot snapshot() {
        return session.snapshot();
    }

    @Override
    public AudioLevels audioLevels() {
        return session.sound().levels();
    }

    @Override
    public VoiceEffects voiceEffects() {
        return session.sound().voiceEffects();
    }

    @Override
    public void addListener(CallListener listener) {
        Objects.requireNonNull(listener, "listener");
        gate.requireOpen();
        listeners.add(listener, () -> {
            CallSnapshot now = snapshot();
            CallEnding ending = now.ending();
            CallEvent event = ending == null ? new CallEvent.StateChanged(now) : new CallEvent.Ended(now, ending);
            return List.of(first -> first.callChanged(this, event));
        });
    }

    @Override
    public void removeListener(CallListener listener) {
        Objects.requireNonNull(listener, "listener");
        listeners.remove(listener);
    }

    @Override
    public CompletionStage<EstablishmentOutcome> whenEstablished() {
        CallSnapshot known = snapshot();
        CallEnding ending = known.ending() == null ? new CallEnding.LocalHangUp() : known.ending();
        Answer<EstablishmentOutcome> answer = client.answers().open(new EstablishmentOutcome.Ended(known, ending));
        client.loop().execute(() -> {
            EstablishmentOutcome now = outcome(snapshot());
            if (now == null) {
                waiting.add(answer);
            } else {
                answer.tell(now);
            }
        });
        return answer.stage();
    }

    /**
     * Passes a command to the call. If the call has ended, refuses the command here.
     *
     * @param question given what to tell the outcome to, on the loop
     */
    private CompletionStage<CommandOutcome> ask(CallCommand command, Consumer<Consumer<CommandOutcome>> question) {
        gate.requireOpen();
        Answer<CommandOutcome> answer = client.answers().open(ENDED);
        if (!refusedAsEnded(command, () -> answer.tell(ENDED))) {
            client.loop().execute(() -> unanswered.add(answer));
            question.accept(outcome -> {
                unanswered.remove(answer);
                answer.tell(outcome);
            });
        }
        return answer.stage();
    }

    private boolean refusedAsEnded(CallCommand command, Runnable then) {
        CallSnapshot now = snapshot();
        if (now.ending() == null) {
            return false;
        }
        client.loop().execute(() -> {
            tell(new CallEvent.CommandRefused(now, command, CommandRefusal.ENDED), true);
            then.run();
        });
        return true;
    }

    @Override
    public CompletionStage<CommandOutcome> answer(CallOptions options) {
        Objects.requireNonNull(options, "options");
        if (!options.headers().isEmpty()) {
            throw new IllegalArgumentException("headers go with calls that are made, not with answers");
        }
        gate.requireAnswerable();
        return ask(CallCommand.ANSWER, answer -> session.commands().answer(options, answer));
    }

    @Override
    public CompletionStage<CommandOutcome> silence() {
        return ask(CallCommand.SILENCE, session.commands()::silence);
    }

    @Override
    public CompletionStage<CommandOutcome> reject(RejectReason reason) {
        Objects.requireNonNull(reason, "reason");
        return ask(CallCommand.REJECT, answer -> session.commands().reject(reason, answer));
    }

    @Override
    public CompletionStage<CommandOutcome> forward(String number) {
        gate.requireUsable();
        ForwardingRules own = ForwardingRules.NONE.withAlways(Objects.requireNonNull(number, "number"));
        SipUri target = DialTarget.parse(
                Objects.requireNonNull(own.always()), accountSession.account().domain());
        return ask(CallCommand.FORWARD, answer -> session.commands().forward(target, answer));
    }

    @Override
    public void hangUp() {
        gate.requireOpen();
        session.commands().hangUp();
    }

    @Override
    public CompletionStage<CommandOutcome> hold() {
        return ask(CallCommand.HOLD, session.commands()::hold);
    }

    @Override
    public CompletionStage<CommandOutcome> resume() {
        return ask(CallCommand.RESUME, session.commands()::resume);
    }

    @Override
    public CompletionStage<CommandOutcome> sendDtmf(String tones) {
        Objects.requireNonNull(tones, "tones");
        CallCommands.requireTones(tones);
        return ask(CallCommand.SEND_DTMF, answer -> session.commands().sendDtmf(tones, answer));
    }

    @Override
    public CompletionStage<CommandOutcome> merge(Call other) {
        Objects.requireNonNull(other, "other");
        if (equals(other)) {
            throw new IllegalArgumentException("a call is merged with another");
        }
        if (!(other instanceof CallHandle call) || call.gate != gate) {
            throw new IllegalArgumentException("calls of one client are merged");
        }
        return ask(CallCommand.MERGE, answer -> session.commands().merge(call.session, answer));
    }

    @Override
    public CompletionStage<TransferOutcome> transfer(String target) {
        Objects.requireNonNull(target, "target");
        gate.requireUsable();
        SipUri uri = DialTarget.parse(target, accountSession.account().domain());
        return askForTransfer(answer -> session.commands().transfer(uri, answer));
    }

    @Override
    public CompletionStage<TransferOutcome> transferTo(Call other) {
        Objects.requireNonNull(other, "other");
        gate.requireUsable();
        if (equals(other)) {
            throw new IllegalArgumentException("a call is connected with another");
        }
        if (!(other instanceof CallHandle call) || call.gate != gate) {
            throw new IllegalArgumentException("calls of one client are connected");
        }
        return askForTransfer(answer -> session.commands().transferTo(call.session, answer));
    }

    @Override
    public CompletionStage<CommandOutcome> acceptTransfer() {
        gate.requireUsable();
        return ask(
                CallCommand.ACCEPT_TRANSFER,
                answer -> session.commands().decideTransfer(CallCommand.ACCEPT_TRANSFER, answer));
    }

    @Override
    public CompletionStage<CommandOutcome> refuseTransfer() {
        return ask(
                CallCommand.REFUSE_TRANSFER,
                answer -> session.commands().decideTransfer(CallCommand.REFUSE_TRANSFER, answer));
    }

    private CompletionStage<TransferOutcome> askForTransfer(Consumer<Consumer<TransferOutcome>> question) {
        gate.requireOpen();
        TransferOutcome ended = new TransferOutcome.Refused(CommandRefusal.ENDED);
        Answer<TransferOutcome> answer = client.answers().open(ended);
        if (!refusedAsEnded(CallCommand.TRANSFER, () -> answer.tell(ended))) {
            question.accept(answer::tell);
        }
        return answer.stage();
    }

    @Override
    public CompletionStage<CommandOutcome> setMuted(boolean muted) {
        return ask(CallCommand.SET_MUTED, answer -> session.commands().setMuted(muted, answer));
    }

    @Override
    public CompletionStage<CommandOutcome> useDevices(@Nullable String captureDevice, @Nullable String playbackDevice) {
        return ask(
                CallCommand.USE_DEVICES,
                answer -> session.commands().useDevices(captureDevice, playbackDevice, answer));
    }

    @Override
    public String toString() {
        return "Call[" + id() + "]";
    }
}
