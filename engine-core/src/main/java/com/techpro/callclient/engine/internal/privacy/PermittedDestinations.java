// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.privacy;

import com.techpro.callclient.ports.net.DnsAnswer;
import com.techpro.callclient.stack.net.Nat64;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The hosts and media addresses permitted now, each counted by the grants that name it; see
 * {@link EgressGuard}. Usable from any thread; packet senders only read, without waiting.
 */
final class PermittedDestinations {
    private final ConcurrentMap<InetAddress, Integer> hosts = new ConcurrentHashMap<>();
    private final ConcurrentMap<InetSocketAddress, Integer> media = new ConcurrentHashMap<>();
    private final LongAdder refused = new LongAdder();
    // A hand-off: accounts change on the signalling loop, logins resolve names on workers.
    private final Object lock = new Object();
    private final Map<PermittedHost.Key, PermittedHost> permitted = new HashMap<>();
    private final Nat64 nat64;

    /** @param nat64 maps permitted IPv4 addresses on an IPv6-only network */
    PermittedDestinations(Nat64 nat64) {
        this.nat64 = nat64;
    }

    /** Returns how many queries, connections and packets were refused. */
    long refused() {
        return refused.sum();
    }

    /** Returns the number of host and media addresses. */
    int size() {
        return hosts.size() + media.size();
    }

    /** Whether packets may be sent there; if not, the refusal is counted. From any thread. */
    boolean permits(InetSocketAddress to) {
        InetAddress address = to.getAddress();
        if (address != null && (hosts.containsKey(address) || media.containsKey(to) || permitsBehind(address))) {
            return true;
        }
        refused.increment();
        return false;
    }

    /**
     * Whether the address reaches a permitted host through a translator (RFC 6052). Media behind
     * one is granted by its mapped address.
     */
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

    /** Permits what a permitted name resolves to. */
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

    /** Omits the permitted hosts, because they reveal the organisation. */
    @Override
    public String toString() {
        return "PermittedDestinations[refused=" + refused() + "]";
    }
}
