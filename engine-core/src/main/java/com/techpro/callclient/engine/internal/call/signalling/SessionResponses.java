// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.signalling;

import static com.techpro.callclient.engine.internal.call.signalling.CallSignalling.required;

import com.techpro.callclient.engine.failure.RefusalReason;
import com.techpro.callclient.engine.internal.call.machine.CallEffect;
import com.techpro.callclient.engine.internal.call.machine.Forwarding;
import com.techpro.callclient.engine.internal.call.machine.RequestId;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.stack.sip.SipEndpoint;
import com.techpro.callclient.stack.sip.SipStack;
import com.techpro.callclient.stack.sip.dialog.Dialog;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Our responses to the far end's requests of one call, and the requests that wait for them. Belongs
 * to the loop.
 */
public final class SessionResponses {
    private static final int BAD_INFO_PACKAGE = 469;

    private final CallSignalling signalling;
    private final SipStack stack;
    private final SipEndpoint endpoint;
    private final SessionTimer session;
    private final Map<RequestId, ServerTransactionHandle> unanswered = new HashMap<>(2);

    /** The INVITE that replaces the far end, until it is answered; or null. */
    private @Nullable ServerTransactionHandle replacement;

    private int owed;

    SessionResponses(CallSignalling signalling, SipStack stack, SipEndpoint endpoint, SessionTimer session) {
        this.signalling = signalling;
        this.stack = stack;
        this.endpoint = endpoint;
        this.session = session;
    }

    /** Keeps a request of the far end until {@link CallEffect.Respond} answers it. */
    public RequestId owe(ServerTransactionHandle request) {
        RequestId id = RequestId.of(request.request(), ++owed);
        unanswered.put(id, request);
        return id;
    }

    /** Keeps an INVITE that replaces the far end until {@link CallEffect.Respond} answers it. */
    public RequestId oweReplacement(ServerTransactionHandle invite) {
        replacement = invite;
        return owe(invite);
    }

    /** Whether an INVITE that replaces the far end still waits for its answer. */
    public boolean isReplacementWaiting() {
        return replacement != null && !replacement.isAnswered();
    }

    /** Returns a request that goes on waiting. */
    ServerTransactionHandle waiting(RequestId id) {
        return required(unanswered.get(id), "a request to answer");
    }

    /** Hands a request of the far end over to the part of the call that answers it. */
    public ServerTransactionHandle take(RequestId id) {
        return required(unanswered.remove(id), "a request to answer");
    }

    void respond(CallEffect.Respond what) {
        ServerTransactionHandle transaction = take(what.to());
        SipRequest request = transaction.request();
        boolean replaces = transaction == replacement && what.status() < 300;
        Dialog left = replaces ? signalling.takeOver(transaction) : null;
        if (transaction == replacement) {
            replacement = null;
        }
        SipResponse.Builder response = endpoint.response(transaction, what.status());
        IncomingInvite incoming = signalling.incoming();
        if (incoming != null && incoming.is(transaction)) {
            incoming.stopRinging();
        } else if (what.status() >= 300) {
            // The reason for rejecting the first INVITE is the call's ending, so it is not reported
            // here.
            refused(transaction, reason(what.status()), what.status());
        }
        Dialog within = signalling.dialog();
        if (what.status() < 300) {
            signalling.tellContact();
        }
        if (what.status() < 300 && within != null) {
            if (request.isMethod("INVITE")) {
                within.confirm();
            }
            if (!within.isEarly()) {
                session.accept(request, response);
            }
        }
        if (what.retryAfter() >= 0) {
            response.set("Retry-After", Integer.toString(what.retryAfter()));
        }
        Forwarding forwarding = what.forwarding();
        if (forwarding != null) {
            forwarding.write(request, response);
        }
        SessionDescription description = what.description();
        if (description != null) {
            if (TrickleInfo.isOffered(description)) {
                response.set(TrickleInfo.RECV_INFO, TrickleInfo.PACKAGE);
            }
            response.body(SessionDescription.CONTENT_TYPE, description.encode());
        }
        transaction.respond(response.build());
        if (replaces) {
            signalling.leave(left);
        }
    }

    /**
     * Answers a trickle INFO of the far end.
     *
     * @param taken false if this call does not use ICE
     */
    public void answerCandidates(RequestId id, boolean taken) {
        ServerTransactionHandle info = take(id);
        if (taken) {
            info.respond(200);
        } else {
            refusePackage(info);
        }
    }

    /** RFC 6086 §4.2.2. */
    void refusePackage(ServerTransactionHandle info) {
        refused(info, RefusalReason.UNSUPPORTED_MEDIA_TYPE, BAD_INFO_PACKAGE);
        info.respond(info.response(BAD_INFO_PACKAGE)
                .set(TrickleInfo.RECV_INFO, TrickleInfo.PACKAGE)
                .build());
    }

    public static RefusalReason reason(int status) {
        return switch (status) {
            case 488 -> RefusalReason.NOT_ACCEPTABLE_HERE;
            case 481 -> RefusalReason.UNKNOWN_DIALOG;
            case 486, 603 -> RefusalReason.NOT_REPLACEABLE;
            // The far end may send it again a moment later.
            default -> RefusalReason.REQUEST_PENDING;
        };
    }

    /** Reports that a request of the call was refused automatically. */
    void refused(ServerTransactionHandle request, RefusalReason reason, int status) {
        stack.refused(endpoint.account(), reason, request, status);
    }

    void release() {
        // Only a disposed call has unanswered requests here. This ends their transactions, whether
        // or not the response arrives.
        unanswered.values().forEach(owed -> owed.respond(480));
        unanswered.clear();
        replacement = null;
    }
}
