// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.AccountListener;
import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.internal.call.AccountSession;
import com.techpro.callclient.engine.internal.privacy.EgressGrant;
import com.techpro.callclient.ports.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the engine keeps of an account: its session, who hears of it, and what ends with it. From any thread, except where said. */
final class AccountState {
    private final AccountSession session;
    private final EgressGrant grant;
    private final Listeners<AccountListener> listeners;
    private volatile @Nullable MessagesWaiting messagesWaiting;
    /** On the loop. */
    private final List<Runnable> whenGone = new ArrayList<>();
    /** On the loop. */
    private Consumer<Secret> passwordAccepted = password -> {};

    /** @param grant where its phone system may be reached; closed when the account is gone */
    AccountState(AccountSession session, EgressGrant grant, Listeners<AccountListener> listeners) {
        this.session = session;
        this.grant = grant;
        this.listeners = listeners;
    }

    AccountSession session() {
        return session;
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

    /**
     * On the loop.
     *
     * @param then hears there of each new password of the host's that the registrar has accepted; to be copied
     */
    void whenPasswordAccepted(Consumer<Secret> then) {
        passwordAccepted = then;
    }

    /** The registrar has accepted a new password of the host's. On the loop. */
    void passwordAccepted(Secret password) {
        passwordAccepted.accept(password);
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
}
