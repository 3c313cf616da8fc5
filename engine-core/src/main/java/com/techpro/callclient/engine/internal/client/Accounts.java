// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.AccountListener;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallHeader;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.ConferenceOptions;
import com.techpro.callclient.engine.internal.account.RegistrationContext;
import com.techpro.callclient.engine.internal.account.login.PolicyTightening;
import com.techpro.callclient.engine.internal.call.AccountSession;
import com.techpro.callclient.engine.internal.call.CallContext;
import com.techpro.callclient.engine.internal.call.CallObserver;
import com.techpro.callclient.engine.internal.call.CallSession;
import com.techpro.callclient.engine.internal.privacy.EgressGrant;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import com.techpro.callclient.engine.presence.CallCompletion;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Makes accounts, each with the way out that its phone system needs, and makes their calls. From any thread. */
final class Accounts {
    private final ClientContext client;
    private final Gate gate;
    private final CallRegistry registry;
    private final CallContext callContext;
    private final RegistrationContext registrations;
    private final CallObserver events;
    private final CurrentState state;
    private final ConferenceService conferences;
    private final LampService lamps;
    private final PublicationService publications;
    private final MessageService messages;
    private final AtomicLong accountNumber = new AtomicLong();
    private final AtomicLong callNumber = new AtomicLong();

    Accounts(
            ClientContext client,
            Gate gate,
            CallRegistry registry,
            CallContext callContext,
            RegistrationContext registrations,
            CallObserver events,
            CurrentState state,
            ConferenceService conferences,
            LampService lamps,
            PublicationService publications,
            MessageService messages) {
        this.client = client;
        this.gate = gate;
        this.registry = registry;
        this.callContext = callContext;
        this.registrations = registrations;
        this.events = events;
        this.state = state;
        this.conferences = conferences;
        this.lamps = lamps;
        this.publications = publications;
        this.messages = messages;
    }

    /** What the host's policy forbids, the account does not use. */
    AccountHandle add(SipAccount account) {
        Policy policy = client.config().policy();
        AccountHandle added = add(PolicyTightening.of(account, policy), policy);
        client.loop().execute(added.accountSession()::start);
        return added;
    }

    /** It can be called from at once, and registers when its line is started. */
    AccountHandle add(SipAccount account, Policy policy) {
        gate.requireOpen();
        AccountSession accountSession = new AccountSession(
                callContext,
                registrations,
                "a" + accountNumber.incrementAndGet(),
                account,
                events,
                () -> "c" + callNumber.incrementAndGet());
        EgressGrant grant = callContext.egress().newGrant(policy);
        grant.allow(account);
        AccountHandle added =
                new AccountHandle(accountSession, this, grant, new Listeners<>(client.loop(), client.callbacks()));
        registry.add(accountSession, added);
        client.loop().execute(accountSession::open);
        return added;
    }

    CallHandle dial(AccountSession accountSession, String target, CallOptions options) {
        gate.requireOpen();
        registry.requireThere(accountSession);
        gate.requireUnlocked();
        return place(accountSession, accountSession.newCall(target, options));
    }

    /**
     * As {@link #dial}, with headers that are not the host's but the engine's own.
     *
     * @param remote who is reached at the target
     * @throws IllegalArgumentException if there are headers of the host's
     */
    CallHandle dial(
            AccountSession accountSession,
            SipUri target,
            PartyIdentity remote,
            List<CallHeader> headers,
            CallOptions options) {
        gate.requireUsable();
        if (!options.headers().isEmpty()) {
            throw new IllegalArgumentException("headers go with calls that are dialled");
        }
        return place(accountSession, accountSession.newCall(target, remote, options.withHeaders(headers)));
    }

    private CallHandle place(AccountSession accountSession, CallSession session) {
        CallHandle call = registry.add(accountSession, session);
        client.loop().execute(() -> events.dialled(accountSession, session));
        accountSession.place(session);
        return call;
    }

    BusyLampHandle watch(AccountHandle account, String extension) {
        gate.requireUsable();
        registry.requireThere(account.accountSession());
        return lamps.watch(account, extension);
    }

    CallCompletion callWhenFree(AccountHandle account, String extension, CallOptions options) {
        gate.requireUsable();
        registry.requireThere(account.accountSession());
        account.accountSession().requirePermitted(options);
        return lamps.callWhenFree(account, extension, options);
    }

    Conference join(AccountHandle account, String target, ConferenceOptions options) {
        gate.requireUsable();
        return conferences.join(account, target, options);
    }

    PublicationService publications() {
        return publications;
    }

    MessageService messages() {
        return messages;
    }

    /** @throws IllegalStateException if the account was removed or the client closed */
    void onLoop(AccountSession accountSession, Runnable task) {
        gate.requireOpen();
        registry.requireThere(accountSession);
        client.loop().execute(task);
    }

    void addListener(AccountHandle account, AccountListener listener) {
        gate.requireOpen();
        account.listeners().add(listener, () -> state.of(account));
    }

    void remove(AccountSession accountSession) {
        gate.requireOpen();
        accountSession.remove();
    }

    List<Call> calls(AccountSession accountSession) {
        return registry.open(accountSession);
    }

    boolean isGone(AccountSession accountSession) {
        return registry.account(accountSession) == null;
    }
}
