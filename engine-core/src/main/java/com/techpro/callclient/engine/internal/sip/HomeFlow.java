// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip;

import com.techpro.callclient.engine.Failure;
import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.sip.locate.Locator;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import com.techpro.callclient.engine.internal.sip.transport.ConnectionKey;
import com.techpro.callclient.engine.internal.sip.transport.Flow;
import com.techpro.callclient.engine.internal.sip.transport.FlowCallback;
import com.techpro.callclient.engine.internal.sip.transport.Hop;
import com.techpro.callclient.engine.internal.sip.transport.TransportLayer;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The account's way to its phone system: its outbound proxy, or the servers of its domain in the order of RFC 3263, of which the
 * first that can be reached is used until it fails. Located anew each time a flow has to be opened.
 */
final class HomeFlow {
    private final SipAccount account;
    private final EngineLoop loop;
    private final Locator locator;
    private final TransportLayer transport;
    private final ConnectionKey key;
    private final TrustedPeers trusted;
    private final List<FlowCallback> waiting = new ArrayList<>(1);
    private List<Hop> hops = List.of();
    private Set<InetAddress> addresses = Set.of();
    private int tried;
    private boolean opening;
    private boolean closed;
    private @Nullable Flow flow;
    private @Nullable Flow large;
    private boolean largeRefused;
    private @Nullable Failure certificateRefused;

    HomeFlow(
            SipAccount account,
            EngineLoop loop,
            Locator locator,
            TransportLayer transport,
            ConnectionKey key,
            TrustedPeers trusted) {
        this.account = account;
        this.loop = loop;
        this.locator = locator;
        this.transport = transport;
        this.key = key;
        this.trusted = trusted;
    }

    /** The open flow, or null. */
    @Nullable
    Flow current() {
        Flow open = flow;
        return open != null && open.isOpen() ? open : null;
    }

    ConnectionKey key() {
        return key;
    }

    /** Whether requests for the account may come this way. */
    boolean trusts(Flow from) {
        return from == flow || from == large || TrustedPeers.trustsAddressOf(from, addresses);
    }

    /** Hands out the flow, at once if it is open. Failures never come inside the call. */
    void obtain(FlowCallback callback) {
        Flow open = current();
        if (open != null) {
            callback.opened(open);
        } else if (closed) {
            loop.execute(() -> callback.failed(new Failure.Unreachable()));
        } else {
            waiting.add(callback);
            if (!opening) {
                opening = true;
                locate();
            }
        }
    }

    /** Whether a server that did not answer on this flow can be replaced by another (RFC 3263 §4.3). */
    boolean hasAlternativeTo(Flow failed) {
        Flow open = current();
        return !closed && ((open != null && open != failed) || tried + 1 < hops.size());
    }

    /** Hands out a flow to the next server. */
    void obtainAlternativeTo(Flow failed, FlowCallback callback) {
        if (flow == failed) {
            forget(failed);
            tried++;
            waiting.add(callback);
            if (!opening) {
                opening = true;
                connect();
            }
        } else {
            obtain(callback);
        }
    }

    /**
     * A TCP flow to the same server, for a request too large for UDP (RFC 3261 §18.1.1); the UDP flow itself where there is no TCP.
     */
    void obtainForLarge(Flow udp, FlowCallback callback) {
        Flow open = large;
        if (open != null && open.isOpen()) {
            callback.opened(open);
            return;
        }
        if (largeRefused) {
            callback.opened(udp);
            return;
        }
        Hop hop = new Hop(SipTransport.TCP, udp.remote(), account.domain());
        transport.connect(hop, key, new FlowCallback() {
            @Override
            public void opened(Flow tcp) {
                large = tcp;
                trusted.add(tcp);
                callback.opened(tcp);
            }

            @Override
            public void failed(Failure failure) {
                largeRefused = true;
                callback.opened(udp);
            }
        });
    }

    private void locate() {
        Consumer<Locator.Location> located = location -> {
            if (location instanceof Locator.Location.Located found) {
                use(named(found.hops()));
                connect();
            } else if (location instanceof Locator.Location.NotLocated nowhere) {
                giveUp(nowhere.failure());
            }
        };
        HostPort proxy = account.outboundProxy();
        if (proxy != null) {
            locator.locate(proxy, account.transport(), located);
        } else {
            SipUri domain = SipUri.of("sip", null, account.domain(), account.domainPort());
            locator.locate(domain, List.of(account.transport()), located);
        }
    }

    /** RFC 5922 §4: the user trusts the domain, and a proxy that the account itself names. */
    private List<Hop> named(List<Hop> found) {
        if (account.outboundProxy() == null) {
            return found;
        }
        List<Hop> named = new ArrayList<>(found.size());
        found.forEach(hop -> named.add(hop.ofDomain(account.domain())));
        return named;
    }

    private void use(List<Hop> found) {
        hops = found;
        tried = 0;
        largeRefused = false;
        certificateRefused = null;
        trusted.remove(addresses);
        Set<InetAddress> now = new HashSet<>();
        found.forEach(hop -> now.add(hop.address().getAddress()));
        addresses = now;
        trusted.add(addresses);
    }

    private void connect() {
        if (closed) {
            giveUp(new Failure.Unreachable());
            return;
        }
        transport.connect(hops.get(tried), key, new FlowCallback() {
            @Override
            public void opened(Flow opened) {
                use(opened);
            }

            @Override
            public void failed(Failure failure) {
                if (failure instanceof Failure.TlsFailed && certificateRefused == null) {
                    certificateRefused = failure;
                }
                if (tried + 1 < hops.size()) {
                    tried++;
                    connect();
                } else {
                    // That one server refused to prove who it is says more than that another is out of reach.
                    giveUp(certificateRefused != null ? certificateRefused : failure);
                }
            }
        });
    }

    private void use(Flow opened) {
        opening = false;
        if (!closed) {
            Flow before = flow;
            if (before != null) {
                forget(before);
            }
            flow = opened;
            trusted.add(opened);
        }
        for (FlowCallback callback : drain()) {
            callback.opened(opened);
        }
    }

    private void giveUp(Failure failure) {
        opening = false;
        for (FlowCallback callback : drain()) {
            callback.failed(failure);
        }
    }

    private List<FlowCallback> drain() {
        List<FlowCallback> all = new ArrayList<>(waiting);
        waiting.clear();
        return all;
    }

    private void forget(Flow gone) {
        if (flow == gone) {
            flow = null;
            trusted.remove(gone);
        } else if (large == gone) {
            large = null;
            trusted.remove(gone);
        }
    }

    /** @return whether it was the account's own flow */
    boolean flowClosed(Flow gone) {
        boolean own = flow == gone;
        forget(gone);
        return own;
    }

    /** @return the flows that were in use */
    List<Flow> close() {
        closed = true;
        trusted.remove(addresses);
        addresses = Set.of();
        List<Flow> used = new ArrayList<>(2);
        for (Flow own : new Flow[] {flow, large}) {
            if (own != null) {
                used.add(own);
            }
        }
        used.forEach(this::forget);
        return used;
    }
}
