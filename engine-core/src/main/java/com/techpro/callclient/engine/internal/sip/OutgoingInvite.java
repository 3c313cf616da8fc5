// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip;

import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.internal.sip.dialog.Dialog;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import com.techpro.callclient.engine.internal.sip.transaction.ClientTransactionHandle;
import com.techpro.callclient.engine.internal.sip.transport.Flow;
import com.techpro.callclient.engine.internal.sip.transport.FlowCallback;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An INVITE on its way: the phones that ring, each in an early dialog of its own, and those that accept it (RFC 3261 §13.2.2). Used on
 * the loop.
 */
public final class OutgoingInvite extends OutgoingRequest {
    /** More answers than this to one call are ended without asking. */
    private static final int MAX_FORKS = 12;

    /** A fork that accepted; its ACK once there is one. */
    private static final class Fork {
        private @Nullable SipRequest ack;
        private @Nullable Flow flow;
    }

    private final InviteListener listener;
    private final InviteDialogs dialogs;
    private final Map<String, Fork> forks = new HashMap<>(2);
    private final EarlyDialogs early;
    private boolean cancelled;

    OutgoingInvite(
            AccountIdentity identity,
            RequestPath path,
            SipRequest.Builder request,
            InviteListener listener,
            InviteDialogs dialogs) {
        super(identity, path, request);
        this.listener = listener;
        this.dialogs = dialogs;
        this.early = new EarlyDialogs(dialogs, listener);
    }

    /** As last sent, with its final CSeq and credentials: what its dialogs are made from. Null until it was sent. */
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

    /** Timer M: no 2xx can come any more, neither again nor from another phone (§13.2.2.4). */
    @Override
    void terminated() {
        early.end();
        forks.clear();
    }

    /** What it was sent on last, and its responses come by; null until then. */
    public @Nullable Flow flow() {
        ClientTransactionHandle sent = transaction();
        return sent == null ? null : sent.flow();
    }

    /** Whether it is a re-INVITE. */
    public boolean isWithinDialog() {
        return dialog() != null;
    }

    /** Whether it went out on a network that this device has left: nothing comes of it, and what it offers is not where we are. */
    @Override
    public boolean isLost() {
        Flow sentOn = flow();
        return !isWithinDialog() && sentOn != null && dialogs.hasLeft(sentOn);
    }

    public boolean isCancelled() {
        return cancelled;
    }

    public void cancel() {
        cancel(null);
    }

    /**
     * Gives up. The listener still hears the outcome: mostly rejected with 487, or accepted if the answer crossed the CANCEL. If
     * nothing was sent yet, or only a challenge came, it hears {@code failed} with {@code Rejected(487)}.
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
        // Whatever rang before a challenge has said no with it, and rings anew.
        early.end();
        if (cancelled) {
            concludeFailed(new Failure.Rejected(487));
        }
        return !cancelled;
    }

    /** Acknowledges a 2xx, now and whenever it is repeated. Its dialog's route set and target are used. */
    public void acknowledge(Dialog dialog) {
        acknowledge(dialog, null, new byte[0]);
    }

    /**
     * §13.2.2.4: the ACK has the credentials of the INVITE.
     *
     * @param contentType of the answer to an offer that came in the 2xx; null for no body
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
        dialogs.flowTo(dialog.nextHop(), new FlowCallback() {
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
                // The other side repeats its 2xx and then gives up; so will the call, by BYE.
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
     * The dialog that a 2xx makes: a new one, or the early one of the same phone. From now on it is the caller's, who unregisters it.
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

    /** Acknowledges a 2xx and ends the dialog it made with BYE: for forks that are not wanted (RFC 3261 §13.2.2.4). */
    public void discard(SipResponse success) {
        Dialog unwanted = dialog(success);
        dialogs.unregister(unwanted);
        acknowledge(unwanted);
        dialogs.send(unwanted, unwanted.request("BYE"));
    }

    private static String tagOf(SipResponse response) {
        String tag = response.to().tag();
        return tag == null ? "" : tag;
    }
}
