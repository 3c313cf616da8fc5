// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip;

import com.techpro.callclient.engine.PushSupport;
import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.internal.sip.auth.DigestAuthenticator;
import com.techpro.callclient.engine.internal.sip.dialog.Dialog;
import com.techpro.callclient.engine.internal.sip.message.NameAddr;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One account's SIP user agent core. Used on the loop. */
public final class SipEndpoint {
    private final SipStack stack;
    private final SipAccount account;
    private final EndpointHandler handler;
    private final NameAddr addressOfRecord;
    private final DigestAuthenticator authenticator;
    private final RegistrationFlow first;
    private final DialogRouting dialogFlow;
    private @Nullable Secret updatedPassword;
    private @Nullable RegistrationFlow second;

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
        OutboundFlow home = stack.newOutboundFlow(account, stack.newConnectionKey(account));
        this.dialogFlow = new DialogRouting(account, this::home, stack.locator());
        EndpointContact contact = new EndpointContact(
                account.user(),
                Integer.toHexString(stack.random().nextInt() | Integer.MIN_VALUE),
                1,
                account.usesGruu(),
                stack.settings().instanceId(),
                new PushBinding(stack::pushToken));
        this.first = newFlow(home, contact);
    }

    private RegistrationFlow newFlow(OutboundFlow outbound, EndpointContact contact) {
        return new RegistrationFlow(
                this, outbound, contact, stack.newCallId(), stack.transactions().newTag());
    }

    /** The flow that the account is registered over in any case. */
    public RegistrationFlow firstFlow() {
        return first;
    }

    /** Whether the account can be registered over a second flow: the registrar keeps one binding for each, and there is another server. */
    public boolean canHaveSecondFlow() {
        return first.isOutbound() && first.outbound().hasSecondServer();
    }

    /** The flow to the phone system's second server. */
    public RegistrationFlow secondFlow() {
        RegistrationFlow known = second;
        if (known == null) {
            OutboundFlow beside =
                    stack.newOutboundFlow(account, first.outbound().key());
            first.outbound().pairWith(beside);
            known = newFlow(beside, first.contact().onFlow(2));
            second = known;
        }
        return known;
    }

    /** The flow for requests: that to the better server of those that the account is registered over. */
    private RegistrationFlow preferredFlow() {
        RegistrationFlow beside = second;
        if (beside == null || !beside.outbound().isRegistered()) {
            return first;
        }
        boolean better = first.outbound().current() == null
                || !first.outbound().isRegistered()
                || (beside.outbound().isPreferred() && !first.outbound().isPreferred());
        return better ? beside : first;
    }

    /** The flow that this one is, or was opened for. */
    private RegistrationFlow flowOf(Flow used) {
        RegistrationFlow beside = second;
        if (beside != null && beside.outbound().current() == used) {
            return beside;
        }
        return first.outbound().uses(used)
                        || beside == null
                        || !beside.outbound().uses(used)
                ? first
                : beside;
    }

    /** An open flow of the account to a server that is none of these, or null. */
    @Nullable
    Flow flowBeside(List<Flow> failed) {
        RegistrationFlow beside = second;
        if (beside == null) {
            return null;
        }
        for (RegistrationFlow each : List.of(first, beside)) {
            Flow open = each.outbound().isRegistered() ? each.outbound().current() : null;
            if (open != null && failed.stream().noneMatch(flow -> flow.remote().equals(open.remote()))) {
                return open;
            }
        }
        return null;
    }

    /**
     * Before the account is registered.
     *
     * @param urn what a registrar tells this installation from the user's others by (RFC 5626 §4.1)
     */
    public void identify(String urn) {
        first.contact().identify(urn);
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

    /** As {@link RegistrationFlow#newRegister}, for the first flow. */
    public SipRequest.Builder newRegister() {
        return first.newRegister();
    }

    /** Sends a request outside dialogs by way of the account's phone system; a REGISTER as {@link RegistrationFlow#send} does. */
    public void send(SipRequest.Builder request, RequestListener listener) {
        stack.loop().assertOnLoop();
        if (request.method().equals("REGISTER")) {
            first.send(request, listener);
        } else {
            new OutgoingPlainRequest(this, (Dialog) null, request, listener).start();
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
        return home().current();
    }

    /** Whether it is a flow that the account itself is reached on. */
    public boolean isReachedOn(Flow flow) {
        RegistrationFlow beside = second;
        return first.outbound().current() == flow
                || (beside != null && beside.outbound().current() == flow);
    }

    /** Opens the flow to the phone system if there is none; for whoever must know its local address before sending. */
    public void connect(FlowCallback callback) {
        home().obtain(callback);
    }

    /**
     * Where requests of dialogs reach this account now.
     *
     * @throws IllegalStateException while there is no flow
     */
    public NameAddr contact() {
        RegistrationFlow preferred = preferredFlow();
        Flow flow = preferred.outbound().current();
        if (flow == null) {
            throw new IllegalStateException("there is no flow to be reached on");
        }
        return preferred.contact().inDialog(flow, false, false);
    }

    /**
     * Where notifications reach this account now.
     *
     * @throws IllegalStateException while there is no flow
     */
    public NameAddr subscriberContact() {
        RegistrationFlow preferred = preferredFlow();
        Flow flow = preferred.outbound().current();
        if (flow == null) {
            throw new IllegalStateException("there is no flow to be reached on");
        }
        return preferred.contact().subscribing(flow, false);
    }

    /** Whether the phone system wakes the app, as it said when it registered the account last. */
    public PushSupport pushSupport() {
        RegistrationFlow beside = second;
        PushSupport support = first.contact().push().support();
        if (beside == null || !beside.outbound().isRegistered()) {
            return support;
        }
        PushSupport other = beside.contact().push().support();
        // A call comes by either: one that wakes the app is enough.
        return !first.outbound().isRegistered() || other == PushSupport.CONFIRMED ? other : support;
    }

    /**
     * A REGISTER was refused for what it asked for beyond a binding: from now on that is left out.
     *
     * @return whether it is worth sending again
     */
    boolean asksForLess(SipResponse refusal, RegistrationFlow over) {
        return switch (refusal.status()) {
            case 555 -> over.contact().push().refuse();
            case 439 -> over == first && over.contact().refuseOutbound();
            default -> false;
        };
    }

    /** A response to a request for this account, with the Contact, Allow and Supported that responses to INVITE carry. */
    public SipResponse.Builder response(ServerTransactionHandle request, int status) {
        SipResponse.Builder response = request.response(status);
        stack.describe(response, this);
        if (status > 100 && status < 300) {
            RegistrationFlow over = flowOf(request.flow());
            Flow flow = over.outbound().current();
            response.contact(
                    over.contact().inDialog(flow == null ? request.flow() : flow, isSecure(request.request()), false));
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
    void complete(
            SipRequest.Builder request,
            Flow flow,
            @Nullable RegistrationFlow registration,
            boolean withRoute,
            @Nullable Dialog dialog) {
        RegistrationFlow over = registration == null ? flowOf(flow) : registration;
        if (withRoute) {
            route(over, registration == null ? over.serviceRoute() : List.of(), flow)
                    .forEach(request::addRoute);
        }
        over.contact().complete(request, over.outbound().reachedOn(flow), dialog);
        stack.describe(request, this);
    }

    /** RFC 3608 §6: the Service-Route for everything but registrations, behind the proxy that the user configured. */
    private List<NameAddr> route(RegistrationFlow over, List<NameAddr> serviceRoute, Flow flow) {
        List<NameAddr> route = new ArrayList<>(2);
        HostPort proxy = over.outbound().proxyOf(flow);
        boolean learned = !serviceRoute.isEmpty();
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
    void registered(SipResponse response, Flow flow, RegistrationFlow over, boolean bound) {
        if (!bound) {
            over.outbound().unregistered();
            over.learnRoute(null);
            over.contact().unregistered();
            return;
        }
        over.learnRoute(response);
        over.contact().push().accepted(response);
        boolean outbound = response.headers("Require").contains("outbound");
        long flowTimer = Math.max(response.number("Flow-Timer"), keep(response));
        Duration interval = flowTimer > 0 && flowTimer < account.keepAlive().getSeconds()
                ? Duration.ofSeconds(flowTimer)
                : account.keepAlive();
        over.outbound().registered(flow, interval, flowTimer > 0, over);
        if (over.contact().learn(response, flow, outbound)) {
            stack.loop().execute(handler::contactChanged);
        }
    }

    /** RFC 6223 §4.3: how often the next hop wants to hear of us, or -1. */
    private static long keep(SipResponse response) {
        String value = response.topVia().params().getOrDefault("keep", "");
        boolean number =
                !value.isEmpty() && value.length() <= 9 && value.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Long.parseLong(value) : -1;
    }

    void flowClosed(Flow flow, @Nullable Failure why) {
        RegistrationFlow beside = second;
        boolean lost = first.outbound().closed(flow);
        boolean besideLost = beside != null && beside.outbound().closed(flow);
        if (lost) {
            first.contact().forget();
            handler.flowLost(why);
        }
        if (beside != null && besideLost) {
            beside.contact().forget();
            handler.secondFlowLost(why);
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
        return first.contact().isIdentified();
    }

    boolean offersOutbound() {
        return first.contact().offersOutbound();
    }

    boolean isAddressedBy(SipUri uri) {
        RegistrationFlow beside = second;
        return first.contact().isOurs(uri)
                || (beside != null && beside.contact().isOurs(uri));
    }

    /** Whether an address is one of the account's own phone system, by its domain, its proxy or the address of that. */
    public boolean isOfPhoneSystem(SipUri uri) {
        Flow flow = home().current();
        return uri.isSip()
                && (uri.host().equalsIgnoreCase(account.domain())
                        || account.outboundProxies().stream()
                                .anyMatch(proxy -> uri.host().equalsIgnoreCase(proxy.host()))
                        || (flow != null && stack.locator().names(uri, flow.remote())));
    }

    /** Whether the flow was lost because the device has left the network that it led over. */
    public boolean hasLeft(Flow gone) {
        RegistrationFlow beside = second;
        return first.outbound().hasLeft(gone)
                || (beside != null && beside.outbound().hasLeft(gone));
    }

    /** Gives up an INVITE that went out over a network that the device has left, by the account's flow on this one. */
    public void cancelLost(SipRequest invite) {
        Flow open = home().current();
        if (open != null) {
            stack.transactions().cancelLost(invite, open);
        }
    }

    /** Whether what comes this way comes from the account's own phone system. */
    public boolean trusts(Flow flow) {
        RegistrationFlow beside = second;
        return first.outbound().trusts(flow)
                || (beside != null && beside.outbound().trusts(flow));
    }

    boolean trustsWithin(Dialog dialog, Flow flow) {
        RegistrationFlow beside = second;
        return first.outbound().trustsWithin(dialog, flow)
                || (beside != null && beside.outbound().trustsWithin(dialog, flow));
    }

    boolean uses(Flow flow) {
        RegistrationFlow beside = second;
        return first.outbound().uses(flow)
                || (beside != null && beside.outbound().uses(flow));
    }

    /** @return the flows that were in use */
    List<Flow> closeFlows() {
        List<Flow> used = new ArrayList<>(first.outbound().close());
        if (second != null) {
            used.addAll(second.outbound().close());
        }
        return used;
    }

    /** The flow that requests go by. */
    OutboundFlow home() {
        return preferredFlow().outbound();
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
