// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip;

import com.techpro.callclient.engine.PushSupport;
import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.internal.net.NumericHost;
import com.techpro.callclient.engine.internal.sip.auth.DigestAuthenticator;
import com.techpro.callclient.engine.internal.sip.dialog.Dialog;
import com.techpro.callclient.engine.internal.sip.message.NameAddr;
import com.techpro.callclient.engine.internal.sip.message.SipParseException;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import com.techpro.callclient.engine.internal.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.engine.internal.sip.transport.Flow;
import com.techpro.callclient.engine.internal.sip.transport.FlowCallback;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One account's SIP user agent core. Used on the loop. */
public final class SipEndpoint {
    private static final int MAX_SERVICE_ROUTES = 8;

    private final SipStack stack;
    private final SipAccount account;
    private final EndpointHandler handler;
    private final NameAddr addressOfRecord;
    private final DigestAuthenticator authenticator;
    private final OutboundFlow home;
    private final DialogRouting dialogFlow;
    private final EndpointContact contact;
    private final PushBinding push;
    private @Nullable Secret updatedPassword;
    private final String registerCallId;
    private final String registerTag;
    private long registerCseq;
    private List<NameAddr> serviceRoute = List.of();

    SipEndpoint(SipStack stack, SipAccount account, EndpointHandler handler) {
        this.stack = stack;
        this.account = account;
        this.handler = handler;
        this.addressOfRecord =
                NameAddr.of(account.displayName(), SipUri.of("sip", account.user(), account.domain(), 0));
        this.authenticator = new DigestAuthenticator(
                account.authUser(),
                account.password(),
                account.passwordHash(),
                account.securityFloor().md5Digest(),
                account.securityFloor().digestDowngrade(),
                stack.random());
        this.home = stack.newHomeFlow(account);
        this.dialogFlow = new DialogRouting(account, home, stack.locator(), stack.transport());
        this.push = new PushBinding(stack::pushToken);
        this.contact = new EndpointContact(
                account.user(),
                Integer.toHexString(stack.random().nextInt() | Integer.MIN_VALUE),
                stack.settings(),
                push);
        this.registerCallId = stack.newCallId();
        this.registerTag = stack.transactions().newTag();
    }

    /**
     * Before the account is registered.
     *
     * @param urn what a registrar tells this installation from the user's others by (RFC 5626 §4.1)
     */
    public void identify(String urn) {
        contact.identify(urn);
    }

    /**
     * Proves the account with another password, or hash of one, from now on.
     *
     * @param changed wiped with the endpoint
     */
    public void updatePassword(Secret changed) {
        stack.loop().assertOnLoop();
        wipeUpdated();
        updatedPassword = changed;
        authenticator.update(changed);
    }

    private void wipeUpdated() {
        if (updatedPassword != null) {
            updatedPassword.wipe();
        }
    }

    /** Nobody answered: a connection on which nothing comes back to a ping either is closed (RFC 5626 §4.4.1). */
    public void probeFlow() {
        Flow open = home.current();
        if (open != null && open.isReliable()) {
            stack.transport().keepAlive(open, true);
        }
    }

    public SipAccount account() {
        return account;
    }

    /** The address of record with the display name, without a tag. */
    public NameAddr addressOfRecord() {
        return addressOfRecord;
    }

    /** A request outside dialogs: From with a fresh tag, To, a fresh Call-ID and CSeq. Route, Contact and Via come when it is sent. */
    public SipRequest.Builder newRequest(String method, SipUri target) {
        return SipRequest.builder(method, atDomainPort(target))
                .from(addressOfRecord.withTag(stack.transactions().newTag()))
                .to(NameAddr.of(target))
                .callId(stack.newCallId())
                .cseq(1, method);
    }

    /** With the port of the account's domain, where it is of that domain; To and From have none (RFC 3261 §19.1.1). */
    private SipUri atDomainPort(SipUri target) {
        boolean ours = account.domainPort() != 0
                && target.port() == 0
                && target.scheme().equals("sip")
                && target.host().equals(account.domain());
        return ours ? target.withPort(account.domainPort()) : target;
    }

    /**
     * A REGISTER for the account: all of one endpoint have one Call-ID and a growing CSeq (RFC 3261 §10.2). The Contact comes when
     * it is sent; its life time goes into an Expires header. Expires 0 takes it back.
     */
    public SipRequest.Builder newRegister() {
        return SipRequest.builder("REGISTER", SipUri.of("sip", null, account.domain(), account.domainPort()))
                .from(addressOfRecord.withTag(registerTag))
                .to(addressOfRecord)
                .callId(registerCallId)
                .cseq(nextRegisterCseq(), "REGISTER");
    }

