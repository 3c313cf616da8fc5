// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.AccountListener;
import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallHeader;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.ConferenceOptions;
import com.techpro.callclient.engine.internal.account.login.SecretCopy;
import com.techpro.callclient.engine.internal.call.AccountSession;
import com.techpro.callclient.engine.internal.privacy.EgressGrant;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import com.techpro.callclient.engine.message.MessageOptions;
import com.techpro.callclient.engine.message.MessageOutcome;
import com.techpro.callclient.engine.message.TextMessage;
import com.techpro.callclient.engine.presence.CallCompletion;
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

/** An account as the host holds it. From any thread, except where said. */
final class AccountHandle implements Account {
    private final AccountSession accountSession;
    private final Accounts accounts;
    private final EgressGrant grant;
    private final Listeners<AccountListener> listeners;
    private volatile @Nullable MessagesWaiting messagesWaiting;
    /** On the loop. */
    private final List<Runnable> whenGone = new ArrayList<>();
    /** On the loop. */
    private Consumer<Secret> passwordAccepted = password -> {};

    /** @param grant where its phone system may be reached; closed when the account is gone */
    AccountHandle(
            AccountSession accountSession, Accounts accounts, EgressGrant grant, Listeners<AccountListener> listeners) {
        this.accountSession = accountSession;
        this.accounts = accounts;
        this.grant = grant;
        this.listeners = listeners;
    }

    @Override
    public String id() {
        return accountSession.id();
    }

    @Override
    public SipAccount sipAccount() {
        return accountSession.account();
    }

    @Override
    public RegistrationSnapshot registration() {
        return accountSession.registration().snapshot();
    }

    @Override
    public void register() {
        accounts.onLoop(accountSession, accountSession.registration()::register);
    }

    @Override
    public void updateCredentials(Secret password) {
        Objects.requireNonNull(password, "password");
        Secret copy = SecretCopy.of(password);
        try {
            accounts.onLoop(
                    accountSession,
                    () -> accountSession.registration().updateCredentials(copy, () -> passwordAccepted.accept(copy)));
        } catch (IllegalStateException e) {
            copy.wipe();
            throw e;
        }
    }

    @Override
    public CompletionStage<RegistrationSnapshot> whenRegistered() {
        return accountSession.registration().whenRegistered();
    }

    @Override
    public CompletionStage<RegistrationSnapshot> whenRegisteredOrFailed() {
        return accountSession.registration().whenRegisteredOrFailed();
    }

    @Override
    public CallHandle dial(String target, CallOptions options) {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(options, "options");
        return accounts.dial(accountSession, target, options);
    }

    @Override
    public Conference join(String target, ConferenceOptions options) {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(options, "options");
        return accounts.join(this, target, options);
    }

    @Override
    public BusyLampHandle watch(String extension) {
        Objects.requireNonNull(extension, "extension");
        return accounts.watch(this, extension);
    }

    @Override
    public CallCompletion callWhenFree(String extension, CallOptions options) {
        Objects.requireNonNull(extension, "extension");
        Objects.requireNonNull(options, "options");
        return accounts.callWhenFree(this, extension, options);
    }

    @Override
    public CompletionStage<PublicationOutcome> publishPresence(PresenceStatus status, @Nullable String note) {
        Objects.requireNonNull(status, "status");
        return accounts.publications().publish(accountSession, status, note);
    }

    @Override
    public CompletionStage<PublicationOutcome> withdrawPresence() {
        return accounts.publications().withdraw(accountSession);
    }

    /** A call with headers that are not the host's but the engine's own, to whom the target need not name. */
    CallHandle dial(SipUri target, PartyIdentity remote, List<CallHeader> headers, CallOptions options) {
        return accounts.dial(accountSession, target, remote, headers, options);
    }

    @Override
    public CompletionStage<MessageOutcome> sendMessage(String target, String text, MessageOptions options) {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(options, "options");
        return accounts.messages().send(accountSession, target, text, options);
    }

    @Override
    public CompletionStage<MessageOutcome> confirmDisplayed(TextMessage message) {
        Objects.requireNonNull(message, "message");
        return accounts.messages().confirmDisplayed(accountSession, message);
    }

    @Override
    public List<Call> calls() {
        return accounts.calls(accountSession);
    }

    @Override
    public void remove() {
        accounts.remove(accountSession);
    }

    @Override
    public void addListener(AccountListener listener) {
        Objects.requireNonNull(listener, "listener");
        accounts.addListener(this, listener);
    }

    @Override
    public void removeListener(AccountListener listener) {
        Objects.requireNonNull(listener, "listener");
        listeners.remove(listener);
    }

    Listeners<AccountListener> listeners() {
        return listeners;
    }

    /** What the phone system told last, or null. */
    @Nullable
    MessagesWaiting messagesWaiting() {
        return messagesWaiting;
    }

    /** On the loop. */
    void messagesWaiting(MessagesWaiting summary) {
        messagesWaiting = summary;
    }

    AccountSession accountSession() {
        return accountSession;
    }

    boolean isGone() {
        return accounts.isGone(accountSession);
    }

    /**
     * On the loop.
     *
     * @param then hears there of each password of {@link #updateCredentials} that the registrar has accepted; to be copied
     */
    void whenPasswordAccepted(Consumer<Secret> then) {
        passwordAccepted = then;
    }

    /** Runs when nothing is left of the account. On the loop. */
    void whenGone(Runnable task) {
        whenGone.add(task);
    }

    /** On the loop. */
    void gone() {
        grant.close();
        List<Runnable> tasks = List.copyOf(whenGone);
        // The host may keep an account that is gone: what its login held, a mailbox and its password, is not kept with
        // it.
        whenGone.clear();
        passwordAccepted = password -> {};
        tasks.forEach(Runnable::run);
    }

    @Override
    public String toString() {
        return "Account[" + id() + "]";
    }
}
