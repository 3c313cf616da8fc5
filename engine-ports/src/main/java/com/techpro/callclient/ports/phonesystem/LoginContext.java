// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

import com.techpro.callclient.ports.net.Resolver;
import com.techpro.callclient.ports.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.SocketFactory;

/**
 * The means by which a {@link PhoneSystem} reaches its server. Every connection and look-up passes
 * the engine's egress guard (promise S5). It may be used until the login is refused, or until the
 * session of a successful login has logged out. Methods may be called from any thread.
 */
public interface LoginContext {
    /**
     * Returns a factory of plain TCP sockets to {@linkplain #allow allowed} hosts. Other hosts are
     * refused with an {@link java.io.IOException}.
     */
    SocketFactory sockets();

    /** Returns a resolver for allowed hosts and their services; it refuses others. */
    Resolver resolver();

    /**
     * Allows this login to contact hosts. Pass only three kinds: the server that the user named,
     * servers found from the domain of the e-mail address, and hosts named by an authenticated
     * document of the phone system.
     *
     * @return whether the host app's policy permits all of them; those that it does not permit stay
     *     refused
     */
    boolean allow(List<HostPort> hosts);

    /** Returns the value of the {@code User-Agent} header (promise C9). */
    String userAgent();

    /** Returns the wall-clock time, for checking certificates and waiting times. */
    Instant now();

    /**
     * Runs a task on a worker after the delay, never inside the call. The task may block. A session
     * that listens to its phone system and reconnects by itself uses this; it has no other threads
     * or timers.
     */
    Timer later(Duration delay, Runnable task);
}
