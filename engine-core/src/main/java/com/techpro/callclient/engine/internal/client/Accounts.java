// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.internal.account.RegistrationContext;
import com.techpro.callclient.engine.internal.account.login.PolicyTightening;
import com.techpro.callclient.engine.internal.call.AccountSession;
import com.techpro.callclient.engine.internal.call.CallContext;
import com.techpro.callclient.engine.internal.call.CallObserver;
import com.techpro.callclient.engine.internal.privacy.EgressGrant;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import java.util.concurrent.atomic.AtomicLong;

/** Makes accounts, each with the way out that its phone system needs. From any thread. */
final class Accounts {
    private final AccountServices services;
    private final CallContext callContext;
    private final RegistrationContext registrations;
    private final CallObserver events;
    private final AtomicLong accountNumber = new AtomicLong();
    private final AtomicLong callNumber = new AtomicLong();

    /**
     * @param services what the host asks of an account goes to them
     * @param events hears of all that happens to accounts and their calls
     */
    Accounts(
            AccountServices services, CallContext callContext, RegistrationContext registrations, CallObserver events) {
        this.services = services;
        this.callContext = callContext;
        this.registrations = registrations;
        this.events = events;
    }

    /** What the host's policy forbids, the account does not use. */
    Account add(SipAccount account) {
        ClientContext client = services.client();
        Policy policy = client.config().policy();
        AccountEntry added = add(PolicyTightening.of(account, policy), policy);
        client.loop().execute(added.session()::start);
        return added.account();
    }

    /** It can be called from at once, and registers when its session is started. */
    AccountEntry add(SipAccount account, Policy policy) {
        services.gate().requireOpen();
        AccountSession session = new AccountSession(
                callContext,
                registrations,
                "a" + accountNumber.incrementAndGet(),
                account,
                events,
                () -> "c" + callNumber.incrementAndGet());
        EgressGrant grant = callContext.egress().newGrant(policy);
        grant.allow(account);
        ClientContext client = services.client();
        AccountState state = new AccountState(session, grant, new Listeners<>(client.loop(), client.callbacks()));
        AccountEntry added = new AccountEntry(new AccountHandle(state, services), state);
        services.registry().add(added);
        client.loop().execute(session::open);
        return added;
    }
}
