// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.AccountListener;
import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.conference.ConferenceOptions;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.internal.call.party.DialTarget;
import com.techpro.callclient.engine.internal.call.party.RemoteParty;
import com.techpro.callclient.engine.message.MessageOptions;
import com.techpro.callclient.engine.message.MessageOutcome;
import com.techpro.callclient.engine.message.TextMessage;
import com.techpro.callclient.engine.presence.PresenceStatus;
import com.techpro.callclient.engine.presence.PublicationOutcome;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.sip.message.NameAddr;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The app's side of a fake account: each command is recorded and has its effect in memory. */
abstract class FakeAccountCommands implements Account {
    private static final int LONGEST_NOTE = 200;

    private final FakeContext context;
    private final FakeCallClient client;
    private final String id;
    private final SipAccount sipAccount;
    private final FakeListeners<AccountListener> listeners;
    private final FakeRegistration registration;
    private final FakeExtensions extensions;
    private final FakeMessaging messaging;
    private @Nullable MessagesWaiting messagesWaiting;
    private volatile @Nullable PresenceStatus status;
    private PublicationOutcome publicationOutcome = new PublicationOutcome.Published();
    private volatile boolean removed;

    FakeAccountCommands(FakeContext context, FakeCallClient client, String id, SipAccount sipAccount) {
        this.context = context;
        this.client = client;
        this.id = id;
        this.sipAccount = sipAccount;
        this.listeners = new FakeListeners<>(context);
        this.registration = new FakeRegistration(
                context,
                sipAccount.securityFloor().isWeakened(),
                sipAccount.registrationExpiry(),
                after -> self().tell(listener -> listener.registrationChanged(self(), after)));
        this.extensions = new FakeExtensions(context, self());
        this.messaging = new FakeMessaging(context, self());
    }

    abstract FakeAccount self();

    final FakeCallClient client() {
        return client;
    }

    final FakeListeners<AccountListener> ofAccount() {
        return listeners;
    }

    final FakeRegistration registering() {
        return registration;
    }

    final FakeExtensions extensions() {
        return extensions;
    }

    final FakeMessaging messaging() {
        return messaging;
    }

    final void setMessagesWaiting(MessagesWaiting now) {
        messagesWaiting = now;
    }

    final void setPublicationOutcome(PublicationOutcome outcome) {
        publicationOutcome = outcome;
    }

    final @Nullable PresenceStatus status() {
        return status;
    }

    /** @throws IllegalStateException if the account was removed */
    final void requireThere() {
        if (removed) {
            throw new IllegalStateException("this account was removed");
        }
    }

    private void requireUsable() {
        context.requireUsable();
        requireThere();
    }

    /** @throws IllegalArgumentException if it cannot be dialled without digits to send afterwards */
    final void requireAddress(String target) {
        DialTarget.parse(target, sipAccount.domain());
    }

