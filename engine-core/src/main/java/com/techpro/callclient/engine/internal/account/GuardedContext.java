// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.account;

import com.techpro.callclient.engine.internal.privacy.EgressGrant;
import com.techpro.callclient.ports.net.Resolver;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.LoginContext;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import javax.net.SocketFactory;

/** A login's way out, through the engine's egress guard: what it allows stays allowed until its grant is closed. */
public final class GuardedContext implements LoginContext {
    private final EgressGrant grant;
    private final SocketFactory sockets;
    private final Resolver resolver;
    private final String userAgent;
    private final Supplier<Instant> clock;

    /** @param resolver guarded, as the sockets are */
    public GuardedContext(
            EgressGrant grant, SocketFactory sockets, Resolver resolver, String userAgent, Supplier<Instant> clock) {
        this.grant = grant;
        this.sockets = sockets;
        this.resolver = resolver;
        this.userAgent = userAgent;
        this.clock = clock;
    }

    @Override
    public SocketFactory sockets() {
        return sockets;
    }

    @Override
    public Resolver resolver() {
        return resolver;
    }

    @Override
    public boolean allow(List<HostPort> hosts) {
        boolean all = true;
        for (HostPort host : hosts) {
            all &= grant.allow(host.host());
        }
        return all;
    }

    @Override
    public String userAgent() {
        return userAgent;
    }

    @Override
    public Instant now() {
        return clock.get();
    }
}
