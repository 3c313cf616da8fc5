// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

import com.techpro.callclient.ports.net.Resolver;
import com.techpro.callclient.ports.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.SocketFactory;

/**
 * What a {@link PhoneSystem} may use to reach its server. Every connection and look-up passes the engine's egress guard (promise S5). It
 * may be used until the login was refused, or until the session of a login that succeeded has logged out. Methods may be called from any
 * thread.
 */
public interface LoginContext {
    /** Plain TCP sockets, only to hosts that were {@linkplain #allow allowed}; others are refused with an {@link java.io.IOException}. */
    SocketFactory sockets();

    /** Looks up allowed hosts and their services; others are refused. */
    Resolver resolver();

    /**
     * Lets this login talk to hosts. For the server the user named, what is found from the e-mail address's domain, and what an
     * authenticated document of the phone system names; nothing else.
     *
     * @return whether the host app's policy permits all of them; those it does not permit stay refused
     */
    boolean allow(List<HostPort> hosts);

    /** What the {@code User-Agent} says (promise C9). */
    String userAgent();

    /** The wall clock: certificates and waiting times are judged by it. */
    Instant now();

    /**
     * Runs a task on a worker once the delay has passed, never inside the call; the task may block. For sessions that listen to their phone
     * system, and connect anew by themselves: they have no other threads and no other timers.
     */
    Timer later(Duration delay, Runnable task);
}