    /**
     * Sends a request outside dialogs by way of the account's phone system. A REGISTER that succeeds makes its flow the
     * account's, which is then kept alive, and teaches the endpoint its Service-Route and how it looks from outside.
     */
    public void send(SipRequest.Builder request, RequestListener listener) {
        stack.loop().assertOnLoop();
        new OutgoingPlainRequest(this, null, request, listener).start();
    }

    /**
     * Sends a REGISTER as {@link #send} does; where the account is at a server that only stands in for a better one (RFC 3263 §4.3) it goes to that
     * one if it can be reached again, and the account with it if it accepts.
     */
    public void register(SipRequest.Builder request, RequestListener listener) {
        stack.loop().assertOnLoop();
        OutgoingPlainRequest register = new OutgoingPlainRequest(this, null, request, listener);
        if (home.mayReturn()) {
            register.startAtPreferred();
        } else {
            register.start();
        }
    }

    /** Sends a request made with {@link Dialog#request}, along the dialog's route. */
    public OutgoingPlainRequest send(Dialog dialog, SipRequest.Builder request, RequestListener listener) {
        stack.loop().assertOnLoop();
        OutgoingPlainRequest sent = new OutgoingPlainRequest(this, dialog, request, listener);
        sent.start();
        return sent;
    }

    /** Sends an INVITE made with {@link #newRequest}. */
    public OutgoingInvite invite(SipRequest.Builder request, InviteListener listener) {
        return invite(new OutgoingInvite(this, null, request, listener));
    }

    /** Sends a re-INVITE made with {@link Dialog#request}. */
    public OutgoingInvite invite(Dialog dialog, SipRequest.Builder request, InviteListener listener) {
        return invite(new OutgoingInvite(this, dialog, request, listener));
    }

    private OutgoingInvite invite(OutgoingInvite invite) {
        stack.loop().assertOnLoop();
        invite.start();
        return invite;
    }

    /** The flow to the phone system, or null while there is none. */
    public @Nullable Flow flow() {
        return home.current();
    }

    /** Ends the flow, because the network that it leads over is gone; {@link EndpointHandler#flowLost} follows if there was one. */
    public void closeFlow() {
        stack.loop().assertOnLoop();
        Flow open = home.current();
        if (open != null) {
            stack.transport().close(open);
        }
    }

    /** Opens the flow to the phone system if there is none; for whoever must know its local address before sending. */
    public void connect(FlowCallback callback) {
        home.obtain(callback);
    }

    /**
     * Where requests of dialogs reach this account now.
     *
     * @throws IllegalStateException while there is no flow
     */
    public NameAddr contact() {
        Flow flow = home.current();
        if (flow == null) {
            throw new IllegalStateException("there is no flow to be reached on");
        }
        return contact.inDialog(flow, false);
    }

    /** What is registered, or null while there is no flow. */
    public @Nullable SipUri boundContact() {
        Flow flow = home.current();
        return flow == null ? null : contact.bound(flow).uri();
    }

    /** Whether the phone system wakes the app, as it said when it registered the account last. */
    public PushSupport pushSupport() {
        return push.support();
    }

    /**
     * A REGISTER was refused for what it asked for beyond a binding: from now on that is left out.
     *
     * @return whether it is worth sending again
     */
    boolean asksForLess(SipResponse refusal) {
        return refusal.status() == 555 && push.refuse();
    }

    /** A response to a request for this account, with the Contact, Allow and Supported that responses to INVITE carry. */
    public SipResponse.Builder response(ServerTransactionHandle request, int status) {
        SipResponse.Builder response = request.response(status);
        stack.describe(response, this);
        if (status > 100 && status < 300) {
            Flow flow = home.current();
            response.contact(contact.inDialog(flow == null ? request.flow() : flow, isSecure(request.request())));
        }
        return response;
    }

    /** §12.1.1: whether the dialog that the request makes, or belongs to, is one of sips URIs. */
    private static boolean isSecure(SipRequest request) {
        List<NameAddr> way = request.recordRoutes().isEmpty() ? request.contacts() : request.recordRoutes();
        return request.requestUri().isSecure()
                || (!way.isEmpty() && way.get(0).uri().isSecure());
    }

    /**
     * Sends a provisional response that is repeated until the caller acknowledges it by PRACK (RFC 3262).
     *
     * @param unacknowledged told when 64*T1 have passed without one: the INVITE should be refused
     */
    public ReliableProvisional respondReliably(
            ServerTransactionHandle invite, SipResponse.Builder response, Runnable unacknowledged) {
        // §3: the first number is any up to 2³¹-1; there is room for those that follow.
        return respondReliably(
                invite, response, 1L + stack.random().nextInt(Integer.MAX_VALUE - 10_000), unacknowledged);
    }

