// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.AccountListener;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.internal.account.AccountSession;
import java.util.function.BiConsumer;

/**
 * An account that is not removed.
 *
 * @param account the host's handle
 * @param state the engine's state of it
 */
record AccountEntry(Account account, AccountState state) {
    AccountSession session() {
        return state.session();
    }

    /** Notifies the client's listeners and the account's. May be called from any thread. */
    void tell(Listeners<CallClientListener> ofClient, BiConsumer<AccountListener, Account> event) {
        ofClient.tell(listener -> event.accept(listener, account));
        state.listeners().tell(listener -> event.accept(listener, account));
    }
}
