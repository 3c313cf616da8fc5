// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip;

import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.internal.sip.dialog.Dialog;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import java.util.HashMap;
import java.util.Map;

/**
 * The early dialogs of one INVITE of ours: one for each phone whose provisional responses are to be acknowledged (RFC 3262 §4). They
 * count on when the call is accepted, so that its BYE does not repeat the number of a PRACK.
 */
final class EarlyDialogs {
    /** More phones than this are not acknowledged; they give up. */
    private static final int MOST = 12;

    private static final RequestListener IGNORING = new RequestListener() {
        @Override
        public void success(SipResponse response) {}

        @Override
        public void rejected(SipResponse response, Failure why) {}

        @Override
        public void failed(Failure why) {
            // Whoever rings repeats its response, and gives up in the end.
        }
    };

    private static final class Early {
        private final Dialog dialog;
        private long lastRseq;

        Early(Dialog dialog) {
            this.dialog = dialog;
        }
    }

    private final SipEndpoint endpoint;
    private final Map<String, Early> byTag = new HashMap<>(2);

    EarlyDialogs(SipEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    static boolean isReliable(SipResponse provisional) {
        return provisional.to().tag() != null
                && provisional.number("RSeq") > 0
                && provisional.headers("Require").contains(ReliableProvisional.OPTION);
    }

    /**
     * Acknowledges a reliable provisional response.
     *
     * @return false if it is a repetition, or one before it is missing (§4): it counts as not received
     */
    boolean acknowledge(SipRequest invite, SipResponse provisional) {
        String tag = tagOf(provisional);
        Early early = byTag.get(tag);
        if (early == null) {
            if (byTag.size() >= MOST) {
                return false;
            }
            early = new Early(Dialog.uac(invite, provisional));
            byTag.put(tag, early);
        }
        long rseq = provisional.number("RSeq");
        if (early.lastRseq != 0 && rseq != early.lastRseq + 1) {
            return false;
        }
        early.lastRseq = rseq;
        SipRequest.Builder prack = early.dialog
                .request("PRACK")
                .set("RAck", rseq + " " + provisional.cseq().number() + " INVITE");
        endpoint.send(early.dialog, prack, IGNORING);
        return true;
    }

    /** The dialog that a 2xx makes, or makes of an early one. */
    Dialog confirmed(SipRequest invite, SipResponse success) {
        Early early = byTag.get(tagOf(success));
        if (early == null) {
            return Dialog.uac(invite, success);
        }
        early.dialog.confirm(success);
        return early.dialog;
    }

    private static String tagOf(SipResponse response) {
        String tag = response.to().tag();
        return tag == null ? "" : tag;
    }
}
