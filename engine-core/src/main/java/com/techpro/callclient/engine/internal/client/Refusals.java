// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.diagnostics.RefusalReason;
import com.techpro.callclient.engine.diagnostics.RefusedRequest;
import com.techpro.callclient.engine.internal.diagnostics.Diagnostics;
import com.techpro.callclient.engine.internal.sip.RefusalListener;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Tells the host what the engine refuses by itself, as often as it can bear to hear it. On the loop. */
final class Refusals implements RefusalListener {
    private final Diagnostics diagnostics;
    private final CallRegistry registry;
    private final CallClientListener listener;
    private final Executor callbacks;

    Refusals(Diagnostics diagnostics, CallRegistry registry, CallClientListener listener, Executor callbacks) {
        this.diagnostics = diagnostics;
        this.registry = registry;
        this.listener = listener;
        this.callbacks = callbacks;
    }

    @Override
    public void refused(@Nullable SipAccount sipAccount, RefusalReason reason, String method, int status) {
        RefusedRequest refused = diagnostics.refused(reason, method, status);
        if (refused != null) {
            Account account = account(sipAccount);
            callbacks.execute(() -> listener.incomingRefused(account, refused));
        }
    }

    private @Nullable Account account(@Nullable SipAccount wanted) {
        return registry.lines().stream()
                .filter(line -> line.account() == wanted)
                .findFirst()
                .map(registry::account)
                .orElse(null);
    }
}
