// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.privacy;

import com.techpro.callclient.engine.internal.net.Nat64;
import com.techpro.callclient.ports.net.DnsAnswer;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.net.Resolver;
import com.techpro.callclient.ports.phonesystem.Policy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
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
 * <p>It makes no difference whether the traffic is encrypted. From any thread: senders of packets only read, without waiting.
 */
public final class EgressGuard {
    private final ConcurrentMap<InetAddress, Integer> hosts = new ConcurrentHashMap<>();
    private final ConcurrentMap<InetSocketAddress, Integer> media = new ConcurrentHashMap<>();
    private final LongAdder refused = new LongAdder();
    // A hand-off: accounts come and go on the signalling loop, logins look names up on workers.
    private final Object lock = new Object();
    private final Map<PermittedHost.Key, PermittedHost> permitted = new HashMap<>();
    private final SocketFactory sockets = new GuardedSockets(this);
    private final Nat64 nat64;

    /** Of a network on which every address is reached as it is. */
    public EgressGuard() {
        this(Nat64.NONE);
    }

    /** @param nat64 where permitted addresses of IPv4 are reached on a network without it */
    public EgressGuard(Nat64 nat64) {
        this.nat64 = nat64;
    }

    /** The network, with everything that leads out of it checked. Its look-ups are too. */
    public Network over(Network network, Executor workers) {
        return new GuardedNetwork(network, this, workers);
    }

    /** Plain TCP sockets for libraries that want them. */
    public SocketFactory sockets() {
        return sockets;
    }

    /** A look-up that asks only for permitted names, and permits what they lead to. */
    public Resolver over(Resolver resolver, Executor workers) {
        return new GuardedResolver(resolver, this, workers);
    }

    /** Permits nothing yet. */
    public EgressGrant newGrant(Policy policy) {
        return new EgressGrant(this, policy);
    }

    /**
     * Permits nothing yet.
     *
     * @param loopback whether the phone system itself is on this machine, so that media may be
     */
    public MediaGrant newMediaGrant(boolean loopback) {
        return new MediaGrant(this, loopback);
    }

    /** How often something was not looked up, not connected to, or not sent. */
    public long refused() {
        return refused.sum();
    }

    /** Hosts' addresses and media addresses permitted now; for leak checks. */
    int permitted() {
        return hosts.size() + media.size();
    }

    /** Whether packets may go there; if not, that is counted. From any thread. */
    public boolean permits(InetSocketAddress to) {
        InetAddress address = to.getAddress();
        if (address != null && (hosts.containsKey(address) || media.containsKey(to) || permitsBehind(address))) {
            return true;
        }
        refused.increment();
        return false;
    }

    /** Whether a host is reached there by way of a translator (RFC 6052). What media is sent there is permitted by itself. */
    private boolean permitsBehind(InetAddress address) {
        InetAddress behind = nat64.behind(address);
        return behind != null && hosts.containsKey(behind);
    }

    boolean permitsName(String name) {
        String canonical = PermittedHost.canonical(name);
        synchronized (lock) {
            for (PermittedHost host : permitted.values()) {
                if (host.covers(canonical)) {
                    return true;
                }
            }
        }
        refused.increment();
        return false;
    }

    /** A permitted name leads there. */
    void learn(String name, DnsAnswer.Records answer) {
        String canonical = PermittedHost.canonical(name);
        synchronized (lock) {
            for (PermittedHost host : permitted.values()) {
                if (host.covers(canonical)) {
                    List<InetAddress> forgotten = new ArrayList<>();
                    host.learn(answer, found -> hosts.merge(found, 1, Integer::sum), forgotten);
                    forgotten.forEach(address -> release(hosts, address));
                }
            }
        }
    }

    void grant(PermittedHost.Key key) {
        synchronized (lock) {
            PermittedHost host = permitted.get(key);
            if (host == null) {
                host = new PermittedHost(key);
                permitted.put(key, host);
                host.addresses().forEach(address -> hosts.merge(address, 1, Integer::sum));
            }
            host.holders++;
        }
    }

    void revoke(PermittedHost.Key key) {
        synchronized (lock) {
            PermittedHost host = permitted.get(key);
            if (host != null && --host.holders == 0) {
                permitted.remove(key);
                host.addresses().forEach(address -> release(hosts, address));
            }
        }
    }

    void grant(InetSocketAddress address) {
        media.merge(address, 1, Integer::sum);
    }

    void revoke(InetSocketAddress address) {
        release(media, address);
    }

    private static <A> void release(ConcurrentMap<A, Integer> counted, A address) {
        counted.computeIfPresent(address, (known, count) -> count == 1 ? null : Integer.valueOf(count - 1));
    }

    /** Says nothing of whom it permits: hosts tell the organisation. */
    @Override
    public String toString() {
        return "EgressGuard[refused=" + refused() + "]";
    }
}
