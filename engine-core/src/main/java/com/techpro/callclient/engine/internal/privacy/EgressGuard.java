// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.privacy;

import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.net.Resolver;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.stack.net.Nat64;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import javax.net.SocketFactory;

/**
 * Decides which destinations the engine may talk to (promise S5); the default is to deny. All
 * sockets and DNS queries of the engine and its libraries go through {@link #over} or
 * {@link #sockets}, which ask here before anything is sent.
 *
 * <ul>
 *   <li>A <em>host</em> is permitted while an {@link EgressGrant} names it: an account's domain and
 *       outbound proxy, a login's server. The names and addresses that it resolves to (RFC 3263 §4)
 *       are permitted too, if the grant's policy permits them.
 *   <li>A <em>media address</em> is permitted, with its port, while the {@link MediaGrant} of a
 *       call names it.
 * </ul>
 *
 * <p>It makes no difference whether traffic is encrypted. Usable from any thread; packet senders
 * only read, without waiting. {@link PermittedDestinations} holds what is permitted now.
 */
public final class EgressGuard {
    private final PermittedDestinations destinations;
    private final SocketFactory sockets;

    /** Creates a guard for a network that reaches every address directly. */
    public EgressGuard() {
        this(Nat64.NONE);
    }

    /** @param nat64 maps permitted IPv4 addresses on an IPv6-only network */
    public EgressGuard(Nat64 nat64) {
        this(new PermittedDestinations(nat64));
    }

    EgressGuard(PermittedDestinations destinations) {
        this.destinations = destinations;
        this.sockets = new GuardedSockets(destinations);
    }

    /** Wraps a network and its resolver, so that all outgoing traffic is checked. */
    public Network over(Network network, Executor workers) {
        return new GuardedNetwork(network, destinations, workers);
    }

    /** Returns a factory of plain TCP sockets for libraries. */
    public SocketFactory sockets() {
        return sockets;
    }

    /** Wraps a resolver. It queries only permitted names, and permits what they resolve to. */
    public Resolver over(Resolver resolver, Executor workers) {
        return new GuardedResolver(resolver, destinations, workers);
    }

    /** Returns a grant that permits nothing yet. */
    public EgressGrant newGrant(Policy policy) {
        return new EgressGrant(destinations, policy);
    }

    /**
     * Returns a grant that permits nothing yet.
     *
     * @param loopback whether the phone system is on this machine, so that media may be too
     */
    public MediaGrant newMediaGrant(boolean loopback) {
        return new MediaGrant(destinations, loopback);
    }

    /** Returns how many queries, connections and packets were refused. */
    public long refused() {
        return destinations.refused();
    }

    /** Returns how many host and media addresses are permitted now; for leak checks. */
    int permitted() {
        return destinations.size();
    }

    /** Whether packets may be sent there; if not, the refusal is counted. From any thread. */
    public boolean permits(InetSocketAddress to) {
        return destinations.permits(to);
    }

    /** Omits the permitted hosts, because they reveal the organisation. */
    @Override
    public String toString() {
        return "EgressGuard[refused=" + refused() + "]";
    }
}
