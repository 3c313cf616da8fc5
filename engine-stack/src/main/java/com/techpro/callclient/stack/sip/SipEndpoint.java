// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.push.PushSupport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.sip.dialog.Dialog;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.FlowCallback;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The SIP user agent core of one account. Belongs to the loop. */
public final class SipEndpoint {
    private final SipContext context;
    private final AccountIdentity identity;
    private final SipAccount account;
    private final EndpointHandler handler;
    private final AccountFlows flows;
    private final DialogRouting routing;
    private final DialogTable<SipEndpoint> dialogs;
    private final Consumer<SipEndpoint> closed;

    /**
     * @param closed run once, before the flows close
     */
    SipEndpoint(
            SipContext context,
            SipAccount account,
            EndpointHandler handler,
            DialogTable<SipEndpoint> dialogs,
            Consumer<SipEndpoint> closed) {
        this.context = context;
        this.account = account;
        this.handler = handler;
        this.closed = closed;
        this.identity = new AccountIdentity(context, account);
        this.flows = new AccountFlows(identity, handler::contactChanged);
        this.routing = new DialogRouting(account, this::home, context.locator());
        this.dialogs = dialogs;
    }

    /**
     * Returns whether the account can be registered over one more flow: the registrar keeps one
     * binding per flow, and there is another server.
     */
    public boolean canHaveAnotherFlow() {
        return flows.mayBeMore();
    }

    /**
     * Returns the flow with this reg-id (RFC 5626 §4.2). Flow 1 always exists; the next one, to
     * another server, is made at its first request.
     */
    public RegistrationFlow registrationFlow(int regId) {
        return flows.withRegId(regId);
    }

    /**
     * Sets the instance ID. Call it before the account is registered.
     *
     * @param urn distinguishes this installation from the user's others (RFC 5626 §4.1)
     */
    public void identify(String urn) {
        identity.contact().identify(urn);
    }

    /**
     * Authenticates with another password, or hash of one, from now on.
     *
     * @param changed wiped with the endpoint
     */
    public void updatePassword(Secret changed) {
        context.loop().assertOnLoop();
        identity.updatePassword(changed);
    }

    public SipAccount account() {
        return account;
    }

    /** Returns the address of record with the display name, without a tag. */
    public NameAddr addressOfRecord() {
        return identity.addressOfRecord();
    }

    /**
     * Returns a new request outside dialogs: From with a fresh tag, To, a fresh Call-ID and CSeq.
     * Sending adds Route, Contact and Via.
     */
    public SipRequest.Builder newRequest(String method, SipUri target) {
        return identity.newRequest(method, target);
    }

    /** As {@link RegistrationFlow#newRegister}, for the first flow. */
    public SipRequest.Builder newRegister() {
        return flows.withRegId(1).newRegister();
    }

    /**
     * Sends a request outside dialogs through the account's phone system; sends a REGISTER as
     * {@link RegistrationFlow#send} does.
     */
    public void send(SipRequest.Builder request, RequestListener listener) {
        context.loop().assertOnLoop();
        if (request.method().equals("REGISTER")) {
            flows.withRegId(1).send(request, listener);
        } else {
            new OutgoingPlainRequest(identity, pathOf(null), request, listener).start();
        }
    }

    /** Sends a request made with {@link Dialog#request}, along the dialog's route. */
    public OutgoingPlainRequest send(Dialog dialog, SipRequest.Builder request, RequestListener listener) {
        context.loop().assertOnLoop();
        OutgoingPlainRequest sent = new OutgoingPlainRequest(identity, pathOf(dialog), request, listener);
        sent.start();
        return sent;
    }

    /** Sends an INVITE made with {@link #newRequest}. */
    public OutgoingInvite invite(SipRequest.Builder request, InviteListener listener) {
        OutgoingInvite invite = newInvite(null, request, listener);
        invite.start();
        return invite;
    }

    /**
     * Sends an INVITE made with {@link #newRequest}.
     *
     * @param obtained the flow from {@link #connect} that the body was made for
     */
    public OutgoingInvite invite(Flow obtained, SipRequest.Builder request, InviteListener listener) {
        OutgoingInvite invite = newInvite(null, request, listener);
        invite.startOn(obtained);
        return invite;
    }

    /** Sends a re-INVITE made with {@link Dialog#request}. */
    public OutgoingInvite invite(Dialog dialog, SipRequest.Builder request, InviteListener listener) {
        OutgoingInvite invite = newInvite(dialog, request, listener);
        invite.start();
        return invite;
    }

    private OutgoingInvite newInvite(@Nullable Dialog within, SipRequest.Builder request, InviteListener listener) {
        context.loop().assertOnLoop();
        return new OutgoingInvite(this, pathOf(within), request, listener);
    }

    private RequestPath pathOf(@Nullable Dialog dialog) {
        return new AccountPath(flows, routing, dialog);
    }

    /** Returns the flow to the phone system, or null if there is none. */
    public @Nullable Flow flow() {
        return home().current();
    }

    /** Returns whether the account itself is reached on this flow. */
    public boolean isReachedOn(Flow flow) {
        return flows.isReachedOn(flow);
    }

    /**
     * Opens the flow to the phone system if there is none; for callers that need its local address
     * before sending.
     */
    public void connect(FlowCallback callback) {
        home().obtain(callback);
    }

