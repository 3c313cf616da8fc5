// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.signalling;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.internal.call.sdp.IceFragment;
import com.techpro.callclient.engine.internal.call.sdp.OfferAnswer;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.stack.sip.RequestListener;
import com.techpro.callclient.stack.sip.SipEndpoint;
import com.techpro.callclient.stack.sip.dialog.Dialog;
import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Candidates sent by INFO after the description (RFC 8840, RFC 6086). It knows whether the far end
 * supports this, and sends ours one request at a time. Belongs to the loop.
 */
public final class TrickleInfo {
    static final String PACKAGE = "trickle-ice";
    static final String RECV_INFO = "Recv-Info";
    static final String INFO_PACKAGE = "Info-Package";

    private final SipEndpoint endpoint;
    private boolean taken;
    private boolean open;
    private @Nullable String next;

    TrickleInfo(SipEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** Whether our description offers trickle ICE. */
    static boolean isOffered(SessionDescription ours) {
        return OfferAnswer.trickles(ours);
    }

    /** Reads the support from the far end's INVITE, or from its response to ours. */
    void learn(SipMessage theirs) {
        if (theirs.hasHeader(RECV_INFO)) {
            taken = theirs.headers(RECV_INFO).contains(PACKAGE);
        }
    }

    /** Whether the far end supports it. */
    public boolean isTaken() {
        return taken;
    }

    /** Sends a fragment, which includes all earlier candidates. */
    void send(String fragment, Dialog dialog) {
        next = fragment;
        proceed(dialog);
    }

    private void proceed(Dialog dialog) {
        String fragment = next;
        if (open || fragment == null || !taken) {
            return;
        }
        next = null;
        open = true;
        SipRequest.Builder request = dialog.request("INFO")
                .set(INFO_PACKAGE, PACKAGE)
                .set("Content-Disposition", "Info-Package")
                .body(IceFragment.CONTENT_TYPE, fragment.getBytes(StandardCharsets.UTF_8));
        endpoint.send(dialog, request, new RequestListener() {
            @Override
            public void success(SipResponse response) {
                open = false;
                proceed(dialog);
            }

            @Override
            public void rejected(SipResponse response, Failure why) {
                open = false;
                taken = false;
            }

            @Override
            public void failed(Failure why) {
                open = false;
                taken = false;
            }
        });
    }
}
