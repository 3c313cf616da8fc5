// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.internal.account.login.GuardedContext;
import com.techpro.callclient.engine.internal.privacy.EgressGrant;
import com.techpro.callclient.engine.internal.privacy.EgressGuard;
import com.techpro.callclient.ports.net.Resolver;

/**
 * The network access of a login: only to hosts that the host's policy permits, and only through the
 * guard.
 */
final class LoginEgress {
    private final ClientContext client;
    private final EgressGuard guard;
    private final Resolver resolver;

    /** @param resolver restricted by the guard */
    LoginEgress(ClientContext client, EgressGuard guard, Resolver resolver) {
        this.client = client;
        this.guard = guard;
        this.resolver = resolver;
    }

    EgressGrant newGrant() {
        return guard.newGrant(client.config().policy());
    }

    GuardedContext newContext(EgressGrant grant) {
        return new GuardedContext(
                grant, guard.sockets(), resolver, client.config().userAgent(), client.loop(), client.networkWorkers());
    }
}
