// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.internal.account.AccountSession;
import com.techpro.callclient.engine.internal.call.CallSession;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The existing accounts and calls, and the host's handles of them, each in the order of creation.
 * Usable from any thread, except where stated.
 */
final class CallRegistry {
    /** Ids are a letter and a number that counts up. */
    private static final Comparator<String> IN_ORDER =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    private final Map<AccountSession, AccountState> accounts =
            new ConcurrentSkipListMap<>(Comparator.comparing(AccountSession::id, IN_ORDER));
    private final Map<CallSession, CallHandle> calls =
            new ConcurrentSkipListMap<>(Comparator.comparing(CallSession::id, IN_ORDER));
    /** Tasks that wait until no account is left; on the loop. */
    private final List<Runnable> whenNoAccounts = new ArrayList<>();

    private final ClientContext client;
    private final Gate gate;

    CallRegistry(ClientContext client, Gate gate) {
        this.client = client;
        this.gate = gate;
    }

    void add(AccountState account) {
        accounts.put(account.session(), account);
    }

    CallHandle add(AccountSession accountSession, CallSession session) {
        CallHandle call = new CallHandle(session, accountSession, client, gate);
        calls.put(session, call);
        return call;
    }

    @Nullable
    AccountState account(AccountSession accountSession) {
        return accounts.get(accountSession);
    }

    /** Returns the host's handle of the account with these settings; null if there is none. */
    @Nullable
    Account account(@Nullable SipAccount settings) {
        return accounts.values().stream()
                .filter(entry -> entry.session().account() == settings)
                .findFirst()
                .map(AccountState::account)
                .orElse(null);
    }

    /** @throws IllegalStateException if the account was removed */
    void requireThere(AccountSession accountSession) {
        if (accountSession.isRemoved() || account(accountSession) == null) {
            throw new IllegalStateException("this account was removed");
        }
    }

    /** @throws IllegalStateException if there is an account with this address of record */
    void requireNew(SipAccount added) {
        for (AccountSession each : accountSessions()) {
            SipAccount there = each.account();
            if (!each.isRemoved()
                    && there.user().equals(added.user())
                    && there.domain().equals(added.domain())
                    && there.domainPort() == added.domainPort()) {
                throw new IllegalStateException("this user has an account here already; remove it or log out first");
            }
        }
    }

    @Nullable
    CallHandle call(CallSession session) {
        return calls.get(session);
    }

    /** Returns the sessions of accounts not removed. */
    Collection<AccountSession> accountSessions() {
        return accounts.keySet();
    }

    /** Returns accounts not removed. */
    Collection<AccountState> states() {
        return accounts.values();
    }

    /** Returns the host's handles of accounts not removed. */
    List<Account> accounts() {
        List<Account> held = new ArrayList<>();
        accounts.values().forEach(entry -> held.add(entry.account()));
        return List.copyOf(held);
    }

    /** Returns the number of calls not yet released. */
    int callCount() {
        return calls.size();
    }

    /**
     * Returns calls that have not ended.
     *
     * @param only null for the calls of all accounts
     */
    List<Call> open(@Nullable AccountSession only) {
        List<Call> open = new ArrayList<>();
        calls.forEach((session, call) -> {
            if ((only == null || only.equals(call.accountSession()))
                    && session.snapshot().ending() == null) {
                open.add(call);
            }
        });
        return open;
    }

    /** Removes a released call. */
    void remove(CallSession session) {
        calls.remove(session);
    }

    /** Removes an account. On the loop. */
    void remove(AccountSession accountSession) {
        AccountState account = accounts.remove(accountSession);
        if (account != null) {
            account.gone();
        }
        if (accounts.isEmpty()) {
            List<Runnable> waiting = List.copyOf(whenNoAccounts);
            whenNoAccounts.clear();
            waiting.forEach(Runnable::run);
        }
    }

    /**
     * Runs the task once there are no accounts, possibly before this method returns. On the loop.
     */
    void whenNoAccounts(Runnable task) {
        if (accounts.isEmpty()) {
            task.run();
        } else {
            whenNoAccounts.add(task);
        }
    }
}
