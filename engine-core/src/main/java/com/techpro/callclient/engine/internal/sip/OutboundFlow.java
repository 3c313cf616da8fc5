// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip;

import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.sip.dialog.Dialog;
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
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The account's flow to its phone system (RFC 5626 §2), and everything that belongs to it: the server it leads to, keeping it open, and
 * from where requests for the account may come. It leads to the outbound proxy, or to the servers of the domain in the order of RFC 3263, of
 * which the first that can be reached is used; they are located anew each time the flow has to be opened.
 *
 * <p>A request that a server does not answer may try another one. The account moves there by registering there, and not before: until then
 * it is reached on the flow that it registered over, whatever became of a request.
 */
final class OutboundFlow {
    private final SipAccount account;
    private final EngineLoop loop;
    private final Locator locator;
    private final TransportLayer transport;
    private final ConnectionKey key;
    private final TrustedPeers trusted;
    private final KeepAlive keepAlives;
    private final List<FlowCallback> waiting = new ArrayList<>(1);
    private final HappyEyeballs eyeballs;
    private final CaptivePortalCheck portal;
    private final IdleLimit idle;
    private Locator.Location.Located location = new Locator.Location.Located(List.of(), 0, Map.of());
    private List<Hop> hops = List.of();
    /** How many of the first hops are as good as the first. */
    private int preferred;

    private final ReturnPause pause;
    /** The account's other flow, whose server is left to it; null where there is one flow. */
    private @Nullable OutboundFlow other;

    private Set<InetAddress> addresses = Set.of();
    private Map<InetSocketAddress, HostPort> proxyOfAddress = Map.of();
    private boolean opening;
    private boolean closed;
    /** Those that are under way, or were last. */
    private Locator.@Nullable Search search;

    private Locator.@Nullable Search searchForBetter;
    private @Nullable Flow flow;
    private @Nullable Flow large;
    private boolean largeRefused;
    /** On the network before the last change. */
    private List<Flow> left = List.of();

    private @Nullable Flow keptAlive;
    private Duration keptEvery = Duration.ZERO;
    private boolean pongsPromised;
    private LivenessProbe.@Nullable Requests keptFor;

    /** The flow itself, that for large requests, and flows that were registered over before: each until it closes. */
    private final List<Flow> own = new ArrayList<>(1);
    /** Opened for requests that the flow's server did not answer. */
    private final List<Flow> alternatives = new ArrayList<>(0);
    /** Opened for dialogs whose route leads elsewhere. */
    private final List<Flow> elsewhere = new ArrayList<>(0);

    OutboundFlow(
            SipAccount account,
            EngineLoop loop,
            Locator locator,
            TransportLayer transport,
            ConnectionKey key,
            TrustedPeers trusted,
            KeepAlive keepAlives,
            CaptivePortalCheck portal) {
        this.account = account;
        this.loop = loop;
        this.locator = locator;
        this.transport = transport;
        this.key = key;
        this.trusted = trusted;
        this.keepAlives = keepAlives;
        this.portal = portal;
        this.eyeballs = new HappyEyeballs(loop, transport, key);
        this.idle = new IdleLimit(loop::nanoTime);
        this.pause = new ReturnPause(loop::nanoTime);
    }

    /** The account has two flows, each to a server of its own (RFC 5626 §4.2). */
    void pairWith(OutboundFlow second) {
        other = second;
        second.other = this;
    }

    /**
     * Whether the phone system has a server beside the one that this flow leads to. An address of the other family is mostly another address of the
     * same one.
     */
    boolean hasSecondServer() {
        Flow open = current();
        return open != null
                && hops.stream()
                        .anyMatch(hop -> !hop.address().equals(open.remote())
                                && hop.address().getAddress().getClass()
                                        == open.remote().getAddress().getClass());
    }

    /** Those that are not the other flow's. */
    private List<Hop> withoutOther(List<Hop> way) {
        Flow taken = other == null ? null : other.current();
        if (taken == null) {
            return way;
        }
        List<Hop> left = new ArrayList<>(way);
        left.removeIf(hop -> hop.address().equals(taken.remote()));
        return left;
    }

    /** The open flow, or null. */
    @Nullable
    Flow current() {
        Flow open = flow;
        return open != null && open.isOpen() ? open : null;
    }

    /** Whether requests for the account may come this way. */
    boolean trusts(Flow from) {
        return own.contains(from) || TrustedPeers.trustsAddressOf(from, addresses);
    }

    /**
     * Whether requests within the account's dialog may come this way: from the phone system, over a flow that the account opened itself, or,
     * where nothing is verified anyway, from the address that the other side named when the dialog was made, for without Record-Route its
     * requests come from there.
     */
    boolean trustsWithin(Dialog dialog, Flow from) {
        return trusts(from)
                || uses(from)
                || isNamedBy(dialog.nextHop(), from)
                || isNamedBy(dialog.remoteTarget(), from);
    }