    /** Whether it can be watched. A favourite may have any text as its number. */
    final boolean isAddress(String target) {
        try {
            requireAddress(target);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Returns the party that is dialled by this text, as the engine reads it. */
    final PartyIdentity party(String target) {
        return RemoteParty.of(
                NameAddr.of(DialTarget.dialled(Objects.requireNonNull(target, "target"), sipAccount.domain())
                        .uri()));
    }

    @Override
    public final String id() {
        return id;
    }

    @Override
    public final SipAccount sipAccount() {
        return sipAccount;
    }

    @Override
    public final RegistrationSnapshot registration() {
        return registration.snapshot();
    }

    @Override
    public final void register() {
        context.requireOpen();
        requireThere();
        context.run(() -> {
            context.record(id, "register");
            if (registration().state() != RegistrationState.REGISTERING) {
                registration.attempt();
            }
        });
    }

    @Override
    public final void updateCredentials(Secret password) {
        Objects.requireNonNull(password, "password");
        context.requireOpen();
        requireThere();
        context.run(() -> {
            context.record(id, "updateCredentials");
            registration.attempt();
        });
    }

    @Override
    public final CompletionStage<RegistrationSnapshot> whenRegistered() {
        return context.get(() -> registration.whenRegistered().stage());
    }

    @Override
    public final CompletionStage<RegistrationSnapshot> whenRegisteredOrFailed() {
        return context.get(() -> registration.whenRegisteredOrFailed().stage());
    }

    @Override
    public final void addListener(AccountListener listener) {
        Objects.requireNonNull(listener, "listener");
        context.requireOpen();
        context.run(() -> listeners.add(listener, current(true)));
    }

    /**
     * Returns the current state as events. Under the context's lock.
     *
     * @param withCalls whether with the calls that ring here
     */
    final List<Consumer<? super AccountListener>> current(boolean withCalls) {
        List<Consumer<? super AccountListener>> now = new ArrayList<>();
        RegistrationSnapshot registered = registration();
        now.add(listener -> listener.registrationChanged(this, registered));
        MessagesWaiting messages = messagesWaiting;
        if (messages != null) {
            now.add(listener -> listener.messagesWaitingChanged(this, messages));
        }
        for (Call call : withCalls ? calls() : List.<Call>of()) {
            CallSnapshot snapshot = call.snapshot();
            if (snapshot.state() == CallState.INCOMING) {
                now.add(listener -> listener.incomingCall(call, snapshot));
            }
        }
        return now;
    }

    @Override
    public final void removeListener(AccountListener listener) {
        listeners.remove(Objects.requireNonNull(listener, "listener"));
    }

    /** As {@link #dial(String, CallOptions)} with default options. */
    @Override
    public final FakeCall dial(String target) {
        return dial(target, CallOptions.DEFAULT);
    }

    @Override
    public final FakeCall dial(String target, CallOptions options) {
        Objects.requireNonNull(options, "options");
        context.requireOpen();
        requireThere();
        context.requireUnlocked();
        PartyIdentity party = party(target);
        return context.get(() -> {
            context.record(id, "dial", target);
            return place(party, options);
        });
    }

    /** Dials; the test then says what the far end does. */
    final FakeCall place(PartyIdentity party, CallOptions options) {
        return context.get(() -> {
            FakeCallSession session = create(party, options);
            if (context.isMicrophoneDenied()) {
                session.call().ends(new CallEnding.Failed(new Failure.MicrophoneDenied()));
            } else {
                session.toFront();
            }
            return session.call();
        });
    }

    /** Creates an outgoing call. Under the context's lock. */
    final FakeCallSession create(PartyIdentity party, CallOptions options) {
        FakeCallSession session = FakeCallSession.create(context, self(), CallDirection.OUTGOING, party, options);
        client.state().add(session);
        return session;
    }

    /** As {@link #join(String, ConferenceOptions)} with default options. */
    @Override
    public final FakeConference join(String target) {
        return join(target, ConferenceOptions.DEFAULT);
    }

    @Override
    public final FakeConference join(String target, ConferenceOptions options) {
        Objects.requireNonNull(options, "options");
        requireUsable();
        PartyIdentity party = party(target);
        return context.get(() -> {
            context.record(id, "join", target);
            FakeCall call = place(party, options.call());
            return client.conferences().open(self(), target, call.session());
        });
    }

    @Override
    public final FakeBusyLamp watch(String extension) {
        Objects.requireNonNull(extension, "extension");
        requireUsable();
        requireAddress(extension);
        return context.get(() -> {
            context.record(id, "watch", extension);
            return extensions.watch(extension);
        });
    }

    /** As {@link #callWhenFree(String, CallOptions)} with default options. */
    @Override
    public final FakeCallCompletion callWhenFree(String extension) {
        return callWhenFree(extension, CallOptions.DEFAULT);
    }

    @Override
    public final FakeCallCompletion callWhenFree(String extension, CallOptions options) {
        Objects.requireNonNull(options, "options");
        requireUsable();
        PartyIdentity unused = party(extension);
        return context.get(() -> {
            context.record(id, "callWhenFree", extension);
            return extensions.callWhenFree(extension, options);
        });
    }

    @Override
    public final CompletionStage<PublicationOutcome> publishPresence(PresenceStatus published, @Nullable String note) {
        Objects.requireNonNull(published, "status");
        if (note != null && (note.length() > LONGEST_NOTE || note.chars().anyMatch(Character::isISOControl))) {
            throw new IllegalArgumentException("a note has up to 200 characters and no control characters");
        }
        requireUsable();
        return context.get(() -> {
            if (note == null) {
                context.record(id, "publishPresence", published);
            } else {
                context.record(id, "publishPresence", published, note);
            }
            status = published;
            return context.answered(publicationOutcome);
        });
    }

    @Override
    public final CompletionStage<PublicationOutcome> withdrawPresence() {
        requireUsable();
        return context.get(() -> {
            context.record(id, "withdrawPresence");
            status = null;
            return context.<PublicationOutcome>answered(new PublicationOutcome.Withdrawn());
        });
    }

    @Override
    public final CompletionStage<MessageOutcome> sendMessage(String target, String text, MessageOptions options) {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(options, "options");
        requireUsable();
        requireAddress(Objects.requireNonNull(target, "target"));
        return context.get(() -> {
            context.record(id, "sendMessage", target, text);
            return context.answered(messaging.send(party(target), text));
        });
    }

    @Override
    public final CompletionStage<MessageOutcome> confirmDisplayed(TextMessage message) {
        Objects.requireNonNull(message, "message");
        requireUsable();
        return context.get(() -> {
            context.record(id, "confirmDisplayed", message.id());
            return context.answered(messaging.confirmDisplayed(message));
        });
    }

    @Override
    public final List<Call> calls() {
        return context.get(() -> client.state().openCalls(self()));
    }

    @Override
    public final void remove() {
        context.requireOpen();
        context.run(() -> {
            context.record(id, "remove");
            removeNow();
        });
    }

    /** Hangs up and unregisters. Under the context's lock. */
    final void removeNow() {
        if (!removed) {
            extensions.end();
            client.state().open(self()).forEach(session -> session.call().hangUpNow());
            registration.unregistering();
            end(null);
        }
    }

    /**
     * Forgets the account. Under the context's lock.
     *
     * @param failure null if the registrar confirmed
     */
    final void end(@Nullable Failure failure) {
        if (!removed) {
            removed = true;
            registration.end(failure);
            extensions.end();
            client.state().forget(self());
        }
    }

    @Override
    public final String toString() {
        return "FakeAccount[" + id + "]";
    }
}