    /** One more for the same INVITE, after the last has been acknowledged: its number is the next (RFC 3262 §3). */
    public ReliableProvisional respondReliablyAfter(
            ReliableProvisional last,
            ServerTransactionHandle invite,
            SipResponse.Builder response,
            Runnable unacknowledged) {
        return respondReliably(invite, response, last.rseq() + 1, unacknowledged);
    }

    private ReliableProvisional respondReliably(
            ServerTransactionHandle invite, SipResponse.Builder response, long rseq, Runnable unacknowledged) {
        return new ReliableProvisional(
                stack.loop(), stack.settings().timers().t1(), invite, response, rseq, unacknowledged);
    }

    /** Forgets the account: nothing is sent or accepted for it any more. Unregister first. */
    public void close() {
        stack.loop().assertOnLoop();
        stack.closed(this);
        wipeUpdated();
    }

    /** Puts on what every request of the account carries. */
    void complete(SipRequest.Builder request, Flow flow, boolean withRoute, boolean secure) {
        if (withRoute) {
            route(request.method().equals("REGISTER")).forEach(request::addRoute);
        }
        contact.complete(request, home.reachedOn(flow), secure);
        stack.describe(request, this);
    }

    /** RFC 3608 §6: the Service-Route for everything but registrations, behind the proxy that the user configured. */
    private List<NameAddr> route(boolean registration) {
        List<NameAddr> route = new ArrayList<>(2);
        HostPort proxy = account.outboundProxy();
        boolean learned = !registration && !serviceRoute.isEmpty();
        if (proxy != null && !(learned && serviceRoute.get(0).uri().host().equals(proxy.host()))) {
            SipUri uri = SipUri.of("sip", null, proxy.host(), proxy.port());
            if (account.transport() != SipTransport.UDP) {
                uri = uri.withParam("transport", account.transport().uriParameter());
            }
            route.add(NameAddr.of(uri.withParam("lr", "")));
        }
        if (learned) {
            route.addAll(serviceRoute);
        }
        return route;
    }

    /**
     * A REGISTER went well on this flow.
     *
     * @param bound whether it asked for a binding, rather than taking it back. The answer does not tell: a registrar that rewrites Contacts
     *     lists none with ours
     */
    void registered(SipResponse response, Flow flow, boolean bound) {
        if (!bound) {
            home.unregistered();
            push.forget();
            serviceRoute = List.of();
            return;
        }
        serviceRoute = serviceRoute(response);
        push.accepted(response);
        boolean outbound = response.headers("Require").contains("outbound");
        long flowTimer = response.number("Flow-Timer");
        Duration interval = flowTimer > 0 && flowTimer < account.keepAlive().getSeconds()
                ? Duration.ofSeconds(flowTimer)
                : account.keepAlive();
        home.registered(flow, interval, flowTimer > 0);
        if (contact.learn(response, flow, outbound)) {
            stack.loop().execute(handler::contactChanged);
        }
    }

    private static List<NameAddr> serviceRoute(SipResponse response) {
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

    void flowClosed(Flow flow, @Nullable Failure why) {
        if (home.closed(flow)) {
            contact.forget();
            push.forget();
            handler.flowLost(why);
        }
    }

    void flowTo(SipUri nextHop, FlowCallback callback) {
        dialogFlow.obtain(nextHop, callback);
    }

    /** Whether texts are sent and taken: not where the account's signalling is, or may be, readable on the network. */
    public boolean takesMessages() {
        return account.transport().isEncrypted() && !account.securityFloor().cleartextSignalling();
    }

    boolean isIdentified() {
        return contact.isIdentified();
    }

    boolean isAddressedBy(SipUri uri) {
        return contact.isOurs(uri);
    }

    long nextRegisterCseq() {
        return ++registerCseq;
    }

    /** Whether an address is one of the account's own phone system, by its domain, its proxy or the address of that. */
    public boolean isOfPhoneSystem(SipUri uri) {
        HostPort proxy = account.outboundProxy();
        Flow flow = home.current();
        InetAddress named = uri.isSip() ? NumericHost.parse(uri.host()) : null;
        return uri.isSip()
                && (uri.host().equalsIgnoreCase(account.domain())
                        || (proxy != null && uri.host().equalsIgnoreCase(proxy.host()))
                        || (flow != null && flow.remote().getAddress().equals(named)));
    }

    /** Whether what comes this way comes from the account's own phone system. */
    public boolean trusts(Flow flow) {
        return home.trusts(flow);
    }

    OutboundFlow home() {
        return home;
    }

    DigestAuthenticator authenticator() {
        return authenticator;
    }

    EndpointHandler handler() {
        return handler;
    }

    SipStack stack() {
        return stack;
    }

    @Override
    public String toString() {
        return "SipEndpoint[" + account.transport() + "]";
    }
}
