// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.signalling;

import com.techpro.callclient.engine.failure.RefusalReason;
import com.techpro.callclient.engine.internal.call.machine.CallInput;
import com.techpro.callclient.engine.internal.call.machine.ReceivedDtmf;
import com.techpro.callclient.engine.internal.call.machine.RequestId;
import com.techpro.callclient.engine.internal.call.machine.SessionModification;
import com.techpro.callclient.engine.internal.call.party.ConnectedParty;
import com.techpro.callclient.engine.internal.call.sdp.IceFragment;
import com.techpro.callclient.engine.internal.call.transfer.CallTransfers;
import com.techpro.callclient.stack.sip.DialogHandler;
import com.techpro.callclient.stack.sip.SipEndpoint;
import com.techpro.callclient.stack.sip.StatusMeaning;
import com.techpro.callclient.stack.sip.dialog.Dialog;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import java.util.List;
import java.util.function.Consumer;

/**
 * Handles the far end's requests in one dialog: the call's own or, before our INVITE is answered,
 * the early dialog of one ringing phone. Belongs to the loop.
 *
 * <table>
 *   <caption>Requests</caption>
 *   <tr><th></th><th>a phone rings for our INVITE</th><th>it rings here</th><th>both are there</th></tr>
 *   <tr><td>INVITE</td><td>491 (RFC 3261 §14.2)</td><td>500, Retry-After (§14.2)</td><td>{@link SessionModification}</td></tr>
 *   <tr><td>UPDATE</td><td>200</td><td>200</td><td>200</td></tr>
 *   <tr><td>with an offer</td><td>491 before it answered ours, then 200</td><td>500, Retry-After (RFC 3311 §5.2)</td>
 *       <td>{@link SessionModification}</td></tr>
 *   <tr><td>PRACK</td><td>481</td><td>200 for our reliable 180, else 481</td><td>481</td></tr>
 *   <tr><td>INFO</td><td>200, or 415</td><td>200, or 415</td><td>200, or 415</td></tr>
 *   <tr><td>NOTIFY</td><td>481: no subscription</td><td>481</td><td>200 for our REFER, else 481</td></tr>
 *   <tr><td>REFER</td><td>603</td><td>603</td><td>{@link CallTransfers}</td></tr>
 *   <tr><td>BYE</td><td>200: the others ring on</td><td>200, and 487 to the INVITE</td><td>200: over</td></tr>
 *   <tr><td>CANCEL</td><td></td><td>200, and 487 to the INVITE</td><td>200: too late</td></tr>
 *   <tr><td>its flow is lost</td><td>the INVITE fails</td><td>rings on: {@link CallSignalling#moved}</td><td>goes on: {@link CallInput.LocalAddressChanged}</td></tr>
 * </table>
 */
public final class CallRequests implements DialogHandler {
    private final CallSignalling signalling;
    private final SessionResponses responses;
    private final SipEndpoint endpoint;
    private final ConnectedParty connected;
    private final Consumer<CallInput> mailbox;
    private final Dialog within;

    CallRequests(
            CallSignalling signalling,
            SessionResponses responses,
            SipEndpoint endpoint,
            ConnectedParty connected,
            Consumer<CallInput> mailbox,
            Dialog within) {
        this.signalling = signalling;
        this.responses = responses;
        this.endpoint = endpoint;
        this.connected = connected;
        this.mailbox = mailbox;
        this.within = within;
    }

    @Override
    public void request(ServerTransactionHandle request) {
        if (signalling.isLeftBehind(within)) {
            leftBehind(request);
            return;
        }
        if (request.request().isMethod("INVITE") || request.request().isMethod("UPDATE")) {
            connected.learn(request.request(), request.flow(), within.id().remoteTag());
        }
        switch (request.request().method()) {
            case "BYE" -> {
                request.respond(200);
                mailbox.accept(goodbye(request.request()));
            }
            case "INVITE", "UPDATE" -> offered(request);
            case "INFO" -> info(request);
            case "PRACK" -> {
                IncomingInvite ringing = signalling.incoming();
                if (ringing == null) {
                    refuse(request, RefusalReason.UNKNOWN_DIALOG, 481);
                } else {
                    ringing.acknowledged(request);
                }
            }
            case "REFER" -> {
                if (signalling.isUndecided() || within.isEarly()) {
                    refuse(request, RefusalReason.REFERRAL_REFUSED, 603);
                } else {
                    mailbox.accept(new CallInput.TransferRequested(responses.owe(request)));
                }
            }
            case "NOTIFY" -> {
                // The only subscription in a call's dialog is that of a REFER (RFC 6665 §4.1.3).
                if (!signalling.notified(request)) {
                    refuse(request, RefusalReason.UNKNOWN_DIALOG, 481);
                }
            }
            default -> refuse(request, RefusalReason.METHOD_NOT_ALLOWED, 501);
        }
    }

