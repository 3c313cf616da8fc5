// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.stack.sip.dialog.Dialog;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.transaction.ClientTransactionHandle;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.FlowCallback;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An outgoing INVITE: the ringing phones, each in an early dialog of its own, and the phones that
 * accept it (RFC 3261 §13.2.2). Belongs to the loop.
 */
public final class OutgoingInvite extends OutgoingRequest {
    /** Further 2xx answers to one call are discarded without asking the listener. */
    private static final int MAX_FORKS = 12;

    /** A fork that accepted, with its ACK once that exists. */
    private static final class Fork {
        private @Nullable SipRequest ack;
        private @Nullable Flow flow;
    }

    private final InviteListener listener;
    private final SipEndpoint endpoint;
    private final Map<String, Fork> forks = new HashMap<>(2);
    private final EarlyDialogs early;
    private boolean cancelled;

    OutgoingInvite(SipEndpoint endpoint, RequestPath path, SipRequest.Builder request, InviteListener listener) {
        super(endpoint.identity(), path, request);
        this.listener = listener;
        this.endpoint = endpoint;
        this.early = new EarlyDialogs(endpoint, listener);
    }

    /**
     * The request as last sent, with its final CSeq and credentials; dialogs are made from it. Null
     * until it was sent.
     */
    public @Nullable SipRequest request() {
        ClientTransactionHandle sent = transaction();
        return sent == null ? null : sent.request();
    }

    @Override
    void provisional(SipResponse response) {
        SipRequest invite = request();
        if (invite == null || dialog() != null || early.take(invite, response)) {
            listener.provisional(response);
        }
    }

    @Override
    void succeeded(SipResponse success) {
        String tag = tagOf(success);
        Fork known = forks.get(tag);
        if (known != null) {
            acknowledgeAgain(known);
            return;
        }
        boolean wanted = forks.size() < MAX_FORKS;
        if (wanted || forks.size() < 2 * MAX_FORKS) {
            forks.put(tag, new Fork());
        }
        Dialog within = dialog();
        if (within != null) {
            within.refreshTarget(success);
        }
        if (wanted) {
            listener.accepted(success);
        } else {
            discard(success);
        }
    }

    @Override
    void rejected(SipResponse response, Failure why) {
        early.end();
        listener.rejected(response, why);
    }

    @Override
    void failed(Failure why) {
        early.end();
        listener.failed(why);
    }

    /**
     * Timer M: no more 2xx can come, neither a repetition nor one from another phone (§13.2.2.4).
     */
    @Override
    void terminated() {
        early.end();
        forks.clear();
    }

    /** The flow on which it was last sent and on which its responses come; null until then. */
    public @Nullable Flow flow() {
        ClientTransactionHandle sent = transaction();
        return sent == null ? null : sent.flow();
    }

    /** Whether it is a re-INVITE. */
    public boolean isWithinDialog() {
        return dialog() != null;
    }

    /**
     * Whether it was sent on a network that the device has left. It comes to nothing, and its offer
     * has the wrong addresses.
     */
    @Override
    public boolean isLost() {
        Flow sentOn = flow();
        return !isWithinDialog() && sentOn != null && endpoint.hasLeft(sentOn);
    }

    public boolean isCancelled() {
        return cancelled;
    }

    public void cancel() {
        cancel(null);
    }

    /**
     * Cancels the INVITE. The listener still receives the outcome: usually rejected with 487, or
     * accepted if the answer crossed the CANCEL. If nothing was sent yet, or only a challenge came,
     * it receives {@code failed} with {@code Rejected(487)}.
     *
     * @param reason the value of a Reason header (RFC 3326), or null
     */
    public void cancel(@Nullable String reason) {
        ClientTransactionHandle sent = transaction();
        if (isConcluded() || cancelled) {
            return;
        }
        cancelled = true;
        if (sent == null) {
            conclude();
            context().loop().execute(() -> failed(new Failure.Rejected(487)));
        } else {
            context().transactions().cancel(sent, reason);
        }
    }

    @Override
    boolean mayTryAgain() {
        // The challenge also ended every ringing phone; each rings anew.
        early.end();
        if (cancelled) {
            concludeFailed(new Failure.Rejected(487));
        }
        return !cancelled;
    }

    /** Acknowledges a 2xx, now and at each repetition, using the dialog's route set and target. */
    public void acknowledge(Dialog dialog) {
        acknowledge(dialog, null, new byte[0]);
    }

    /**
     * Acknowledges a 2xx. The ACK has the credentials of the INVITE (§13.2.2.4).
     *
     * @param contentType of the answer to an offer in the 2xx; null for no body
     */
    public void acknowledge(Dialog dialog, @Nullable String contentType, byte[] body) {
        SipRequest invite = request();
        if (invite == null) {
            throw new IllegalStateException("an INVITE that was not sent has nothing to acknowledge");
        }
        SipRequest.Builder ack = dialog.ack(invite.cseq().number());
        for (String header : new String[] {"Authorization", "Proxy-Authorization"}) {
            invite.headers(header).forEach(value -> ack.add(header, value));
        }
        if (contentType != null) {
            ack.body(contentType, body);
        }
        Fork fork = forks.get(dialog.id().remoteTag());
        endpoint.flowTo(dialog.nextHop(), new FlowCallback() {
            @Override
            public void opened(Flow flow) {
                SipRequest sent = context().transactions().sendAck(ack.build(), flow);
                if (fork != null) {
                    fork.ack = sent;
                    fork.flow = flow;
                }
            }

            @Override
            public void failed(Failure failure) {
                // The other side repeats its 2xx, then gives up and ends the call with BYE.
            }
        });
    }

    private void acknowledgeAgain(Fork fork) {
        SipRequest ack = fork.ack;
        Flow flow = fork.flow;
        if (ack != null && flow != null) {
            context().transactions().sendAck(ack, flow);
        }
    }

    /**
     * Returns the dialog of a 2xx: a new one, or the early dialog of the same phone. The caller
     * owns it from now on and must unregister it.
     *
     * @throws IllegalStateException if nothing was sent
     */
    public Dialog dialog(SipResponse success) {
        SipRequest invite = request();
        if (invite == null) {
            throw new IllegalStateException("an INVITE that was not sent makes no dialog");
        }
        return early.confirmed(invite, success);
    }

    /**
     * Acknowledges a 2xx and ends its dialog with BYE; for forks that are not wanted (RFC 3261
     * §13.2.2.4).
     */
    public void discard(SipResponse success) {
        Dialog unwanted = dialog(success);
        endpoint.unregister(unwanted);
        acknowledge(unwanted);
        endpoint.send(unwanted, unwanted.request("BYE"), RequestListener.IGNORING);
    }

    /** Within a dialog only that of the dialog, which may have begun without a tag. */
    private String tagOf(SipResponse response) {
        Dialog within = dialog();
        String tag = within == null ? response.to().tag() : within.id().remoteTag();
        return tag == null ? "" : tag;
    }
}
