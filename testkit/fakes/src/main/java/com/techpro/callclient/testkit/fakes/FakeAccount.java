// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.AccountListener;
import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.diagnostics.RefusedRequest;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.RefusalReason;
import com.techpro.callclient.engine.message.MessageOutcome;
import com.techpro.callclient.engine.message.MessageReceipt;
import com.techpro.callclient.engine.message.TextMessage;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.engine.presence.PresenceStatus;
import com.techpro.callclient.engine.presence.PublicationOutcome;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An account in memory. It registers at once unless the test says otherwise. The methods of the phone
 * system, such as {@link #incomingCall(String, String)} and {@link #registrationLost}, are for the
 * test; listeners hear of them before they return, unless they are called in a callback. All methods
 * may be called from any thread.
 */
public final class FakeAccount extends FakeAccountCommands {
    private final FakeContext context;
    private final FakeParts parts;
    private final Runnable rings;

    /**
     * @param rings runs when a call rings here
     * @param gone is told once the account was removed
     */
    FakeAccount(FakeParts parts, FakeAccountSettings settings, Runnable rings, Consumer<FakeAccount> gone) {
        super(parts, settings, gone);
        this.context = parts.context();
        this.parts = parts;
        this.rings = rings;
    }

    @Override
    FakeAccount self() {
        return this;
    }

    /** As {@link #incomingCall(PartyIdentity)}, of a caller without a name. */
    public FakeCall incomingCall(String number) {
        return incomingCall(new PartyIdentity(null, number, sipAccount().domain()));
    }

    /** As {@link #incomingCall(PartyIdentity)}, of a caller with this number and display name. */
    public FakeCall incomingCall(String number, String name) {
        return incomingCall(new PartyIdentity(name, number, sipAccount().domain()));
    }

    /** As {@link #incomingCall(PartyIdentity, CallOptions)} with default options. */
    public FakeCall incomingCall(PartyIdentity caller) {
        return incomingCall(caller, CallOptions.DEFAULT);
    }

    /**
     * A call rings here, and {@link AccountListener#incomingCall} is called. If do-not-disturb or call
     * forwarding applies, the call has ended when this returns, and
     * {@link com.techpro.callclient.engine.CallClientListener#incomingRefused} was called instead.
     *
     * @param options its headers are those that came with the INVITE
     * @throws IllegalStateException if the account is not registered
     */
    public FakeCall incomingCall(PartyIdentity caller, CallOptions options) {
        Objects.requireNonNull(caller, "caller");
        Objects.requireNonNull(options, "options");
        return context.get(() -> {
            if (registration().state() != RegistrationState.REGISTERED) {
                throw new IllegalStateException("no call reaches an account that is not registered");
            }
            FakeIncomingCalls rules = parts.incomingCalls();
            boolean busy = rules.isUndisturbed() || !calls().isEmpty();
            boolean forwarded = settings().forwards(rules.rules().always())
                    || (busy && settings().forwards(rules.rules().busy()));
            FakeCallSession session = parts.calls()
                    .create(settings(), CallDirection.INCOMING, caller, options, extensions()::followCompletions);
            if (forwarded) {
                turnAway(session, new CallEnding.Forwarded(), RefusalReason.FORWARDED, 302);
            } else if (rules.isUndisturbed()) {
                CallEnding unavailable = new CallEnding.RejectedHere(RejectReason.UNAVAILABLE);
                turnAway(session, unavailable, RefusalReason.DO_NOT_DISTURB, 480);
            } else {
                parts.calls().add(session);
                FakeCall call = session.call();
                var snapshot = call.snapshot();
                tell(listener -> listener.incomingCall(call, snapshot));
                rings.run();
            }
            return session.call();
        });
    }

    /** Refuses an incoming call before it rings. */
    private void turnAway(FakeCallSession session, CallEnding ending, RefusalReason reason, int status) {
        session.turnAway(ending);
        parts.people().history().add(session.snapshot());
        RefusedRequest request = parts.reports().refused(reason, status);
        context.listeners().tell(listener -> listener.incomingRefused(this, request));
    }

    /** From now on, the registrar does not answer: the account stays as it is when it registers. */
    public void registrarIsSilent() {
        context.run(() -> registering().setAnswersLater(true));
    }

    /**
     * The registrar accepts the registration, also of an account that has lost it.
     *
     * @throws IllegalStateException if the account was removed
     */
    public void registered() {
        context.run(() -> {
            requireThere();
            registering().accept();
        });
    }

    /**
     * The registration is lost; the account is {@link RegistrationState#WAITING} until
     * {@link #registered}, also if the app tries again.
     *
     * @throws IllegalStateException if the account was removed
     */
    public void registrationLost(Failure failure) {
        refuse(RegistrationState.WAITING, failure);
    }

    /**
     * The registrar refuses, and the user has to act; the account is {@link RegistrationState#FAILED}
     * until {@link #registered}.
     *
     * @throws IllegalStateException if the account was removed
     */
    public void registrationRefused(Failure failure) {
        refuse(RegistrationState.FAILED, failure);
    }

    private void refuse(RegistrationState state, Failure failure) {
        Objects.requireNonNull(failure, "failure");
        context.run(() -> {
            requireThere();
            registering().refuse(state, failure);
        });
    }

    /** The phone system reports the number of waiting voicemail messages. */
    public void messagesWaiting(MessagesWaiting now) {
        Objects.requireNonNull(now, "now");
        context.run(() -> {
            setMessagesWaiting(now);
            tell(listener -> listener.messagesWaitingChanged(this, now));
        });
    }

    /**
     * A text arrives, and {@link AccountListener#messageReceived} is called. Its sender asks for no
     * receipts.
     *
     * @param number the sender's extension or number
     * @return the text that was received
     */
    public TextMessage textArrives(String number, String text) {
        PartyIdentity from = settings().party(number);
        TextMessage message = new TextMessage(
                context.nextId("t"), from, parts.people().directory().resolve(from), text, context.now(), false, false);
        textArrives(message);
        return message;
    }

    /** As {@link #textArrives(String, String)}, for a text of which the test chooses all. */
    public void textArrives(TextMessage message) {
        Objects.requireNonNull(message, "message");
        context.run(() -> {
            messaging().received(message);
            tell(listener -> listener.messageReceived(this, message));
        });
    }

    /** The other side reports what became of a text that the app sent. */
    public void receiptArrives(MessageReceipt receipt) {
        Objects.requireNonNull(receipt, "receipt");
        context.run(() -> {
            messaging().receiptReceived(receipt);
            tell(listener -> listener.messageReceipt(this, receipt));
        });
    }

    /**
     * Sets the outcome of the texts and receipts that the app sends from now on. They are delivered
     * unless set.
     *
     * @param outcome gives the outcome by the text's id, such as {@code MessageOutcome.Accepted::new}
     */
    public void textsEndWith(Function<String, MessageOutcome> outcome) {
        Objects.requireNonNull(outcome, "outcome");
        context.run(() -> messaging().answerWith(outcome));
    }

    /** The phone system reports the state of an extension, to busy lamps and to calls that wait for it. */
    public void extensionIs(String extension, LampState state) {
        Objects.requireNonNull(state, "state");
        context.run(() -> extensions().report(extension, new FakeExtensions.Reading(state, null)));
    }

    /** An extension rings, and its call can be picked up. */
    public void extensionRings(String extension, PartyIdentity caller) {
        Objects.requireNonNull(caller, "caller");
        context.run(() -> extensions().report(extension, new FakeExtensions.Reading(LampState.RINGING, caller)));
    }

    /**
     * Sets the outcome of the publications from now on; {@link PublicationOutcome.Published} unless
     * set.
     */
    public void publicationsEndWith(PublicationOutcome outcome) {
        Objects.requireNonNull(outcome, "outcome");
        context.run(() -> setPublicationOutcome(outcome));
    }

    /** Returns the status that the app has published last; null if there is none or it was withdrawn. */
    public @Nullable PresenceStatus publishedStatus() {
        return status();
    }

    /** Notifies the client's listeners and the account's. Under the context's lock. */
    void tell(Consumer<AccountListener> event) {
        context.listeners().tell(event);
        ofAccount().tell(event);
    }
}
