// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.internal.account.AccountEvent;
import com.techpro.callclient.engine.internal.account.AccountSession;
import com.techpro.callclient.engine.internal.account.RegistrationContext;
import com.techpro.callclient.engine.internal.call.context.CallContext;
import com.techpro.callclient.engine.internal.privacy.EgressGrant;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Creates accounts, each with permission to reach its phone system. Usable from any thread. */
final class AccountFactory {
    private final AccountServices services;
    private final CallContext callContext;
    private final RegistrationContext registrations;
    private final Consumer<AccountEvent> events;
    private final AtomicLong accountNumber = new AtomicLong();
    private final AtomicLong callNumber = new AtomicLong();

    /**
     * @param services the services that account handles delegate to
     * @param events receives all events of accounts and their calls
     */
    AccountFactory(
            AccountServices services,
            CallContext callContext,
            RegistrationContext registrations,
            Consumer<AccountEvent> events) {
        this.services = services;
        this.callContext = callContext;
        this.registrations = registrations;
        this.events = events;
    }

    /** Adds an account of the host. It does not use what the host's policy forbids. */
    Account add(SipAccount account) {
        services.gate().requireOpen();
        services.registry().requireNew(account);
        ClientContext client = services.client();
        Policy policy = client.config().policy();
        AccountState added = add(policy.applyTo(account), policy);
        client.loop().execute(added.session()::start);
        return added.account();
    }

    /** Tells the host of the account what was held back. On the loop. */
    void announce(AccountState added) {
        if (added.announce()) {
            CurrentState.account(added)
                    .forEach(event ->
                            added.tell(services.client().listeners(), (listener, account) -> event.accept(listener)));
        }
    }

    /** Adds an account. Calls can be made at once; it registers when its session is started. */
    AccountState add(SipAccount account, Policy policy) {
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
        AccountState added = new AccountState(
                session,
                grant,
                new Listeners<>(client.loop(), client.callbacks()),
                state -> new AccountHandle(state, services));
        services.registry().add(added);
        client.loop().execute(session::open);
        return added;
    }
}
