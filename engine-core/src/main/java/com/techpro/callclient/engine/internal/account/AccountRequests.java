// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.account;

import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.RefusalReason;
import com.techpro.callclient.engine.internal.call.CallSession;
import com.techpro.callclient.engine.internal.call.context.CallContext;
import com.techpro.callclient.engine.internal.call.machine.CallPhase;
import com.techpro.callclient.engine.internal.call.media.AccountMedia;
import com.techpro.callclient.engine.internal.call.party.CallerIdentity;
import com.techpro.callclient.engine.internal.call.report.SnapshotPublisher;
import com.techpro.callclient.engine.internal.call.sdp.LocalMedia;
import com.techpro.callclient.engine.internal.call.signalling.SessionResponses;
import com.techpro.callclient.engine.internal.message.AccountMessages;
import com.techpro.callclient.engine.internal.mwi.MessageWaiting;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.stack.sip.EndpointHandler;
import com.techpro.callclient.stack.sip.RegistrationFlow;
import com.techpro.callclient.stack.sip.SipEndpoint;
import com.techpro.callclient.stack.sip.dialog.DialogId;
import com.techpro.callclient.stack.sip.dialog.DialogReference;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.stack.sip.transport.Flow;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Handles the requests for one account that belong to no dialog. Belongs to the loop. */
final class AccountRequests implements EndpointHandler {
    /** Placeholder for checking an offer before the phone rings; never sent. */
    private static final InetSocketAddress PROBE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);

    private final AccountSession session;
    private final SipAccount account;
    private final CallContext context;
    private final AccountMedia media;
    private final Consumer<AccountEvent> events;
    private final Supplier<String> callIds;
    /** Made for the first offer: most accounts wait for one most of the time. */
    private @Nullable LocalMedia probe;

    AccountRequests(
            AccountSession session,
            CallContext context,
            AccountMedia media,
            Consumer<AccountEvent> events,
            Supplier<String> callIds) {
        this.session = session;
        this.account = session.account();
        this.context = context;
        this.media = media;
        this.events = events;
        this.callIds = callIds;
    }

    @Override
    public void invite(ServerTransactionHandle invite) {
        SipEndpoint endpoint = session.endpoint();
        if (endpoint == null) {
            refuse(invite, RefusalReason.ACCOUNT_UNAVAILABLE, 480);
        } else {
            ring(endpoint, invite);
        }
    }

    @Override
    public void request(ServerTransactionHandle request) {
        MessageWaiting messages = session.messages();
        if (request.request().isMethod("REFER")) {
            refer(request);
        } else if (request.request().isMethod("MESSAGE")) {
            text(request);
        } else if (messages == null || !messages.unsolicited(request)) {
            boolean event = request.request().isMethod("NOTIFY");
            context.sip()
                    .refused(
                            account,
                            event ? RefusalReason.UNEXPECTED_EVENT : RefusalReason.METHOD_NOT_ALLOWED,
                            request,
                            event ? 489 : 501);
            EndpointHandler.super.request(request);
        }
    }

    private void text(ServerTransactionHandle message) {
        AccountMessages taking = session.texts();
        SipEndpoint endpoint = session.endpoint();
        if (taking == null || endpoint == null) {
            refuse(message, RefusalReason.ACCOUNT_UNAVAILABLE, 480);
        } else {
            taking.received(message, CallerIdentity.of(message.request(), endpoint.trusts(message.flow())));
        }
    }

    @Override
    public void flowLost(RegistrationFlow lost, @Nullable Failure why) {
        session.flowLost(lost, why);
    }

    @Override
    public void contactChanged() {
        session.contactChanged();
    }

    /** Refuses a request and reports the refusal, because no call reports it. */
    private void refuse(ServerTransactionHandle request, RefusalReason reason, SipResponse response) {
        context.sip().refused(account, reason, request, response.status());
        request.respond(response);
    }

    private void refuse(ServerTransactionHandle request, RefusalReason reason, int status) {
        refuse(request, reason, request.response(status).build());
    }

    /** Rings, or refuses or forwards the INVITE at once, as {@link IncomingCallRules} decides. */
    private void ring(SipEndpoint local, ServerTransactionHandle invite) {
        List<CallPhase> phases =
                session.calls().stream().map(CallSession::phase).collect(Collectors.toList());
        IncomingCallRules.Outcome outcome = IncomingCallRules.of(invite.request(), phases, settings(invite.flow()));
        if (outcome instanceof IncomingCallRules.Ring ring) {
            CallSession call =
                    CallSession.incoming(context, local, media, session::reported, callIds.get(), invite, ring.offer());
            session.calls().add(call);
            events.accept(new AccountEvent.CallReceived(session, call));
        } else if (outcome instanceof IncomingCallRules.Replace replace) {
            replace(invite, replace);
        } else if (outcome instanceof IncomingCallRules.Forward forward) {
            remember(local, invite, new CallEnding.Forwarded());
            SipResponse.Builder response = invite.response(302);
            forward.to().write(invite.request(), response);
            refuse(invite, RefusalReason.FORWARDED, response.build());
        } else if (outcome instanceof IncomingCallRules.Refuse refusal) {
            if (refusal.ending() != null) {
                remember(local, invite, refusal.ending());
            }
            SipResponse.Builder response = invite.response(refusal.status());
            refusal.headers().forEach(response::set);
            refuse(invite, refusal.reason(), response.build());
        }
    }

    private IncomingCallRules.Settings settings(Flow flow) {
        // The address that receives media decides which addresses media may be sent to.
        LocalMedia here = probe().at(new InetSocketAddress(flow.local().getAddress(), PROBE.getPort()));
        return new IncomingCallRules.Settings(
                account,
                here,
                context.forwarding().rules(),
                context.limits().maxCalls(),
                context.doNotDisturb().getAsBoolean(),
                session.isUnregistering());
    }

    /** Reports a call that was rejected or forwarded before it rang. */
    private void remember(SipEndpoint local, ServerTransactionHandle invite, CallEnding ending) {
        boolean trusted = local.trusts(invite.flow());
        events.accept(new AccountEvent.CallRefused(
                SnapshotPublisher.refused(context, account, callIds.get(), invite.request(), trusted, ending)));
    }

    private void replace(ServerTransactionHandle invite, IncomingCallRules.Replace what) {
        CallSession call = named(what.named().dialog());
        int refusal = call == null ? 481 : call.transfers().replace(what.named(), invite, what.offer());
        if (refusal != 0) {
            refuse(invite, SessionResponses.reason(refusal), refusal);
        }
    }

    private @Nullable CallSession named(DialogId dialog) {
        return session.calls().stream()
                .filter(candidate -> candidate.isNamed(dialog))
                .findFirst()
                .orElse(null);
    }

    /**
     * Handles a REFER outside a dialog. It must name one of our calls (RFC 4538 §4), because a
     * transfer is decided by that call's user.
     */
    private void refer(ServerTransactionHandle refer) {
        List<String> values = refer.request().headers("Target-Dialog");
        DialogId target = values.size() == 1 ? DialogReference.ofTargetDialog(values.get(0)) : null;
        CallSession call = target == null ? null : named(target);
        SipEndpoint endpoint = session.endpoint();
        if (values.isEmpty()) {
            refuse(refer, RefusalReason.REFERRAL_REFUSED, 603);
        } else if (target == null) {
            refuse(refer, RefusalReason.MALFORMED, 400);
        } else if (call == null || endpoint == null) {
            refuse(refer, RefusalReason.UNKNOWN_DIALOG, 481);
        } else {
            call.transfers().requestedBeside(refer, endpoint);
        }
    }

    private LocalMedia probe() {
        LocalMedia made = probe;
        if (made == null) {
            made = LocalMedia.create(PROBE, account, media.identity(), context.random());
            probe = made;
        }
        return made;
    }
}
