// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.AccountListener;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.ConferenceOptions;
import com.techpro.callclient.engine.internal.account.Tightening;
import com.techpro.callclient.engine.internal.call.CallObserver;
import com.techpro.callclient.engine.internal.call.CallSession;
import com.techpro.callclient.engine.internal.call.Line;
import com.techpro.callclient.engine.internal.call.Station;
import com.techpro.callclient.engine.internal.privacy.EgressGrant;
import com.techpro.callclient.engine.internal.registration.RegistrationContext;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Makes accounts, each with the way out that its phone system needs, and makes their calls. From any thread. */
final class Accounts {
    private final ClientContext client;
    private final Gate gate;
    private final CallRegistry registry;
    private final Station station;
    private final RegistrationContext registrations;
    private final CallObserver events;
    private final CurrentState state;
    private final ConferenceSide conferences;
    private final AtomicLong accountNumber = new AtomicLong();
    private final AtomicLong callNumber = new AtomicLong();

    Accounts(
            ClientContext client,
            Gate gate,
            CallRegistry registry,
            Station station,
            RegistrationContext registrations,
            CallObserver events,
            CurrentState state,
            ConferenceSide conferences) {
        this.client = client;
        this.gate = gate;
        this.registry = registry;
        this.station = station;
        this.registrations = registrations;
        this.events = events;
        this.state = state;
        this.conferences = conferences;
    }

    /** What the host's policy forbids, the account does not use. */
    AccountHandle add(SipAccount account) {
        Policy policy = client.config().policy();
        AccountHandle added = add(Tightening.of(account, policy), policy);
        client.loop().execute(added.line()::start);
        return added;
    }

    /** It can be called from at once, and registers when its line is started. */
    AccountHandle add(SipAccount account, Policy policy) {
        gate.requireOpen();
        Line line = new Line(
                station,
                registrations,
                "a" + accountNumber.incrementAndGet(),
                account,
                events,
                () -> "c" + callNumber.incrementAndGet());
        EgressGrant grant = station.egress().newGrant(policy);
        grant.allow(account);
        AccountHandle added = new AccountHandle(line, this, grant, new Listeners<>(client.loop(), client.callbacks()));
        registry.add(line, added);
        client.loop().execute(line::open);
        return added;
    }

    CallHandle dial(Line line, String target, CallOptions options) {
        gate.requireOpen();
        if (isGone(line)) {
            throw new IllegalStateException("this account was removed");
        }
        gate.requireUnlocked();
        CallSession session = line.newCall(target, options);
        CallHandle call = registry.add(line, session);
        client.loop().execute(() -> events.dialled(line, session));
        line.place(session);
        return call;
    }

    Conference join(AccountHandle account, String target, ConferenceOptions options) {
        gate.requireUsable();
        return conferences.join(account, target, options);
    }

    /** @throws IllegalStateException if the account was removed or the client closed */
    void onLoop(Line line, Runnable task) {
        gate.requireOpen();
        if (isGone(line)) {
            throw new IllegalStateException("this account was removed");
        }
        client.loop().execute(task);
    }

    void addListener(AccountHandle account, AccountListener listener) {
        gate.requireOpen();
        account.listeners().add(listener, () -> state.of(account));
    }

    void remove(Line line) {
        gate.requireOpen();
        line.remove();
    }

    List<Call> calls(Line line) {
        return registry.open(line);
    }

    boolean isGone(Line line) {
        return registry.account(line) == null;
    }
}
