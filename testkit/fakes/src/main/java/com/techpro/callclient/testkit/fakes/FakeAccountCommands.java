// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.AccountListener;
import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.conference.ConferenceOptions;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.message.MessageOptions;
import com.techpro.callclient.engine.message.MessageOutcome;
import com.techpro.callclient.engine.message.TextMessage;
import com.techpro.callclient.engine.presence.PresenceStatus;
import com.techpro.callclient.engine.presence.PublicationOutcome;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.secret.Secret;
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
    private final FakeParts parts;
    private final FakeAccountSettings settings;
    private final Consumer<FakeAccount> gone;
    private final FakeListeners<AccountListener> listeners;
    private final FakeRegistration registration;
    private final FakeExtensions extensions;
    private final FakeMessaging messaging;
    private @Nullable MessagesWaiting messagesWaiting;
    private volatile @Nullable PresenceStatus status;
    private PublicationOutcome publicationOutcome = new PublicationOutcome.Published();
    private volatile boolean removed;

    /** @param gone is told once the account was removed */
    FakeAccountCommands(FakeParts parts, FakeAccountSettings settings, Consumer<FakeAccount> gone) {
        this.context = parts.context();
        this.parts = parts;
        this.settings = settings;
        this.gone = gone;
        SipAccount sipAccount = settings.sip();
        this.listeners = new FakeListeners<>(context);
        this.registration = new FakeRegistration(
                context,
                sipAccount.securityFloor().isWeakened(),
                sipAccount.registrationExpiry(),
                after -> self().tell(listener -> listener.registrationChanged(self(), after)));
        this.extensions = new FakeExtensions(context, parts.calls(), settings);
        this.messaging = new FakeMessaging(context, parts.textMessages(), sipAccount);
    }

    abstract FakeAccount self();

    final FakeAccountSettings settings() {
        return settings;
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

    @Override
    public final String id() {
        return settings.id();
    }

    @Override
    public final SipAccount sipAccount() {
        return settings.sip();
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
            context.record(id(), "register");
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
            context.record(id(), "updateCredentials");
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
        PartyIdentity party = settings.party(target);
        return context.get(() -> {
            context.record(id(), "dial", target);
            return extensions.dial(party, options);
        });
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
        PartyIdentity party = settings.party(target);
        return context.get(() -> {
            context.record(id(), "join", target);
            FakeCall call = extensions.dial(party, options.call());
            return parts.conferences().open(target, call.session());
        });
    }

    @Override
    public final FakeBusyLamp watch(String extension) {
        Objects.requireNonNull(extension, "extension");
        requireUsable();
        settings.requireAddress(extension);
        return context.get(() -> {
            context.record(id(), "watch", extension);
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
        PartyIdentity unused = settings.party(extension);
        return context.get(() -> {
            context.record(id(), "callWhenFree", extension);
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
                context.record(id(), "publishPresence", published);
            } else {
                context.record(id(), "publishPresence", published, note);
            }
            status = published;
            return context.answered(publicationOutcome);
        });
    }

    @Override
    public final CompletionStage<PublicationOutcome> withdrawPresence() {
        requireUsable();
        return context.get(() -> {
            context.record(id(), "withdrawPresence");
            status = null;
            return context.<PublicationOutcome>answered(new PublicationOutcome.Withdrawn());
        });
    }

    @Override
    public final CompletionStage<MessageOutcome> sendMessage(String target, String text, MessageOptions options) {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(options, "options");
        requireUsable();
        settings.requireAddress(Objects.requireNonNull(target, "target"));
        return context.get(() -> {
            context.record(id(), "sendMessage", target, text);
            return context.answered(messaging.send(settings.party(target), text));
        });
    }

    @Override
    public final CompletionStage<MessageOutcome> confirmDisplayed(TextMessage message) {
        Objects.requireNonNull(message, "message");
        requireUsable();
        return context.get(() -> {
            context.record(id(), "confirmDisplayed", message.id());
            return context.answered(messaging.confirmDisplayed(message));
        });
    }

    @Override
    public final List<Call> calls() {
        return context.get(() -> parts.calls().openCalls(settings));
    }

    @Override
    public final void remove() {
        context.requireOpen();
        context.run(() -> {
            context.record(id(), "remove");
            removeNow();
        });
    }

    /** Hangs up and unregisters. Under the context's lock. */
    final void removeNow() {
        if (!removed) {
            extensions.end();
            parts.calls().open(settings).forEach(session -> session.call().hangUpNow());
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
            gone.accept(self());
        }
    }

    @Override
    public final String toString() {
        return "FakeAccount[" + id() + "]";
    }
}
