// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.AccountListener;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.internal.call.AccountSession;
import java.util.function.BiConsumer;

/**
 * An account that was not removed.
 *
 * @param account what the host holds of it
 * @param state what the engine keeps of it
 */
record AccountEntry(Account account, AccountState state) {
    AccountSession session() {
        return state.session();
    }

    /** Tells the listeners of the client, and those of the account. From any thread. */
    void tell(Listeners<CallClientListener> ofClient, BiConsumer<AccountListener, Account> event) {
        ofClient.tell(listener -> event.accept(listener, account));
        state.listeners().tell(listener -> event.accept(listener, account));
    }
}
