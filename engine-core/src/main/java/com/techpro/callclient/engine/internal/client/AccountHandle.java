// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.AccountListener;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.ConferenceOptions;
import com.techpro.callclient.engine.internal.account.AccountSession;
import com.techpro.callclient.engine.message.MessageOptions;
import com.techpro.callclient.engine.message.MessageOutcome;
import com.techpro.callclient.engine.message.TextMessage;
import com.techpro.callclient.engine.presence.BusyLamp;
import com.techpro.callclient.engine.presence.CallCompletion;
import com.techpro.callclient.engine.presence.PresenceStatus;
import com.techpro.callclient.engine.presence.PublicationOutcome;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.secret.Secret;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The host's handle of an account. Usable from any thread. */
final class AccountHandle implements Account {
    private final AccountState state;
    private final AccountSession session;
    private final AccountServices services;

    AccountHandle(AccountState state, AccountServices services) {
        this.state = state;
        this.session = state.session();
        this.services = services;
    }

    @Override
    public String id() {
        return session.id();
    }

    @Override
    public SipAccount sipAccount() {
        return session.account();
    }

    @Override
    public RegistrationSnapshot registration() {
        return session.registration().snapshot();
    }

    @Override
    public CompletionStage<RegistrationSnapshot> register() {
        return attempt(session.registration()::register);
    }

    @Override
    public CompletionStage<RegistrationSnapshot> updateCredentials(Secret password) {
        Objects.requireNonNull(password, "password");
        Secret copy = password.copy();
        try {
            return attempt(() -> session.registration().updateCredentials(copy, () -> state.passwordAccepted(copy)));
        } catch (IllegalStateException e) {
            copy.wipe();
            throw e;
        }
    }

    /** @throws IllegalStateException if the account was removed or the client closed */
    private CompletionStage<RegistrationSnapshot> attempt(Runnable task) {
        services.gate().requireOpen();
        services.registry().requireThere(session);
        return session.registration().answered(task);
    }

    @Override
    public CompletionStage<RegistrationSnapshot> whenRegistered() {
        return session.registration().whenRegistered();
    }

    @Override
    public CompletionStage<RegistrationSnapshot> whenRegisteredOrFailed() {
        return session.registration().whenRegisteredOrFailed();
    }

    @Override
    public Call dial(String target, CallOptions options) {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(options, "options");
        return services.calls().dial(session, target, options);
    }

    @Override
    public Conference join(String target, ConferenceOptions options) {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(options, "options");
        services.gate().requireUsable();
        return services.conferences().join(session, target, options);
    }

    @Override
    public BusyLamp watch(String extension) {
        Objects.requireNonNull(extension, "extension");
        return services.lamps().watch(session, extension);
    }

    @Override
    public CallCompletion callWhenFree(String extension, CallOptions options) {
        Objects.requireNonNull(extension, "extension");
        Objects.requireNonNull(options, "options");
        return services.lamps().callWhenFree(session, extension, options);
    }

    @Override
    public CompletionStage<PublicationOutcome> publishPresence(PresenceStatus status, @Nullable String note) {
        Objects.requireNonNull(status, "status");
        return services.publications().publish(session, status, note);
    }

    @Override
    public CompletionStage<PublicationOutcome> withdrawPresence() {
        return services.publications().withdraw(session);
    }

    @Override
    public CompletionStage<MessageOutcome> sendMessage(String target, String text, MessageOptions options) {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(options, "options");
        return services.messages().send(session, target, text, options);
    }

    @Override
    public CompletionStage<MessageOutcome> confirmDisplayed(TextMessage message) {
        Objects.requireNonNull(message, "message");
        return services.messages().confirmDisplayed(session, message);
    }

    @Override
    public List<Call> calls() {
        return services.registry().open(session);
    }

    @Override
    public void remove() {
        services.gate().requireOpen();
        session.remove();
    }

    @Override
    public void addListener(AccountListener listener) {
        Objects.requireNonNull(listener, "listener");
        services.gate().requireOpen();
        state.listeners().add(listener, () -> services.current().of(state));
    }

    @Override
    public void removeListener(AccountListener listener) {
        Objects.requireNonNull(listener, "listener");
        state.listeners().remove(listener);
    }

    @Override
    public String toString() {
        return "Account[" + id() + "]";
    }
}
