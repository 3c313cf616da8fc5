// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.dialog.Dialog;
import com.techpro.callclient.stack.sip.locate.Locator;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transport.ConnectionKey;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.FlowCallback;
import com.techpro.callclient.stack.sip.transport.Hop;
import com.techpro.callclient.stack.sip.transport.TransportLayer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account's flow to its phone system (RFC 5626 §2). It connects to the first reachable server of
 * its {@link ServerList}, located anew at each opening, and keeps the flow open. It also decides
 * which sources may send the account requests.
 *
 * <p>A request that a server does not answer may go to another server. The account moves there only
 * by registering there. Until then it is reached on the flow over which it is registered, whatever
 * happens to a request.
 */
final class OutboundFlow {
    private final EngineLoop loop;
    private final Locator locator;
    private final TransportLayer transport;
    private final OpenFlows flows;
    private final LargeRequestFlow large;
    private final ServerList servers;
    private final FlowKeepAlive keepAlive;
    private final List<FlowCallback> waiting = new ArrayList<>(1);
    private final HappyEyeballs eyeballs;
    private final CaptivePortalCheck portal;
    private final ReturnPause pause;
    /** All flows of the account, including this one (RFC 5626 §4.2). */
    private final List<OutboundFlow> ofAccount;

    private boolean opening;
    private boolean closed;
    /** The current or last search for servers. */
    private Locator.@Nullable Search search;

    private Locator.@Nullable Search searchForBetter;
    private @Nullable Flow flow;

    OutboundFlow(
            SipAccount account,
            EngineLoop loop,
            Locator locator,
            TransportLayer transport,
            ConnectionKey key,
            TrustedPeers trusted,
            KeepAlive keepAlives,
            CaptivePortalCheck portal,
            List<OutboundFlow> ofAccount) {
        this.loop = loop;
        this.locator = locator;
        this.transport = transport;
        this.flows = new OpenFlows(trusted);
        this.large = new LargeRequestFlow(account, loop, transport, key, flows);
        this.servers = new ServerList(account, locator, trusted);
        this.keepAlive = new FlowKeepAlive(keepAlives, loop::nanoTime);
        this.portal = portal;
        this.ofAccount = ofAccount;
        this.eyeballs = new HappyEyeballs(loop, transport, key);
        this.pause = new ReturnPause(loop::nanoTime);
    }

    /** Returns whether the phone system has a server other than that of this flow. */
    boolean hasAnotherServer() {
        Flow open = current();
        return open != null && servers.hasOtherThan(open);
    }

    /** Returns the hops to which no other flow of the account leads. */
    private List<Hop> withoutTaken(List<Hop> way) {
        List<Hop> left = new ArrayList<>(way);
        for (OutboundFlow each : ofAccount) {
            Flow taken = each == this ? null : each.current();
            if (taken != null) {
                left.removeIf(hop -> hop.address().equals(taken.remote()));
            }
        }
        return left;
    }

    /** Returns the open flow, or null. */
    @Nullable
    Flow current() {
        Flow open = flow;
        return open != null && open.isOpen() ? open : null;
    }

    /** Returns whether requests for the account may arrive on this flow. */
    boolean trusts(Flow from) {
        return flows.isOwn(from) || servers.isAt(from);
    }

    /**
     * Returns whether requests within the account's dialog may arrive on this flow: from the phone
     * system, or over a flow that the account opened. Without encryption also from the dialog's
     * next hop or remote target: without Record-Route, the other side sends its requests from
     * there.
     */
    boolean trustsWithin(Dialog dialog, Flow from) {
        return trusts(from)
                || uses(from)
                || isNamedBy(dialog.nextHop(), from)
                || isNamedBy(dialog.remoteTarget(), from);
    }

    /** A TLS peer is identified by its certificate; its address proves nothing. */
    private boolean isNamedBy(SipUri uri, Flow from) {
        return !from.transport().isEncrypted() && locator.names(uri, from.remote());
    }

    /** Provides the account's own flow, at once if it is open. Failures never come inside the call. */
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

    /** Returns whether another server can replace those of these flows (RFC 3263 §4.3). */
    boolean hasAlternativeTo(List<Flow> failed) {
        return !closed
                && (isAlternative(current(), failed) || !alternativesTo(failed).isEmpty());
    }

    /** Provides a flow to the next server for a request that failed on these (RFC 3263 §4.3). */
    void obtainAlternativeTo(List<Flow> failed, FlowCallback callback) {
        Flow open = current();
        if (open != null && isAlternative(open, failed)) {
            callback.opened(open);
        } else {
            openAlternative(alternativesTo(failed), callback);
        }
    }

    private static boolean isAlternative(@Nullable Flow open, List<Flow> failed) {
        return open != null && failed.stream().noneMatch(flow -> flow.remote().equals(open.remote()));
    }

    private List<Hop> alternativesTo(List<Flow> failed) {
        return withoutTaken(servers.alternativesTo(failed));
    }

