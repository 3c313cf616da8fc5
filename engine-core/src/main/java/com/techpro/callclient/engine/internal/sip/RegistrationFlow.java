// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip;

import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.internal.sip.dialog.Dialog;
import com.techpro.callclient.engine.internal.sip.message.NameAddr;
import com.techpro.callclient.engine.internal.sip.message.SipParseException;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import com.techpro.callclient.engine.internal.sip.transaction.ClientListener;
import com.techpro.callclient.engine.internal.sip.transport.Flow;
import com.techpro.callclient.engine.internal.sip.transport.FlowCallback;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One of the flows that an account is registered over (RFC 5626 §4.2): its server, its Contact, its series of REGISTERs and the Service-Route that
 * came with them. Used on the loop.
 */
public final class RegistrationFlow {
    private static final int MAX_SERVICE_ROUTES = 8;

    private final AccountIdentity identity;
    private final SipContext context;
    private final SipAccount account;
    private final OutboundFlow outbound;
    private final EndpointContact contact;
    private final Runnable contactChanged;
    private final String callId;
    private final String tag;
    private final Probing probing = new Probing();
    private long cseq;
    private List<NameAddr> serviceRoute = List.of();
    private BooleanSupplier refresh = () -> false;

    /** @param contactChanged told when the phone system sees the account at another address than its Contact says */
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
     * A REGISTER for the account: all of one flow have one Call-ID and a growing CSeq (RFC 3261 §10.2). The Contact comes when
     * it is sent; its life time goes into an Expires header. Expires 0 takes it back.
     */
    public SipRequest.Builder newRegister() {
        return SipRequest.builder("REGISTER", identity.domain())
                .from(identity.addressOfRecord().withTag(tag))
                .to(identity.addressOfRecord())
                .callId(callId)
                .cseq(++cseq, "REGISTER");
    }

    /**
     * Sends a REGISTER that takes a binding back, or one that makes it. One that succeeds makes its flow the account's, which is then kept alive,
     * and teaches the endpoint its Service-Route and how it looks from outside. Where the account is at a server that only stands in for a
     * better one (RFC 3263 §4.3), one that makes a binding goes to that one if it can be reached again, and the account with it if it accepts.
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

    /** What is registered, or null while the flow is not open. */
    public @Nullable SipUri boundContact() {
        Flow flow = outbound.current();
        return flow == null ? null : contact.bound(flow).uri();
    }

    /** Whether the registrar keeps one binding for each flow, as it said last (RFC 5626 §4.2.1). */
    public boolean isOutbound() {
        return contact.isOutbound();
    }

    /** How long before it runs out a binding has to be refreshed at the latest, as the registrar said last; zero where it did not (RFC 8599 §4.1.4). */
    public Duration refreshLead() {
        return contact.push().lead();
    }

    /** Nobody answered: a connection on which nothing comes back to a ping either is closed (RFC 5626 §4.4.1). */
    public void probe() {
        Flow open = outbound.current();
        if (open != null && open.isReliable()) {
            context.transport().keepAlive(open, true);
        }
    }

    /** @param sends a REGISTER now, where the account is registered, and says whether one is on its way */
    public void refreshBy(BooleanSupplier sends) {
        refresh = sends;
    }

    /** Nothing is to be sent any more but on a flow that is open. */
    public void stopSearching() {
        context.loop().assertOnLoop();
        outbound.stopSearching();
    }

    /** Ends the flow, because the network that it leads over is gone; the {@link EndpointHandler} hears of it if there was one. */
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

    /** Puts on the proxy that the user configured, and behind it a Service-Route, which is for everything but registrations (RFC 3608 §6). */
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

    /** Puts on what every request of the account carries that goes out on this flow, or on one that was opened for it. */
    void complete(SipRequest.Builder request, Flow flow, @Nullable Dialog dialog) {
        contact.complete(request, outbound.reachedOn(flow), dialog);
        identity.describe(request);
    }

    /** A REGISTER went well that asked for a binding. */
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

    /** A REGISTER went well that took the binding back. */
    private void unregistered() {
        outbound.unregistered();
        serviceRoute = List.of();
        contact.unregistered();
    }

    /** RFC 6223 §4.3: how often the next hop wants to hear of us, or -1. */
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
                return List.of(); // a route with a hole in it leads nowhere
            }
        }
        return routes;
    }

    /** The way of this flow's REGISTERs. */
    private final class RegisterPath implements RequestPath {
        @Override
        public OutboundFlow home() {
            return outbound;
        }

        @Override
        public void obtain(FlowCallback callback) {
            outbound.obtain(FlowNeed.OWN, callback);
        }

        @Override
        public void complete(SipRequest.Builder request, Flow flow, boolean unrouted) {
            if (unrouted) {
                addRoute(request, flow, List.of());
            }
            RegistrationFlow.this.complete(request, flow, null);
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
                default -> false;
            };
        }

        /** The answer does not tell whether there is a binding: a registrar that rewrites Contacts lists none with ours. */
        @Override
        public void succeeded(SipRequest.Builder request, SipResponse response, Flow flow) {
            if ("0".equals(request.first("Expires"))) {
                unregistered();
            } else {
                registered(response, flow);
            }
        }
    }

    /** What is asked on this flow to find out whether its server is still there. */
    private final class Probing implements LivenessProbe.Requests {
        @Override
        public void askOptions(Flow open, Runnable answered) {
            SipRequest.Builder options =
                    identity.newRequest("OPTIONS", identity.domain()).set("Accept", "application/sdp");
            addRoute(options, open, List.of());
            complete(options, open, null);
            context.transactions().send(options, open, new ClientListener() {
                @Override
                public void response(SipResponse response) {
                    answered.run();
                }

                @Override
                public void failed(Failure failure) {
                    // Who asked has a deadline of its own.
                }
            });
        }

        @Override
        public boolean refresh(Flow open) {
            // One that may return to a better server goes there.
            return outbound.current() == open && !outbound.mayReturn() && refresh.getAsBoolean();
        }
    }
}
