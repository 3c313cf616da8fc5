// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.diagnostics.RefusedRequest;
import com.techpro.callclient.engine.failure.RefusalReason;
import com.techpro.callclient.engine.internal.diagnostics.Diagnostics;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.stack.sip.RefusalListener;
import org.jspecify.annotations.Nullable;

/**
 * Notifies the host of requests that the engine refuses automatically, at a limited rate. On the
 * loop.
 */
final class Refusals implements RefusalListener {
    private final Diagnostics diagnostics;
    private final CallRegistry registry;
    private final Listeners<CallClientListener> listeners;

    Refusals(Diagnostics diagnostics, CallRegistry registry, Listeners<CallClientListener> listeners) {
        this.diagnostics = diagnostics;
        this.registry = registry;
        this.listeners = listeners;
    }

    @Override
    public void refused(@Nullable SipAccount sipAccount, RefusalReason reason, String method, int status) {
        RefusedRequest refused = diagnostics.refused(reason, method, status);
        if (refused != null) {
            Account account = account(sipAccount);
            listeners.tell(listener -> listener.incomingRefused(account, refused));
        }
    }

    private @Nullable Account account(@Nullable SipAccount wanted) {
        return registry.accountSessions().stream()
                .filter(line -> line.account() == wanted)
                .findFirst()
                .map(registry::account)
                .map(AccountEntry::account)
                .orElse(null);
    }
}