    /**
     * Returns the Contact on which requests of dialogs reach this account now.
     *
     * @throws IllegalStateException while there is no flow
     */
    public NameAddr contact() {
        RegistrationFlow preferred = flows.preferred();
        Flow flow = preferred.outbound().current();
        if (flow == null) {
            throw new IllegalStateException("there is no flow to be reached on");
        }
        return preferred.contact().inDialog(flow, false, false);
    }

    /**
     * Returns the Contact on which notifications reach this account now.
     *
     * @throws IllegalStateException while there is no flow
     */
    public NameAddr subscriberContact() {
        RegistrationFlow preferred = flows.preferred();
        Flow flow = preferred.outbound().current();
        if (flow == null) {
            throw new IllegalStateException("there is no flow to be reached on");
        }
        return preferred.contact().subscribing(flow, false);
    }

    /** Whether the phone system wakes the app, according to its last answer to a registration. */
    public PushSupport pushSupport() {
        return flows.pushSupport();
    }

    /**
     * Returns a response to a request for this account, with the Contact, Allow and Supported that
     * responses to INVITE carry.
     */
    public SipResponse.Builder response(ServerTransactionHandle request, int status) {
        SipResponse.Builder response = request.response(status);
        identity.describe(response);
        if (status > 100 && status < 300) {
            RegistrationFlow over = flows.of(request.flow());
            Flow flow = over.outbound().current();
            response.contact(
                    over.contact().inDialog(flow == null ? request.flow() : flow, isSecure(request.request()), false));
        }
        return response;
    }

    /** §12.1.1: whether the dialog that the request makes, or belongs to, uses sips URIs. */
    private static boolean isSecure(SipRequest request) {
        List<NameAddr> way = request.recordRoutes().isEmpty() ? request.contacts() : request.recordRoutes();
        return request.requestUri().isSecure()
                || (!way.isEmpty() && way.get(0).uri().isSecure());
    }

    /**
     * Sends a provisional response and repeats it until the caller acknowledges it with PRACK (RFC
     * 3262).
     *
     * @param unacknowledged run if no PRACK came within 64*T1: the INVITE should be rejected
     */
    public ReliableProvisional respondReliably(
            ServerTransactionHandle invite, SipResponse.Builder response, Runnable unacknowledged) {
        // §3: the first RSeq may be any number up to 2³¹-1; this leaves room for the following
        // ones.
        return respondReliably(
                invite, response, 1L + context.random().nextInt(Integer.MAX_VALUE - 10_000), unacknowledged);
    }

    /**
     * Sends one more for the same INVITE, after the last has been acknowledged; its RSeq is the
     * next number (RFC 3262 §3).
     */
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
                context.loop(), context.settings().timers().t1(), invite, response, rseq, unacknowledged);
    }

    /** Removes the account: nothing is sent or accepted for it any more. Unregister first. */
    public void close() {
        context.loop().assertOnLoop();
        closed.accept(this);
        identity.wipe();
    }

    void flowClosed(Flow flow, @Nullable Failure why) {
        for (RegistrationFlow lost : flows.closed(flow)) {
            lost.contact().forget();
            handler.flowLost(lost, why);
        }
    }

    /** Routes requests of the account's dialog to the handler from now on. */
    void register(Dialog dialog, DialogHandler dialogHandler) {
        dialogs.register(this, dialog, dialogHandler);
    }

    void unregister(Dialog dialog) {
        dialogs.unregister(dialog);
    }

    /** Provides the flow for an ACK, which is no transaction. */
    void flowTo(SipUri nextHop, FlowCallback callback) {
        routing.obtain(nextHop, callback);
    }

    /**
     * Whether MESSAGE is sent and accepted: not if the account's signalling is, or may be, readable
     * on the network.
     */
    public boolean takesMessages() {
        return identity.takesMessages();
    }

    boolean isAddressedBy(SipUri uri) {
        return flows.isAddressedBy(uri);
    }

    /**
     * Returns whether an address belongs to the account's own phone system: its domain, its proxy,
     * or the proxy's address.
     */
    public boolean isOfPhoneSystem(SipUri uri) {
        Flow flow = home().current();
        return uri.isSip()
                && (uri.host().equalsIgnoreCase(account.domain())
                        || account.outboundProxies().stream()
                                .anyMatch(proxy -> uri.host().equalsIgnoreCase(proxy.host()))
                        || (flow != null && context.locator().names(uri, flow.remote())));
    }

    /** Returns whether the flow was lost because the device left its network. */
    public boolean hasLeft(Flow gone) {
        return flows.hasLeft(gone);
    }

    /**
     * Cancels an INVITE that was sent over a network the device has left. The CANCEL goes over the
     * account's current flow.
     */
    public void cancelLost(SipRequest invite) {
        Flow open = home().current();
        if (open != null) {
            context.transactions().cancelLost(invite, open);
        }
    }

    /** Returns whether what arrives on this flow comes from the account's own phone system. */
    public boolean trusts(Flow flow) {
        return flows.trusts(flow);
    }

    boolean trustsWithin(Dialog dialog, Flow flow) {
        return flows.trustsWithin(dialog, flow);
    }

    boolean uses(Flow flow) {
        return flows.uses(flow);
    }

    /** @return the flows that were in use */
    List<Flow> closeFlows() {
        return flows.close();
    }

    /** Returns the flow that carries requests. */
    OutboundFlow home() {
        return flows.preferred().outbound();
    }

    EndpointHandler handler() {
        return handler;
    }

    SipContext context() {
        return context;
    }

    AccountIdentity identity() {
        return identity;
    }

    @Override
    public String toString() {
        return "SipEndpoint[" + account.transport() + "]";
    }
}
