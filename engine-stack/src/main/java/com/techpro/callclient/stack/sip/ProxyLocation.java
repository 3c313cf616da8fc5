// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.stack.sip.locate.Locator;
import com.techpro.callclient.stack.sip.transport.Hop;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Locates the servers of all outbound proxies of an account, one proxy after the other, in the
 * account's order. Belongs to the loop.
 */
final class ProxyLocation implements Locator.Search {
    private final Locator locator;
    private final SipAccount account;
    private final BiConsumer<Locator.Location, Map<InetSocketAddress, HostPort>> located;
    private final List<Hop> found = new ArrayList<>(2);
    private final Map<InetSocketAddress, HostPort> proxies = new HashMap<>(2);
    private final Map<InetSocketAddress, String> servers = new HashMap<>(0);
    private int preferred;
    private int asked;
    private boolean cancelled;
    private Locator.@Nullable Search current;

    /**
     * @param located called once, with all servers and the proxy of each; with the last failure if
     *     there are none
     */
    ProxyLocation(
            Locator locator,
            SipAccount account,
            BiConsumer<Locator.Location, Map<InetSocketAddress, HostPort>> located) {
        this.locator = locator;
        this.account = account;
        this.located = located;
    }

    @Override
    public void cancel() {
        cancelled = true;
        if (current != null) {
            current.cancel();
        }
    }

    void start() {
        HostPort proxy = account.outboundProxies().get(asked++);
        current = locator.locate(proxy, account.transport(), location -> {
            if (location instanceof Locator.Location.Located here) {
                preferred = found.isEmpty() ? here.preferred() : preferred;
                found.addAll(here.hops());
                here.servers().forEach(servers::putIfAbsent);
                here.hops().forEach(hop -> proxies.putIfAbsent(hop.address(), proxy));
            }
            if (!cancelled && asked < account.outboundProxies().size()) {
                start();
            } else if (found.isEmpty()) {
                located.accept(location, proxies);
            } else {
                located.accept(new Locator.Location.Located(found, preferred, Map.copyOf(servers)), proxies);
            }
        });
    }
}
