// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.call.CallHeader;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.internal.account.AccountSession;
import com.techpro.callclient.engine.internal.call.CallSession;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.util.List;

/** Dials calls from accounts. Usable from any thread. */
final class OutgoingCalls {
    private final Gate gate;
    private final CallRegistry registry;

    OutgoingCalls(Gate gate, CallRegistry registry) {
        this.gate = gate;
        this.registry = registry;
    }

    CallHandle dial(AccountSession account, String target, CallOptions options) {
        gate.requireOpen();
        registry.requireThere(account);
        gate.requireUnlocked();
        return place(account, account.newCall(target, options));
    }

    /**
     * As {@link #dial(AccountSession, String, CallOptions)}, with the engine's own headers.
     *
     * @param remote the party at the target, which the target need not name
     * @throws IllegalArgumentException if the options have headers
     */
    CallHandle dial(
            AccountSession account,
            SipUri target,
            PartyIdentity remote,
            List<CallHeader> headers,
            CallOptions options) {
        gate.requireUsable();
        if (!options.headers().isEmpty()) {
            throw new IllegalArgumentException("headers go with calls that are dialled");
        }
        return place(account, account.newCall(target, remote, options.withHeaders(headers)));
    }

    private CallHandle place(AccountSession account, CallSession session) {
        CallHandle call = registry.add(account, session);
        account.place(session);
        return call;
    }

    /** Whether the account has a call that has not ended. */
    boolean isInCall(AccountSession account) {
        return !registry.open(account).isEmpty();
    }
}
