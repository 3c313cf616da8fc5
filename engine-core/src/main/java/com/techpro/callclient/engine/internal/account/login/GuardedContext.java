// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.account.login;

import com.techpro.callclient.engine.internal.privacy.EgressGrant;
import com.techpro.callclient.ports.net.Resolver;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.LoginContext;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import javax.net.SocketFactory;

/** A login's way out, through the engine's egress guard: what it allows stays allowed until its grant is closed. */
public final class GuardedContext implements LoginContext {
    private final EgressGrant grant;
    private final SocketFactory sockets;
    private final Resolver resolver;
    private final String userAgent;
    private final EngineLoop loop;
    private final Executor workers;

    /** @param resolver guarded, as the sockets are */
    public GuardedContext(
            EgressGrant grant,
            SocketFactory sockets,
            Resolver resolver,
            String userAgent,
            EngineLoop loop,
            Executor workers) {
        this.grant = grant;
        this.sockets = sockets;
        this.resolver = resolver;
        this.userAgent = userAgent;
        this.loop = loop;
        this.workers = workers;
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
        return loop.now();
    }

    @Override
    public Timer later(Duration delay, Runnable task) {
        return loop.schedule(delay, () -> workers.execute(task));
    }
}
