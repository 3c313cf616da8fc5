// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip;

import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.internal.sip.message.NameAddr;
import com.techpro.callclient.engine.internal.sip.message.SipParseException;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import com.techpro.callclient.engine.internal.sip.transaction.ClientListener;
import com.techpro.callclient.engine.internal.sip.transport.Flow;
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

    private final SipEndpoint endpoint;
    private final OutboundFlow outbound;
    private final EndpointContact contact;
    private final String callId;
    private final String tag;
    private long cseq;
    private List<NameAddr> serviceRoute = List.of();
    private BooleanSupplier refresh = () -> false;

    RegistrationFlow(SipEndpoint endpoint, OutboundFlow outbound, EndpointContact contact, String callId, String tag) {
        this.endpoint = endpoint;
        this.outbound = outbound;
        this.contact = contact;
        this.callId = callId;
        this.tag = tag;
    }

    /**
     * A REGISTER for the account: all of one flow have one Call-ID and a growing CSeq (RFC 3261 §10.2). The Contact comes when
     * it is sent; its life time goes into an Expires header. Expires 0 takes it back.
     */
    public SipRequest.Builder newRegister() {
        return SipRequest.builder("REGISTER", domain())
                .from(endpoint.addressOfRecord().withTag(tag))
                .to(endpoint.addressOfRecord())
                .callId(callId)
                .cseq(nextCseq(), "REGISTER");
    }

    private SipUri domain() {
        return SipUri.of(
                "sip", null, endpoint.account().domain(), endpoint.account().domainPort());
    }

    /**
     * Sends a REGISTER that takes a binding back, or one that makes it. One that succeeds makes its flow the account's, which is then kept alive,
     * and teaches the endpoint its Service-Route and how it looks from outside. Where the account is at a server that only stands in for a
     * better one (RFC 3263 §4.3), one that makes a binding goes to that one if it can be reached again, and the account with it if it accepts.
     */
    public void send(SipRequest.Builder register, RequestListener listener) {
        endpoint.stack().loop().assertOnLoop();
        OutgoingPlainRequest request = new OutgoingPlainRequest(endpoint, this, register, listener);
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
            endpoint.stack().transport().keepAlive(open, true);
        }
    }

    /** @param sends a REGISTER now, where the account is registered, and says whether one is on its way */
    public void refreshBy(BooleanSupplier sends) {
        refresh = sends;
    }

    /**
     * Sends an OPTIONS on this flow, and nowhere else.
     *
     * @param answered run on any response
     */
    void askOptions(Flow open, Runnable answered) {
        SipRequest.Builder options = endpoint.newRequest("OPTIONS", domain()).set("Accept", "application/sdp");
        endpoint.complete(options, open, this, true, null);
        endpoint.stack().transactions().send(options, open, new ClientListener() {
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

    /** @return whether a REGISTER is on its way on this flow; it is not where the account is not registered */
    boolean refresh(Flow open) {
        // One that may return to a better server goes there.
        return outbound.current() == open && !outbound.mayReturn() && refresh.getAsBoolean();
    }

    /** Nothing is to be sent any more but on a flow that is open. */
    public void stopSearching() {
        endpoint.stack().loop().assertOnLoop();
        outbound.stopSearching();
    }

    /** Ends the flow, because the network that it leads over is gone; the {@link EndpointHandler} hears of it if there was one. */
    public void networkChanged() {
        endpoint.stack().loop().assertOnLoop();
        outbound.networkChanged();
    }

    /** The network is gone, and there is no other yet. */
    public void networkLost() {
        endpoint.stack().loop().assertOnLoop();
        outbound.networkLost();
    }

    long nextCseq() {
        return ++cseq;
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

    /** Learns the way of what is sent later (RFC 3608 §6); null forgets it. */
    void learnRoute(@Nullable SipResponse response) {
        serviceRoute = response == null ? List.of() : routeOf(response);
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
}
