// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.call.CallHeader;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.internal.call.AccountSession;
import com.techpro.callclient.engine.internal.call.CallSession;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import java.util.List;

/** Makes the calls that are dialled here, each by an account. From any thread. */
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
     * As the other, with headers that are not the host's but the engine's own.
     *
     * @param remote who is reached at the target, which need not name them
     * @throws IllegalArgumentException if there are headers of the host's
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

    /** Whether the account has a call that is not over. */
    boolean isInCall(AccountSession account) {
        return !registry.open(account).isEmpty();
    }
}
