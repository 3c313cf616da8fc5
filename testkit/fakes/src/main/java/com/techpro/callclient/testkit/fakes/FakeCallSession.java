// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

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
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.MediaKeying;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.failure.SipStatus;
import com.techpro.callclient.engine.internal.call.machine.CommandRules;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.loop.PendingAnswers.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The state of one fake call: its snapshot, and the events that lead from one to the next. All but
 * {@link #snapshot} runs under the context's lock.
 */
final class FakeCallSession {
    private final FakeContext context;
    private final FakeCalls calls;
    private final FakeAccountSettings account;
    private final Runnable over;
    private final FakeCall call;
    private final FakeTransfers transfers;
    private final FakeListeners<CallListener> listeners;
    private final List<Answer<EstablishmentOutcome>> waiting = new ArrayList<>();
    private final List<Consumer<CallEvent>> followers = new ArrayList<>();

    private volatile CallSnapshot snapshot;
    private CallOptions options;
    private boolean ackDelayed;
    private boolean resumeRefused;
    private boolean inConference;
    private @Nullable FakeCallSession mergedWith;

    /** @param over runs after the call has ended */
    FakeCallSession(
            FakeContext context,
            FakeCalls calls,
            FakeAccountSettings account,
            CallSnapshot first,
            CallOptions options,
            Runnable over) {
        this.context = context;
        this.calls = calls;
        this.account = account;
        this.snapshot = first;
        this.options = options;
        this.over = over;
        this.listeners = new FakeListeners<>(context);
        this.transfers = new FakeTransfers(context, this);
        this.call = new FakeCall(context, this);
    }

    FakeCall call() {
        return call;
    }

    FakeCalls calls() {
        return calls;
    }

    FakeAccountSettings account() {
        return account;
    }

    FakeTransfers transfers() {
        return transfers;
    }

    /** From any thread. */
    CallSnapshot snapshot() {
        return snapshot;
    }

    CallOptions options() {
        return options;
    }

    boolean isEnded() {
        return snapshot.ending() != null;
    }

    /** The history then has the stay in the room instead of the call. */
    void joinConference() {
        inConference = true;
    }

    void setAckDelayed(boolean delayed) {
        ackDelayed = delayed;
    }

    void setResumeRefused(boolean refused) {
        resumeRefused = refused;
    }

    /** Adds a follower of the call's events, which is told before the listeners. */
    void follow(Consumer<CallEvent> follower) {
        followers.add(follower);
    }

    void addListener(CallListener listener) {
        CallSnapshot now = snapshot;
        CallEnding ending = now.ending();
        CallEvent event = ending == null ? new CallEvent.StateChanged(now) : new CallEvent.Ended(now, ending);
        listeners.add(listener, List.of(first -> first.callChanged(call, event)));
    }

    void removeListener(CallListener listener) {
        listeners.remove(listener);
    }

    Answer<EstablishmentOutcome> whenEstablished() {
        CallSnapshot now = snapshot;
        CallEnding ending = now.ending() == null ? new CallEnding.LocalHangUp() : now.ending();
        Answer<EstablishmentOutcome> answer = context.open(new EstablishmentOutcome.Ended(now, ending));
        EstablishmentOutcome outcome = outcome(now);
        if (outcome == null) {
            waiting.add(answer);
        } else {
            context.tell(answer, outcome);
        }
        return answer;
    }

    private static @Nullable EstablishmentOutcome outcome(CallSnapshot now) {
        CallEnding ending = now.ending();
        if (ending != null) {
            return new EstablishmentOutcome.Ended(now, ending);
        }
        return now.state() == CallState.ESTABLISHED ? new EstablishmentOutcome.Established(now) : null;
    }

    /** Notifies the engine's own parts, then the listeners. */
    void tell(CallEvent event) {
        if (event instanceof CallEvent.Ended ended && !inConference) {
            calls.people().history().add(ended.after());
        }
        List.copyOf(followers).forEach(follower -> follower.accept(event));
        Call told = call;
        context.listeners().tell(listener -> listener.callChanged(told, event));
        listeners.tell(listener -> listener.callChanged(told, event));
        EstablishmentOutcome outcome = outcome(event.after());
        if (outcome != null) {
            waiting.forEach(answer -> context.tell(answer, outcome));
            waiting.clear();
        }
    }

    /** Changes the snapshot, and tells each difference in the engine's order. */
    void publish(UnaryOperator<CallSnapshot.Builder> change) {
        CallSnapshot before = snapshot;
        CallSnapshot after = change.apply(before.toBuilder()).build();
        snapshot = after;
        differences(before, after).forEach(this::tell);
    }

    private static List<CallEvent> differences(CallSnapshot before, CallSnapshot after) {
        List<CallEvent> events = new ArrayList<>();
        CallEnding ending = after.ending();
        if (before.state() != after.state() && ending == null) {
            events.add(new CallEvent.StateChanged(after));
        }
        if (before.hold() != after.hold() || before.holdAccepted() != after.holdAccepted()) {
            events.add(new CallEvent.HoldChanged(after));
        }
        if (!Objects.equals(before.codec(), after.codec())
                || before.keying() != after.keying()
                || before.cipher() != after.cipher()
                || before.muted() != after.muted()) {
            events.add(new CallEvent.MediaChanged(after));
        }
        if (!Objects.equals(before.mergedWith(), after.mergedWith())) {
            events.add(new CallEvent.MergeChanged(after));
        }
        if (before.nothingArrives() != after.nothingArrives()) {
            events.add(new CallEvent.ReceptionChanged(after));
        }
        if (!before.caller().equals(after.caller())) {
            events.add(new CallEvent.CallerChanged(after));
        }
        if (!Objects.equals(before.quality(), after.quality())) {
            events.add(new CallEvent.QualityChanged(after));
        }
        if (before.ending() == null && ending != null) {
            events.add(new CallEvent.Ended(after, ending));
        }
        return events;
    }

    /** Ends the call before it rang; the listeners never hear of it. */
    void turnAway(CallEnding ending) {
        snapshot = snapshot.toBuilder()
                .state(CallState.ENDED)
                .ended(context.now())
                .ending(ending)
                .build();
    }

    /** Reports that a command was refused. */
    void refused(CallCommand command, CommandRefusal reason) {
        tell(new CallEvent.CommandRefused(snapshot, command, reason));
    }

    /** The engine's own rule for this call's state. */
    @Nullable
    CommandRefusal refusal(CallCommand command) {
        return CommandRules.refusal(command, snapshot.state(), snapshot.hold());
    }

    private CallSnapshot.Builder withMedia(CallSnapshot.Builder next) {
        return next.encrypted(true)
                .codecAgreed(true)
                .codec("opus")
                .keying(MediaKeying.SDES)
                .cipher(SrtpSuite.AEAD_AES_256_GCM);
    }

    /** The other phone rings. */
    void ring(boolean earlyMedia) {
        Instant before = snapshot.ringing();
        Instant since = before == null ? context.now() : before;
        publish(next -> (earlyMedia ? withMedia(next) : next)
                .state(CallState.RINGING_OUT)
                .ringing(since));
    }

    /** Answers the incoming call; the caller's ACK follows unless it is delayed. */
    void pickUp(CallOptions chosen) {
        options = chosen;
        toFront();
        Instant answered = context.now();
        publish(next -> withMedia(next).state(CallState.CONNECTING).answered(answered));
        if (!ackDelayed) {
            establish();
        }
    }

    /** The two sides can talk. */
    void establish() {
        Instant before = snapshot.answered();
        Instant answered = before == null ? context.now() : before;
        publish(next ->
                withMedia(next).state(CallState.ESTABLISHED).answered(answered).holdAccepted(true));
    }

    /** Creates a further outgoing call of the account. */
    FakeCallSession another(PartyIdentity target) {
        return calls.createOutgoing(account, target, options, over);
    }

    /** Puts the other calls on the same audio on hold, as one person talks on one call. */
    void toFront() {
        for (FakeCallSession other : calls.open(null)) {
            boolean sameAudio = other.options.audio() == options.audio();
            if (other != this && sameAudio && other.snapshot.state() != CallState.INCOMING) {
                other.hold();
            }
        }
    }

    void hold() {
        CallSnapshot now = snapshot;
        if (now.hold().isLocal()) {
            return;
        }
        endMerge();
        publish(next -> next.hold(HoldState.of(true, now.hold().isRemote())).holdAccepted(false));
        if (now.state() == CallState.ESTABLISHED) {
            publish(next -> next.holdAccepted(true));
        }
    }

    /** @return why the call stays on hold, or null */
    @Nullable
    CommandRefusal resume() {
        CallSnapshot now = snapshot;
        if (!now.hold().isLocal()) {
            return null;
        }
        boolean asks = now.state() == CallState.ESTABLISHED;
        boolean remote = now.hold().isRemote();
        publish(next -> next.hold(HoldState.of(false, remote)).holdAccepted(!asks));
        if (asks && resumeRefused) {
            publish(next -> next.hold(HoldState.of(true, remote)).holdAccepted(true));
            return CommandRefusal.OTHER_SIDE_REFUSED;
        }
        publish(next -> next.holdAccepted(true));
        return null;
    }

    /** The far end holds or resumes. A merged call that it holds is put on hold here too. */
    void holdRemotely(boolean held) {
        boolean wasMerged = mergedWith != null;
        if (held) {
            endMerge();
        }
        publish(next -> next.hold(HoldState.of(snapshot.hold().isLocal(), held)));
        if (held && wasMerged) {
            hold();
        }
    }

    /** @return why the two calls cannot be merged, or null if they are now */
    @Nullable
    CommandRefusal merge(FakeCallSession other) {
        CommandRefusal refusal =
                CommandRules.refusalOfOther(CallCommand.MERGE, other.snapshot.state(), other.snapshot.hold());
        if (refusal != null) {
            return refusal;
        }
        if (options.audio() != other.options.audio()) {
            return CommandRefusal.DIFFERENT_AUDIO;
        }
        if (mergedWith != null || other.mergedWith != null) {
            return CommandRefusal.MERGED_ALREADY;
        }
        mergedWith = other;
        other.mergedWith = this;
        publish(next -> next.mergedWith(other.snapshot.id()));
        other.publish(next -> next.mergedWith(snapshot.id()));
        resume();
        other.resume();
        return null;
    }

    private void endMerge() {
        FakeCallSession other = mergedWith;
        if (other != null) {
            mergedWith = null;
            other.mergedWith = null;
            publish(next -> next.mergedWith(null));
            other.publish(next -> next.mergedWith(null));
        }
    }

    /** Ends the call, unless it has ended. */
    void end(CallEnding ending, @Nullable SipStatus status) {
        if (isEnded()) {
            return;
        }
        endMerge();
        transfers.callOver(ending);
        Instant ended = context.now();
        publish(next -> next.state(CallState.ENDED).ended(ended).ending(ending).status(status));
        over.run();
    }
}
