// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.stack.sip.locate.Locator;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.Hop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The servers of one account's phone system, as last located: its outbound proxies, or the servers
 * of its domain in the order of RFC 3263. Without encryption, requests may arrive from their
 * addresses. For one flow; belongs to the loop.
 */
final class ServerList {
    private final SipAccount account;
    private final Locator locator;
    private final TrustedPeers trusted;
    private Locator.Location.Located location = new Locator.Location.Located(List.of(), 0, Map.of());
    private List<Hop> hops = List.of();
    /** How many of the first hops have the best priority. */
    private int preferred;

    private Set<InetAddress> addresses = Set.of();
    private Map<InetSocketAddress, HostPort> proxyOfAddress = Map.of();

    ServerList(SipAccount account, Locator locator, TrustedPeers trusted) {
        this.account = account;
        this.locator = locator;
        this.trusted = trusted;
    }

    /** Locates the servers again; {@link #use} puts the result to use. */
    Locator.Search locate(Consumer<Locator.Location> located) {
        if (!account.outboundProxies().isEmpty()) {
            ProxyLocation proxies = new ProxyLocation(locator, account, (found, proxyOf) -> {
                proxyOfAddress = proxyOf;
                located.accept(found);
            });
            proxies.start();
            return proxies;
        }
        SipUri domain = SipUri.of("sip", null, account.domain(), account.domainPort());
        return locator.locate(domain, List.of(account.transport()), located);
    }

    void use(Locator.Location.Located found) {
        location = found;
        hops = named(found.hops());
        preferred = found.preferred();
        trusted.remove(addresses);
        Set<InetAddress> now = new HashSet<>();
        hops.forEach(hop -> now.add(hop.address().getAddress()));
        addresses = now;
        trusted.add(addresses);
    }

    /** RFC 5922 §4: the user trusts the domain, and a proxy that the account names. */
    private List<Hop> named(List<Hop> found) {
        if (account.outboundProxy() == null) {
            return found;
        }
        List<Hop> named = new ArrayList<>(found.size());
        found.forEach(hop -> named.add(hop.ofDomain(account.domain())));
        return named;
    }

    /** Stops trusting the servers' addresses. */
    void close() {
        trusted.remove(addresses);
        addresses = Set.of();
    }

    /** Returns what was located, which tells which hops are addresses of one server. */
    Locator.Location.Located location() {
        return location;
    }

    List<Hop> all() {
        return hops;
    }

    /** Returns the hops with the best priority. */
    List<Hop> best() {
        return hops.subList(0, preferred);
    }

    /** Returns the other hops, starting after the one that failed last. */
    List<Hop> alternativesTo(List<Flow> failed) {
        InetSocketAddress last = failed.get(failed.size() - 1).remote();
        int at = 0;
        while (at < hops.size() && !hops.get(at).address().equals(last)) {
            at++;
        }
        List<Hop> others = new ArrayList<>(hops.size());
        for (int i = 1; i <= hops.size(); i++) {
            Hop hop = hops.get((at + i) % hops.size());
            if (failed.stream().noneMatch(flow -> flow.remote().equals(hop.address()))) {
                others.add(hop);
            }
        }
        return others;
    }

    /**
     * Returns whether there is a server other than that of the flow. An address of the other family
     * does not count: it usually belongs to the same server.
     */
    boolean hasOtherThan(Flow open) {
        return hops.stream()
                .anyMatch(hop -> !hop.address().equals(open.remote())
                        && hop.address().getAddress().getClass()
                                == open.remote().getAddress().getClass());
    }

    /**
     * Returns whether the flow leads to one of the best servers. True also for null, and for every
     * flow until servers have been located.
     */
    boolean isBest(@Nullable Flow open) {
        return open == null
                || hops.isEmpty()
                || best().stream().anyMatch(hop -> hop.address().equals(open.remote()));
    }

    /**
     * Returns whether one of the servers is at the flow's far end, as far as an address proves
     * that.
     */
    boolean isAt(Flow from) {
        return TrustedPeers.trustsAddressOf(from, addresses);
    }

    /** Returns the account's proxy to which a flow leads; null if the account has none. */
    @Nullable
    HostPort proxyOf(Flow open) {
        HostPort proxy = proxyOfAddress.get(open.remote());
        return proxy == null ? account.outboundProxy() : proxy;
    }
}
