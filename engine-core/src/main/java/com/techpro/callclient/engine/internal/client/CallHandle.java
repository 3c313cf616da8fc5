// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallCommand;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallListener;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.EstablishmentOutcome;
import com.techpro.callclient.engine.call.ForwardingRules;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.call.TransferOutcome;
import com.techpro.callclient.engine.internal.call.AccountSession;
import com.techpro.callclient.engine.internal.call.CallCommands;
import com.techpro.callclient.engine.internal.call.CallSession;
import com.techpro.callclient.engine.internal.call.DialTarget;
import com.techpro.callclient.engine.internal.loop.PendingAnswers.Answer;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The host's handle of a call. Usable from any thread, except where stated. */
final class CallHandle implements Call {
    private final CallSession session;
    private final AccountSession accountSession;
    private final ClientContext client;
    private final Gate gate;
    private final Listeners<CallListener> listeners;
    /** Callers that wait until the call is established. On the loop. */
    private final List<Answer<EstablishmentOutcome>> waiting = new ArrayList<>();

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

    /** Passes a command to the call. If the call has ended, refuses the command here. */
    private void ask(CallCommand command, Runnable question) {
        gate.requireOpen();
        CallSnapshot now = snapshot();
        if (now.ending() == null) {
            question.run();
        } else {
            client.loop().execute(() -> tell(new CallEvent.CommandRefused(now, command, CommandRefusal.ENDED), true));
        }
    }

    @Override
    public void answer(CallOptions options) {
        Objects.requireNonNull(options, "options");
        if (!options.headers().isEmpty()) {
            throw new IllegalArgumentException("headers go with calls that are made, not with answers");
        }
        gate.requireAnswerable();
        ask(CallCommand.ANSWER, () -> session.commands().answer(options));
    }

    @Override
    public void silence() {
        ask(CallCommand.SILENCE, session.commands()::silence);
    }

    @Override
    public void reject(RejectReason reason) {
        Objects.requireNonNull(reason, "reason");
        ask(CallCommand.REJECT, () -> session.commands().reject(reason));
    }

    @Override
    public void forward(String number) {
        gate.requireUsable();
        ForwardingRules own = ForwardingRules.NONE.withAlways(Objects.requireNonNull(number, "number"));
        SipUri target = DialTarget.parse(
                Objects.requireNonNull(own.always()), accountSession.account().domain());
        ask(CallCommand.FORWARD, () -> session.commands().forward(target));
    }

    @Override
    public void hangUp() {
        gate.requireOpen();
        session.commands().hangUp();
    }

    @Override
    public void hold() {
        ask(CallCommand.HOLD, session.commands()::hold);
    }

    @Override
    public void resume() {
        ask(CallCommand.RESUME, session.commands()::resume);
    }

    @Override
    public void sendDtmf(String tones) {
        Objects.requireNonNull(tones, "tones");
        CallCommands.requireTones(tones);
        ask(CallCommand.SEND_DTMF, () -> session.commands().sendDtmf(tones));
    }

    @Override
    public void merge(Call other) {
        Objects.requireNonNull(other, "other");
        if (equals(other)) {
            throw new IllegalArgumentException("a call is merged with another");
        }
        if (!(other instanceof CallHandle call) || call.gate != gate) {
            throw new IllegalArgumentException("calls of one client are merged");
        }
        ask(CallCommand.MERGE, () -> session.commands().merge(call.session));
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
    public void acceptTransfer() {
        gate.requireUsable();
        ask(CallCommand.ACCEPT_TRANSFER, () -> session.commands().decideTransfer(CallCommand.ACCEPT_TRANSFER));
    }

    @Override
    public void refuseTransfer() {
        ask(CallCommand.REFUSE_TRANSFER, () -> session.commands().decideTransfer(CallCommand.REFUSE_TRANSFER));
    }

    private CompletionStage<TransferOutcome> askForTransfer(Consumer<Consumer<TransferOutcome>> question) {
        TransferOutcome ended = new TransferOutcome.Refused(CommandRefusal.ENDED);
        Answer<TransferOutcome> answer = client.answers().open(ended);
        ask(CallCommand.TRANSFER, () -> question.accept(answer::tell));
        if (snapshot().ending() != null) {
            answer.tell(ended);
        }
        return answer.stage();
    }

    @Override
    public void setMuted(boolean muted) {
        ask(CallCommand.SET_MUTED, () -> session.commands().setMuted(muted));
    }

    @Override
    public String toString() {
        return "Call[" + id() + "]";
    }
}
