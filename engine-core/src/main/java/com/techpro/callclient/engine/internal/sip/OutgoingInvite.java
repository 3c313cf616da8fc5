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

/** An INVITE, and the forks that accept it (RFC 3261 §13.2.2.4). */
final class OutgoingInvite extends OutgoingRequest implements InviteHandle {
    /** More answers than this to one call are ended without asking. */
    private static final int MAX_FORKS = 12;

    /** A fork that accepted; its ACK once there is one. */
    private static final class Fork {
        private @Nullable SipRequest ack;
        private @Nullable Flow flow;
    }

    private final InviteListener listener;
    private final Map<String, Fork> forks = new HashMap<>(2);
    private final EarlyDialogs early;
    private boolean cancelled;

    OutgoingInvite(SipEndpoint endpoint, @Nullable Dialog dialog, SipRequest.Builder request, InviteListener listener) {
        super(endpoint, dialog, request);
        this.listener = listener;
        this.early = new EarlyDialogs(endpoint);
    }

    @Override
    public @Nullable SipRequest request() {
        ClientTransactionHandle sent = transaction();
        return sent == null ? null : sent.request();
    }

    @Override
    void provisional(SipResponse response) {
        SipRequest invite = request();
        if (invite != null
                && dialog() == null
                && EarlyDialogs.isReliable(response)
                && !early.acknowledge(invite, response)) {
            return;
        }
        listener.provisional(response);
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
        listener.rejected(response, why);
    }

    @Override
    void failed(Failure why) {
        listener.failed(why);
    }

    /** Timer M: no repetition of a 2xx can come any more. */
    @Override
    void terminated() {
        forks.clear();
    }

    @Override
    public void cancel(@Nullable String reason) {
        ClientTransactionHandle sent = transaction();
        if (isConcluded() || cancelled) {
            return;
        }
        cancelled = true;
        if (sent == null) {
            conclude();
            endpoint.stack().loop().execute(() -> failed(new Failure.Rejected(487)));
        } else {
            endpoint.stack().transactions().cancel(sent, reason);
        }
    }

    @Override
    boolean mayTryAgain() {
        if (cancelled) {
            concludeFailed(new Failure.Rejected(487));
        }
        return !cancelled;
    }

    /** §13.2.2.4: the ACK has the credentials of the INVITE. */
    @Override
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
                SipRequest sent = endpoint.stack().transactions().sendAck(ack.build(), flow);
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
            endpoint.stack().transactions().sendAck(ack, flow);
        }
    }

    @Override
    public Dialog dialog(SipResponse success) {
        SipRequest invite = request();
        if (invite == null) {
            throw new IllegalStateException("an INVITE that was not sent makes no dialog");
        }
        return early.confirmed(invite, success);
    }

    @Override
    public void discard(SipResponse success) {
        Dialog unwanted = dialog(success);
        acknowledge(unwanted);
        endpoint.send(unwanted, unwanted.request("BYE"), IGNORING);
    }

    private static final RequestListener IGNORING = new RequestListener() {
        @Override
        public void success(SipResponse response) {}

        @Override
        public void rejected(SipResponse response, Failure why) {}

        @Override
        public void failed(Failure why) {}
    };

    private static String tagOf(SipResponse response) {
        String tag = response.to().tag();
        return tag == null ? "" : tag;
    }
}