    private CallInput goodbye(SipRequest bye) {
        if (signalling.isUndecided()) {
            return new CallInput.EarlyDialogEnded(within.id().remoteTag());
        }
        return signalling.isTransferred()
                ? new CallInput.Transferred(true)
                : new CallInput.ByeReceived(StatusMeaning.isAnsweredElsewhere(bye));
    }

    /**
     * Handles a request in a dialog that lost: another phone has answered or has replaced this one.
     * For a while the dialog exists, but nothing is agreed in it (RFC 3261 §13.2.2.4).
     */
    private void leftBehind(ServerTransactionHandle request) {
        boolean harmless = request.request().isMethod("BYE")
                || (request.request().isMethod("UPDATE") && !request.request().hasBody());
        if (harmless) {
            request.respond(endpoint.response(request, 200).build());
        } else {
            refuse(request, RefusalReason.UNKNOWN_DIALOG, 481);
        }
    }

    private void refuse(ServerTransactionHandle request, RefusalReason reason, int status) {
        responses.refused(request, reason, status);
        request.respond(status);
    }

    private void offered(ServerTransactionHandle request) {
        MessageBodies body = MessageBodies.of(request.request());
        if (body.refusal() != 0) {
            responses.refused(request, body.reason(), body.refusal());
            request.respond(body.rejection(request).build());
        } else if (SessionExpires.isTooShort(request.request())) {
            SipResponse.Builder tooShort = request.response(422);
            responses.refused(request, RefusalReason.SESSION_INTERVAL_TOO_SMALL, 422);
            request.respond(tooShort.set("Min-SE", Long.toString(SessionExpires.SHORTEST.getSeconds()))
                    .build());
        } else {
            RequestId id = responses.owe(request);
            mailbox.accept(
                    request.request().isMethod("INVITE")
                            ? new CallInput.ReInviteReceived(id, body.description())
                            : new CallInput.UpdateReceived(id, body.description()));
        }
    }

    @Override
    public void cancelled(ServerTransactionHandle invited, SipRequest cancel) {
        IncomingInvite ringing = signalling.incoming();
        if (ringing != null && ringing.is(invited)) {
            mailbox.accept(new CallInput.CancelReceived(StatusMeaning.isAnsweredElsewhere(cancel)));
        }
    }

    @Override
    public void ack(SipRequest ack) {
        if (signalling.isLeftBehind(within)) {
            return;
        }
        signalling.acknowledged();
        mailbox.accept(new CallInput.AckReceived(MessageBodies.description(ack)));
    }

    @Override
    public void ackTimedOut() {
        if (signalling.isLeftBehind(within)) {
            return;
        }
        mailbox.accept(new CallInput.AckTimeout());
    }

    private void info(ServerTransactionHandle request) {
        if (request.request().hasHeader(TrickleInfo.INFO_PACKAGE)) {
            packaged(request);
            return;
        }
        DtmfInfo key = DtmfInfo.parse(request.request());
        if (key == null && request.request().hasBody()) {
            refuse(request, RefusalReason.UNSUPPORTED_MEDIA_TYPE, 415);
            return;
        }
        request.respond(200);
        if (key != null) {
            mailbox.accept(new CallInput.DtmfReceived(key.tone(), ReceivedDtmf.Path.INFO, key.length()));
        }
    }

    /** RFC 6086 §4.2.2. */
    private void packaged(ServerTransactionHandle request) {
        SipRequest info = request.request();
        boolean ours = info.headers(TrickleInfo.INFO_PACKAGE).equals(List.of(TrickleInfo.PACKAGE))
                && IceFragment.CONTENT_TYPE.equals(info.contentType());
        if (ours) {
            mailbox.accept(new CallInput.CandidatesReceived(responses.owe(request), info.bodyText()));
        } else {
            responses.refusePackage(request);
        }
    }
}
