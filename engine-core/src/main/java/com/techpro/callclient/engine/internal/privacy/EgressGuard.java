// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.privacy;

import com.techpro.callclient.engine.internal.net.Nat64;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.net.Resolver;
import com.techpro.callclient.ports.phonesystem.Policy;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import javax.net.SocketFactory;

/**
 * Decides whom the engine talks to (promise S5), and denies by default. Every socket and every look-up of the engine and of the libraries
 * in it goes through {@link #over} or {@link #sockets}; both ask here before anything leaves.
 *
 * <ul>
 *   <li>A <em>host</em> is permitted while an {@link EgressGrant} names it: an account's domain and outbound proxy, a login's server. So
 *       are the names and addresses that looking it up leads to (RFC 3263 §4), as far as the grant's policy permits them.
 *   <li>A <em>media address</em> is permitted, with its port, while the {@link MediaGrant} of a call names it.
 * </ul>
 *
 * <p>It makes no difference whether the traffic is encrypted. From any thread: senders of packets only read, without waiting. What is
 * permitted now is in {@link PermittedDestinations}, which whatever leads out of the engine asks.
 */
public final class EgressGuard {
    private final PermittedDestinations destinations;
    private final SocketFactory sockets;

    /** Of a network on which every address is reached as it is. */
    public EgressGuard() {
        this(Nat64.NONE);
    }

    /** @param nat64 where permitted addresses of IPv4 are reached on a network without it */
    public EgressGuard(Nat64 nat64) {
        this(new PermittedDestinations(nat64));
    }

    EgressGuard(PermittedDestinations destinations) {
        this.destinations = destinations;
        this.sockets = new GuardedSockets(destinations);
    }

    /** The network, with everything that leads out of it checked. Its look-ups are too. */
    public Network over(Network network, Executor workers) {
        return new GuardedNetwork(network, destinations, workers);
    }

    /** Plain TCP sockets for libraries that want them. */
    public SocketFactory sockets() {
        return sockets;
    }

    /** A look-up that asks only for permitted names, and permits what they lead to. */
    public Resolver over(Resolver resolver, Executor workers) {
        return new GuardedResolver(resolver, destinations, workers);
    }

    /** Permits nothing yet. */
    public EgressGrant newGrant(Policy policy) {
        return new EgressGrant(destinations, policy);
    }

    /**
     * Permits nothing yet.
     *
     * @param loopback whether the phone system itself is on this machine, so that media may be
     */
    public MediaGrant newMediaGrant(boolean loopback) {
        return new MediaGrant(destinations, loopback);
    }

    /** How often something was not looked up, not connected to, or not sent. */
    public long refused() {
        return destinations.refused();
    }

    /** Hosts' addresses and media addresses permitted now; for leak checks. */
    int permitted() {
        return destinations.size();
    }

    /** Whether packets may go there; if not, that is counted. From any thread. */
    public boolean permits(InetSocketAddress to) {
        return destinations.permits(to);
    }

    /** Says nothing of whom it permits: hosts tell the organisation. */
    @Override
    public String toString() {
        return "EgressGuard[refused=" + refused() + "]";
    }
}
