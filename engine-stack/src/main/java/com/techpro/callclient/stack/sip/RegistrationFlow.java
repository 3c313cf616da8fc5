// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.stack.sip.dialog.Dialog;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipParseException;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.FlowCallback;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One of the flows over which an account is registered (RFC 5626 §4.2): its server, its Contact,
 * its series of REGISTERs and its Service-Route. Belongs to the loop.
 */
public final class RegistrationFlow {
    private static final int MAX_SERVICE_ROUTES = 8;

    /**
     * A server that is starting takes connections before it reads them, and loses what it has not
     * read. Longer than a request and its challenge take, or than a few lost TCP segments.
     */
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(6);

    private final AccountIdentity identity;
    private final SipContext context;
    private final SipAccount account;
    private final OutboundFlow outbound;
    private final EndpointContact contact;
    private final Runnable contactChanged;
    private final String callId;
    private final String tag;
    private final LivenessProbe.Requests probing = new LivenessProbe.Requests(this::options, this::refreshOn);
    private long cseq;
    private List<NameAddr> serviceRoute = List.of();
    private BooleanSupplier refresh = () -> false;

    /**
     * @param contactChanged run when the phone system sees the account at an address other than its
     *     Contact
     */
    RegistrationFlow(
            AccountIdentity identity, OutboundFlow outbound, EndpointContact contact, Runnable contactChanged) {
        this.identity = identity;
        this.context = identity.context();
        this.account = identity.account();
        this.outbound = outbound;
        this.contact = contact;
        this.contactChanged = contactChanged;
        this.callId = context.newCallId();
        this.tag = context.transactions().newTag();
    }

    /**
     * Returns a new REGISTER. All REGISTERs of a flow have one Call-ID and a growing CSeq (RFC 3261
     * §10.2). Sending adds the Contact; the lifetime goes into an Expires header. Expires 0 removes
     * the binding.
     */
    public SipRequest.Builder newRegister() {
        return SipRequest.builder("REGISTER", identity.domain())
                .from(identity.addressOfRecord().withTag(tag))
                .to(identity.addressOfRecord())
                .callId(callId)
                .cseq(++cseq, "REGISTER");
    }

    /**
     * Sends a REGISTER that makes or removes a binding. If one that makes a binding succeeds, its
     * flow becomes the account's and is kept alive. Its response supplies the Service-Route and the
     * account's public address.
     * If the account uses a lower-priority server (RFC 3263 §4.3), the REGISTER goes to a better
     * one that is reachable again. If that server accepts it, the account moves there.
     */
    public void send(SipRequest.Builder register, RequestListener listener) {
        context.loop().assertOnLoop();
        OutgoingPlainRequest request = new OutgoingPlainRequest(identity, new RegisterPath(), register, listener);
        if (!"0".equals(register.first("Expires")) && outbound.mayReturn()) {
            request.startAtPreferred();
        } else {
            request.start();
        }
    }

    /** Returns the registered URI, or null while the flow is not open. */
    public @Nullable SipUri boundContact() {
        Flow flow = outbound.current();
        return flow == null ? null : contact.bound(flow).uri();
    }

    /**
     * Returns the Contacts under which the registrar may have bindings of this flow and of those
     * that it replaced; none if it keeps one binding per flow.
     */
    public List<SipUri> registeredContacts() {
        return contact.registered().all();
    }

    /** Has the next REGISTER remove these Contacts, which an earlier run has left behind. */
    public void replaces(List<SipUri> contacts) {
        contact.registered().restore(contacts);
    }

    /**
     * Whether the registrar keeps one binding per flow, according to its last answer (RFC 5626
     * §4.2.1).
     */
    public boolean isOutbound() {
        return contact.isOutbound();
    }

    /**
     * Returns how long before expiry a binding must be refreshed at the latest, according to the
     * registrar's last answer; zero if it did not say (RFC 8599 §4.1.4).
     */
    public Duration refreshLead() {
        return contact.push().lead();
    }

    /**
     * A REGISTER got no answer. A reliable flow is pinged, and closes if nothing comes back (RFC
     * 5626 §4.4.1). A UDP flow does not close, so the account abandons it.
     */
    public void unanswered() {
        Flow open = outbound.current();
        if (open != null && open.isReliable()) {
            context.transport().keepAlive(open, true);
        } else {
            outbound.abandon();
        }
    }

    /**
     * @param sends sends a REGISTER now if the account is registered; returns whether one is on its
     *     way
     */
    public void refreshBy(BooleanSupplier sends) {
        refresh = sends;
    }

    /** From now on, sends only on a flow that is open. */
    public void stopSearching() {
        context.loop().assertOnLoop();
        outbound.stopSearching();
    }

    /**
     * Closes the flow because its network is gone; notifies the {@link EndpointHandler} if there
     * was one.
     */
    public void networkChanged() {
        context.loop().assertOnLoop();
        outbound.networkChanged();
    }