    /** A TLS peer is known by its certificate; an address proves nothing there. */
    private boolean isNamedBy(SipUri uri, Flow from) {
        return !from.transport().isEncrypted() && locator.names(uri, from.remote());
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

    /** Whether servers that did not answer on these flows can be replaced by another (RFC 3263 §4.3). */
    boolean hasAlternativeTo(List<Flow> failed) {
        return !closed
                && (isAlternative(current(), failed) || !alternativesTo(failed).isEmpty());
    }

    /** Hands out a flow to the next server. It is not the account's before the account has {@linkplain #registered registered} over it. */
    void obtainAlternativeTo(List<Flow> failed, FlowCallback callback) {
        Flow open = current();
        if (open != null && isAlternative(open, failed)) {
            callback.opened(open);
            return;
        }
        openAlternative(alternativesTo(failed), callback);
    }

    private static boolean isAlternative(@Nullable Flow open, List<Flow> failed) {
        return open != null && failed.stream().noneMatch(flow -> flow.remote().equals(open.remote()));
    }

    /** The other servers, beginning behind the one that failed last. */
    private List<Hop> alternativesTo(List<Flow> failed) {
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
        return withoutOther(others);
    }

    /**
     * Where the account is reached by whoever gets a request on this flow: on the flow that it registered over, be the request too large for
     * it or its dialog's route another one; but a server that stands in for another knows nothing of that flow.
     */
    Flow reachedOn(Flow sending) {
        Flow open = current();
        return open == null || alternatives.contains(sending) ? sending : open;
    }

    /** Hands out a flow that a dialog needs, whose route leads elsewhere. It is the account's to end. */
    void obtainElsewhere(Locator.Location.Located found, FlowCallback callback) {
        eyeballs.connect(found.hops(), found, new FlowCallback() {
            @Override
            public void opened(Flow opened) {
                if (!closed && !own.contains(opened) && !alternatives.contains(opened)) {
                    keep(elsewhere, opened);
                }
                callback.opened(opened);
            }

            @Override
            public void failed(Failure failure) {
                callback.failed(failure);
            }
        });
    }

    private static void keep(List<Flow> flows, Flow opened) {
        if (!flows.contains(opened)) {
            flows.add(opened);
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
                if (!closed) {
                    large = tcp;
                    trust(tcp);
                }
                callback.opened(tcp);
            }

            @Override
            public void failed(Failure failure) {
                largeRefused = true;
                callback.opened(udp);
            }
        });
    }

    /** Whether the account is at a server that only stands in for a better one, and has been there long enough to ask that again. */
    boolean mayReturn() {
        return current() != null
                && !isPreferred(current())
                && (other == null || other.current() == null)
                && pause.isOver();
    }

    /** Whether it leads to one of the best servers. */
    boolean isPreferred() {
        return isPreferred(current());
    }

    /** Whether the account is registered over it. */
    boolean isRegistered() {
        return keptAlive != null && keptAlive == current();
    }

    private boolean isPreferred(@Nullable Flow open) {
        return open == null
                || hops.isEmpty()
                || hops.subList(0, preferred).stream()
                        .anyMatch(hop -> hop.address().equals(open.remote()));
    }

    /**
     * Hands out a flow to one of the best servers, located anew: the account's own flow if it leads there. The account moves there when it has
     * {@linkplain #registered registered} over it.
     */
    void obtainPreferred(FlowCallback callback) {
        pause.asked();
        searchForBetter = locate(result -> {
            if (closed || !(result instanceof Locator.Location.Located found)) {
                callback.failed(new Failure.Unreachable());
                return;
            }
            use(found);
            Flow open = current();
            if (open != null && isPreferred(open)) {
                callback.opened(open);
                return;
            }
            openAlternative(hops.subList(0, preferred), callback);
        });
    }

    /** The account's only once it has {@linkplain #registered registered} over it. */
    private void openAlternative(List<Hop> way, FlowCallback callback) {
        eyeballs.connect(way, location, new FlowCallback() {
            @Override
            public void opened(Flow opened) {
                portal.opened(opened);
                if (!closed && !own.contains(opened)) {
                    keep(alternatives, opened);
                }
                callback.opened(opened);
            }

            @Override
            public void failed(Failure failure) {
                callback.failed(portal.meaning(failure));
            }
        });
    }

    private void locate() {
        search = locate(result -> {
            if (result instanceof Locator.Location.Located found) {
                use(found);
                eyeballs.connect(withoutOther(hops), location, new Opening());
            } else if (result instanceof Locator.Location.NotLocated nowhere) {
                giveUp(nowhere.failure());
            }
        });
    }

    private Locator.Search locate(Consumer<Locator.Location> located) {
        if (!account.outboundProxies().isEmpty()) {
            ProxyLocation proxies = new ProxyLocation(locator, account, (location, proxyOf) -> {
                proxyOfAddress = proxyOf;
                located.accept(location);
            });
            proxies.start();
            return proxies;
        }
        SipUri domain = SipUri.of("sip", null, account.domain(), account.domainPort());
        return locator.locate(domain, List.of(account.transport()), located);
    }

    /** Which of the account's proxies a flow leads to; null where the account has none. */
    @Nullable
    HostPort proxyOf(Flow open) {
        HostPort proxy = proxyOfAddress.get(open.remote());
        return proxy == null ? account.outboundProxy() : proxy;
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

    private void use(Locator.Location.Located found) {
        location = found;
        hops = named(found.hops());
        preferred = found.preferred();
        largeRefused = false;
        trusted.remove(addresses);
        Set<InetAddress> now = new HashSet<>();
        hops.forEach(hop -> now.add(hop.address().getAddress()));
        addresses = now;
        trusted.add(addresses);
    }

    /** Opens the account's flow for all who wait for it. */
    private final class Opening implements FlowCallback {
        @Override
        public void opened(Flow opened) {
            opening = false;
            portal.opened(opened);
            if (!closed && current() == null) {
                flow = opened;
                trust(opened);
            }
            Flow open = current();
            for (FlowCallback callback : drain()) {
                callback.opened(open == null ? opened : open);
            }
        }

        @Override
        public void failed(Failure failure) {
            giveUp(portal.meaning(failure));
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

    /**
     * The account is registered over this flow: from now on it is the account's, and kept open (RFC 5626 §4.4). One that was so before is not
     * kept open any longer; what comes on it is still from the phone system.
     *
     * @param wanted at most how long it may be idle
     * @param answered whether the server said that it answers pings
     * @param asking finds out otherwise whether the server is still there
     */
    void registered(Flow over, Duration wanted, boolean answered, LivenessProbe.Requests asking) {
        if (closed || !over.isOpen()) {
            return;
        }
        Flow before = flow;
        if (before != null && before != over && before != keptAlive) {
            distrust(before);
            keep(alternatives, before);
        }
        pause.arrived(isPreferred(over));
        flow = over;
        alternatives.remove(over);
        elsewhere.remove(over);
        trust(over);
        Duration interval = idle.within(wanted);
        if (keptAlive != over) {
            idle.opened();
        }
        if (keptAlive != over || !keptEvery.equals(interval) || pongsPromised != answered) {
            letIdle();
            keptAlive = over;
            keptEvery = interval;
            pongsPromised = answered;
            keptFor = asking;
            keepAlives.add(over, interval, answered, asking);
        }
    }

    /** The account took its registration back: the flow may close. */
    void unregistered() {
        letIdle();
    }

    private void letIdle() {
        if (keptAlive != null && keptFor != null) {
            keepAlives.remove(keptAlive, keptFor);
        }
        keptAlive = null;
    }

    private void trust(Flow opened) {
        if (!own.contains(opened)) {
            own.add(opened);
            trusted.add(opened);
        }
    }

    private void distrust(Flow gone) {
        if (own.remove(gone)) {
            trusted.remove(gone);
        }
    }

    /** @return whether it was the account's own flow */
    boolean closed(Flow gone) {
        boolean current = flow == gone;
        if (current) {
            flow = null;
        }
        if (large == gone) {
            large = null;
        }
        if (keptAlive == gone) {
            keptAlive = null;
            keepAlives.forget(gone);
            if (!closed && !hasLeft(gone)) {
                idle.lost(keptEvery);
            }
        }
        distrust(gone);
        alternatives.remove(gone);
        elsewhere.remove(gone);
        return current;
    }

    boolean uses(Flow open) {
        return own.contains(open) || alternatives.contains(open) || elsewhere.contains(open);
    }

    /** The network that it leads over is gone; whoever waits for it hears that it failed. */
    void networkChanged() {
        portal.networkChanged();
        eyeballs.networkChanged();
        idle.networkChanged();
        networkLost();
        left.forEach(transport::close);
    }

    /** There is no network: what is lost from now on is lost because of that. */
    void networkLost() {
        List<Flow> open = new ArrayList<>(2);
        for (Flow each : new Flow[] {current(), large}) {
            if (each != null && each.isOpen()) {
                open.add(each);
            }
        }
        left = open;
    }

    /** Whether it was open when the device left its network. */
    boolean hasLeft(Flow gone) {
        return left.contains(gone);
    }

    /** Whoever waits for a server that is still to be found hears that there is none. */
    void stopSearching() {
        if (search != null) {
            search.cancel();
        }
        if (searchForBetter != null) {
            searchForBetter.cancel();
        }
    }

    /** @return the flows that were in use */
    List<Flow> close() {
        closed = true;
        eyeballs.close();
        stopSearching();
        letIdle();
        trusted.remove(addresses);
        addresses = Set.of();
        List<Flow> used = new ArrayList<>(own);
        used.addAll(alternatives);
        used.addAll(elsewhere);
        used.forEach(this::closed);
        return used;
    }
}