    /**
     * Returns the flow on which the receiver of a request on {@code sending} reaches the account.
     * This is the registered flow, even if a large request or a dialog's route uses another. An
     * alternative server does not know the registered flow, so there it is {@code sending} itself.
     */
    Flow reachedOn(Flow sending) {
        Flow open = current();
        return open == null || flows.isAlternative(sending) ? sending : open;
    }

    LargeRequestFlow large() {
        return large;
    }

    /** Provides a flow for a dialog whose route leads elsewhere. The account closes it. */
    void obtainElsewhere(Locator.Location.Located found, FlowCallback callback) {
        eyeballs.connect(found.hops(), found, new FlowCallback() {
            @Override
            public void opened(Flow opened) {
                if (!closed) {
                    flows.addElsewhere(opened);
                }
                callback.opened(opened);
            }

            @Override
            public void failed(Failure failure) {
                callback.failed(failure);
            }
        });
    }

    /**
     * Returns whether the account uses a lower-priority server, and has done so long enough to ask
     * a better one again.
     */
    boolean mayReturn() {
        return current() != null
                && !servers.isBest(current())
                && ofAccount.stream().allMatch(each -> each == this || each.current() == null)
                && pause.isOver();
    }

    /** Returns whether this flow leads to one of the best servers. */
    boolean isPreferred() {
        return servers.isBest(current());
    }

    /** Returns whether the account is registered over this flow. */
    boolean isRegistered() {
        Flow open = current();
        return open != null && keepAlive.keeps(open);
    }

    /** Locates the servers again, and provides a flow to one of the best. It may be the open one. */
    void obtainPreferred(FlowCallback callback) {
        pause.asked();
        searchForBetter = servers.locate(result -> {
            if (closed || !(result instanceof Locator.Location.Located found)) {
                callback.failed(new Failure.Unreachable());
                return;
            }
            use(found);
            Flow open = current();
            if (open != null && servers.isBest(open)) {
                callback.opened(open);
            } else {
                openAlternative(servers.best(), callback);
            }
        });
    }

    private void openAlternative(List<Hop> way, FlowCallback callback) {
        eyeballs.connect(way, servers.location(), new FlowCallback() {
            @Override
            public void opened(Flow opened) {
                portal.opened(opened);
                if (!closed) {
                    flows.addAlternative(opened);
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
        search = servers.locate(result -> {
            if (result instanceof Locator.Location.Located found) {
                use(found);
                eyeballs.connect(withoutTaken(servers.all()), servers.location(), new Opening());
            } else if (result instanceof Locator.Location.NotLocated nowhere) {
                giveUp(nowhere.failure());
            }
        });
    }

    private void use(Locator.Location.Located found) {
        servers.use(found);
        large.tryAgain();
    }

    ServerList servers() {
        return servers;
    }

    /** Opens the account's flow for all waiting callbacks. */
    private final class Opening implements FlowCallback {
        @Override
        public void opened(Flow opened) {
            opening = false;
            portal.opened(opened);
            if (!closed && current() == null) {
                flow = opened;
                flows.addOwn(opened);
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
     * The account registered over this flow. It becomes the account's flow and is kept open (RFC
     * 5626 §4.4). The previous flow is no longer kept open, but is still trusted.
     *
     * @param wanted the longest time that the flow may be idle
     * @param answered whether the server said that it answers pings
     * @param asking checks whether the server is still there if it does not answer pings
     */
    void registered(Flow over, Duration wanted, boolean answered, LivenessProbe.Requests asking) {
        if (closed || !over.isOpen()) {
            return;
        }
        if (flow != over) {
            abandon();
        }
        pause.arrived(servers.isBest(over));
        flow = over;
        flows.addOwn(over);
        keepAlive.keep(over, wanted, answered, asking);
    }

    /** The account removed its registration, so the flow may close. */
    void unregistered() {
        keepAlive.letIdle();
    }

    /** Forgets the flow, though it is open: the next request locates the servers again. */
    void abandon() {
        Flow before = flow;
        flow = null;
        if (before != null && !keepAlive.keeps(before)) {
            flows.disown(before);
        }
    }

    /** @return whether it was the account's own flow */
    boolean closed(Flow gone) {
        boolean current = flow == gone;
        if (current) {
            flow = null;
        }
        large.closed(gone);
        keepAlive.closed(gone, !closed && !hasLeft(gone));
        flows.remove(gone);
        return current;
    }

    boolean uses(Flow open) {
        return flows.has(open);
    }

    /** The network under this flow is gone: closes the flow, and fails pending requests for one. */
    void networkChanged() {
        portal.networkChanged();
        eyeballs.networkChanged();
        keepAlive.networkChanged();
        networkLost();
        flows.left().forEach(transport::close);
    }

    /** There is no network. Flows that close from now on close for that reason. */
    void networkLost() {
        flows.leave(current(), large.current());
    }

    /** Returns whether the flow was open when the device left its network. */
    boolean hasLeft(Flow gone) {
        return flows.left().contains(gone);
    }

    /** Cancels the search for servers; waiting callbacks fail. */
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
        large.close();
        eyeballs.close();
        stopSearching();
        keepAlive.letIdle();
        servers.close();
        List<Flow> used = flows.all();
        used.forEach(this::closed);
        return used;
    }
}