    /** The network is gone, and there is no other yet. */
    public void networkLost() {
        context.loop().assertOnLoop();
        outbound.networkLost();
    }

    OutboundFlow outbound() {
        return outbound;
    }

    EndpointContact contact() {
        return contact;
    }

    List<NameAddr> serviceRoute() {
        return serviceRoute;
    }

    /**
     * Adds the proxy that the user configured and, after it, the Service-Route, which applies to
     * everything except registrations (RFC 3608 §6).
     */
    void addRoute(SipRequest.Builder request, Flow flow, List<NameAddr> learned) {
        HostPort proxy = outbound.servers().proxyOf(flow);
        if (proxy != null && !(!learned.isEmpty() && learned.get(0).uri().host().equals(proxy.host()))) {
            SipUri uri = SipUri.of("sip", null, proxy.host(), proxy.port());
            if (account.transport() != SipTransport.UDP) {
                uri = uri.withParam("transport", account.transport().uriParameter());
            }
            request.addRoute(NameAddr.of(uri.withParam("lr", "")));
        }
        learned.forEach(request::addRoute);
    }

    /**
     * Adds the headers that every request of the account carries on this flow, or on one opened for
     * it.
     */
    void complete(SipRequest.Builder request, Flow flow, @Nullable Dialog dialog) {
        contact.complete(request, outbound.reachedOn(flow), dialog);
        identity.describe(request);
    }

    /** A REGISTER that makes a binding succeeded. */
    private void registered(SipResponse response, Flow flow) {
        serviceRoute = routeOf(response);
        contact.push().accepted(response);
        boolean outboundSupported = response.headers("Require").contains("outbound");
        long flowTimer = Math.max(response.number("Flow-Timer"), keep(response));
        Duration interval = flowTimer > 0 && flowTimer < account.keepAlive().getSeconds()
                ? Duration.ofSeconds(flowTimer)
                : account.keepAlive();
        outbound.registered(flow, interval, flowTimer > 0, probing);
        if (contact.learn(response, flow, outboundSupported)) {
            context.loop().execute(contactChanged);
        }
    }

    /** A REGISTER that removes the binding succeeded. */
    private void unregistered() {
        outbound.unregistered();
        serviceRoute = List.of();
        contact.unregistered();
    }

    /** RFC 6223 §4.3: returns how often the next hop wants a keep-alive, or -1. */
    private static long keep(SipResponse response) {
        String value = response.topVia().params().getOrDefault("keep", "");
        boolean number =
                !value.isEmpty() && value.length() <= 9 && value.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Long.parseLong(value) : -1;
    }

    private static List<NameAddr> routeOf(SipResponse response) {
        List<NameAddr> routes = new ArrayList<>(2);
        for (String value : response.headers("Service-Route")) {
            try {
                if (routes.size() < MAX_SERVICE_ROUTES) {
                    routes.add(NameAddr.parse(value));
                }
            } catch (SipParseException e) {
                return List.of(); // a route with a missing hop leads nowhere
            }
        }
        return routes;
    }

    private SipRequest.Builder options(Flow open) {
        SipRequest.Builder options =
                identity.newRequest("OPTIONS", identity.domain()).set("Accept", "application/sdp");
        addRoute(options, open, List.of());
        complete(options, open, null);
        return options;
    }

    private boolean refreshOn(Flow open) {
        // A REGISTER that may return to a better server is not sent on this flow.
        return outbound.current() == open && !outbound.mayReturn() && refresh.getAsBoolean();
    }

    /** The path of this flow's REGISTERs. */
    private final class RegisterPath implements RequestPath {
        @Override
        public OutboundFlow home() {
            return outbound;
        }

        @Override
        public void obtain(FlowCallback callback) {
            outbound.obtain(callback);
        }

        @Override
        public void complete(SipRequest.Builder request, Flow flow, boolean unrouted) {
            if (unrouted) {
                addRoute(request, flow, List.of());
            }
            RegistrationFlow.this.complete(request, flow, null);
        }

        @Override
        public Duration firstAnswerWithin() {
            return FIRST_ANSWER;
        }

        @Override
        public long nextCseq(SipRequest sent) {
            return ++cseq;
        }

        @Override
        public boolean asksForLess(SipResponse refusal) {
            return switch (refusal.status()) {
                case 555 -> contact.push().refuse();
                case 439 -> contact.refuseOutbound();
                default -> contact.refuseRemovals(refusal.status());
            };
        }

        /**
         * The answer does not show whether there is a binding: a registrar that rewrites Contacts
         * lists none with ours.
         */
        @Override
        public void succeeded(SipRequest.Builder request, SipResponse response, Flow flow) {
            if ("0".equals(request.first("Expires"))) {
                unregistered();
            } else {
                registered(response, flow);
            }
        }
    }
}
