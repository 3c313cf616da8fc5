// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.AccountListener;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.internal.account.AccountSession;
import com.techpro.callclient.engine.internal.privacy.EgressGrant;
import com.techpro.callclient.ports.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The engine's state of an account: its session, the host's handle and listeners, and what ends
 * with it. Usable from any thread, except where stated.
 */
final class AccountState {
    private final AccountSession session;
    private final EgressGrant grant;
    private final Listeners<AccountListener> listeners;
    private final Account account;
    private volatile @Nullable MessagesWaiting messagesWaiting;
    /** On the loop. */
    private boolean announced = true;
    /** On the loop. */
    private boolean heldBack;
    /** On the loop. */
    private final List<Runnable> whenGone = new ArrayList<>();
    /** On the loop. */
    private Consumer<Secret> passwordAccepted = password -> {};

    /**
     * @param grant permission to reach its phone system; closed when the account is gone
     * @param handle makes the host's handle
     */
    AccountState(
            AccountSession session,
            EgressGrant grant,
            Listeners<AccountListener> listeners,
            Function<AccountState, Account> handle) {
        this.session = session;
        this.grant = grant;
        this.listeners = listeners;
        this.account = handle.apply(this);
    }

    /** Returns the host's handle. */
    Account account() {
        return account;
    }

    AccountSession session() {
        return session;
    }

    Listeners<AccountListener> listeners() {
        return listeners;
    }

    /** Notifies the client's listeners and the account's. */
    void tell(Listeners<CallClientListener> ofClient, BiConsumer<AccountListener, Account> event) {
        ofClient.tell(listener -> event.accept(listener, account));
        listeners.tell(listener -> event.accept(listener, account));
    }

    /** Returns the phone system's latest message waiting summary, or null. */
    @Nullable
    MessagesWaiting messagesWaiting() {
        return messagesWaiting;
    }

    /** On the loop. */
    void messagesWaiting(MessagesWaiting summary) {
        messagesWaiting = summary;
    }

    /** Holds events back until {@link #announce}: the host does not know the account yet. On the loop. */
    void holdBack() {
        announced = false;
    }

    /** Ends {@link #holdBack}. Returns whether an event was held back. On the loop. */
    boolean announce() {
        announced = true;
        return heldBack;
    }

    /** Whether the host may be told an event; if not, it counts as held back. On the loop. */
    boolean tellsHost() {
        heldBack |= !announced;
        return announced;
    }

    /**
     * Sets the consumer of accepted passwords. On the loop.
     *
     * @param then receives each new password from the host that the registrar has accepted; it must
     *     copy the password
     */
    void whenPasswordAccepted(Consumer<Secret> then) {
        passwordAccepted = then;
    }

    /** Reports that the registrar has accepted a new password from the host. On the loop. */
    void passwordAccepted(Secret password) {
        passwordAccepted.accept(password);
    }

    /** Adds a task that runs when the account is gone. On the loop. */
    void whenGone(Runnable task) {
        whenGone.add(task);
    }

    /** Closes the grant and runs the tasks. On the loop. */
    void gone() {
        grant.close();
        List<Runnable> tasks = List.copyOf(whenGone);
        // The host may keep a removed account. The login's data, such as a mailbox and its
        // password, must not stay with it.
        whenGone.clear();
        passwordAccepted = password -> {};
        tasks.forEach(Runnable::run);
    }
}
