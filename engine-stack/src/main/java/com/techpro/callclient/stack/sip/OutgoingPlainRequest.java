// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.stack.sip.dialog.Dialog;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.transaction.ClientTransactionHandle;
import com.techpro.callclient.stack.sip.transport.Flow;
import org.jspecify.annotations.Nullable;

/** An outgoing request other than INVITE. Belongs to the loop. */
public final class OutgoingPlainRequest extends OutgoingRequest {
    private final RequestListener listener;

    OutgoingPlainRequest(
            AccountIdentity identity, RequestPath path, SipRequest.Builder request, RequestListener listener) {
        super(identity, path, request);
        this.listener = listener;
    }

    /** The request as last sent, with its final CSeq and credentials; null until it was sent. */
    public @Nullable SipRequest request() {
        ClientTransactionHandle sent = transaction();
        return sent == null ? null : sent.request();
    }

    /** The flow on which it was last sent and on which its responses come; null until then. */
    public @Nullable Flow flow() {
        ClientTransactionHandle sent = transaction();
        return sent == null ? null : sent.flow();
    }

    @Override
    void provisional(SipResponse response) {
        listener.provisional(response);
    }

    @Override
    void succeeded(SipResponse response) {
        Dialog within = dialog();
        if (within != null && response.cseq().method().equals("UPDATE")) {
            within.refreshTarget(response);
        }
        listener.success(response);
    }

    @Override
    void rejected(SipResponse response, Failure why) {
        listener.rejected(response, why);
    }

    @Override
    void failed(Failure why) {
        listener.failed(why);
    }
}
