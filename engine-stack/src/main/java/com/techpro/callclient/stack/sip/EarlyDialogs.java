// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.stack.sip.dialog.Dialog;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import java.util.HashMap;
import java.util.Map;

/**
 * The early dialogs of one outgoing INVITE, by the tag of the ringing phone (RFC 3261 §12.1.2).
 * They receive requests and acknowledge reliable provisional responses (RFC 3262 §4).
 * They keep their sequence numbers when the call is accepted: its BYE does not reuse the CSeq of a
 * PRACK, and an UPDATE from the other side is not taken for the first request.
 */
final class EarlyDialogs {
    /**
     * Further phones get no dialog: their reliable responses are not acknowledged, and they give
     * up.
     */
    private static final int MOST = 12;

    private static final class Early {
        private final Dialog dialog;
        private long lastRseq;

        Early(Dialog dialog) {
            this.dialog = dialog;
        }
    }

    private final SipEndpoint endpoint;
    private final InviteListener listener;
    private final Map<String, Early> byTag = new HashMap<>(2);

    EarlyDialogs(SipEndpoint endpoint, InviteListener listener) {
        this.endpoint = endpoint;
        this.listener = listener;
    }

    private static boolean isReliable(SipResponse provisional) {
        return provisional.to().tag() != null
                && provisional.number("RSeq") > 0
                && provisional.headers("Require").contains(ReliableProvisional.OPTION);
    }

    /**
     * Processes a provisional response. Its To tag makes an early dialog; a reliable response is
     * acknowledged.
     *
     * @return false if the response is a repetition or an earlier one is missing (RFC 3262 §4); it
     *     then counts as not received
     */
    boolean take(SipRequest invite, SipResponse provisional) {
        String tag = tagOf(provisional);
        if (tag.isEmpty()) {
            return true;
        }
        Early early = byTag.get(tag);
        if (early == null) {
            if (byTag.size() >= MOST) {
                return false;
            }
            early = new Early(Dialog.uac(invite, provisional));
            byTag.put(tag, early);
            DialogHandler handler = listener.early(early.dialog);
            if (handler != null) {
                endpoint.register(early.dialog, handler);
            }
        }
        return !isReliable(provisional) || acknowledge(early, provisional);
    }

    private boolean acknowledge(Early early, SipResponse provisional) {
        long rseq = provisional.number("RSeq");
        if (early.lastRseq != 0 && rseq != early.lastRseq + 1) {
            return false;
        }
        early.lastRseq = rseq;
        SipRequest.Builder prack = early.dialog
                .request("PRACK")
                .set("RAck", rseq + " " + provisional.cseq().number() + " INVITE");
        endpoint.send(early.dialog, prack, RequestListener.IGNORING);
        return true;
    }

    /**
     * Returns the dialog of a 2xx, new or made from an early dialog, and removes it from this
     * table.
     */
    Dialog confirmed(SipRequest invite, SipResponse success) {
        Early early = byTag.remove(tagOf(success));
        if (early == null) {
            return Dialog.uac(invite, success);
        }
        early.dialog.confirm(success);
        return early.dialog;
    }

    /** Ends all early dialogs. */
    void end() {
        byTag.values().forEach(early -> endpoint.unregister(early.dialog));
        byTag.clear();
    }

    private static String tagOf(SipResponse response) {
        String tag = response.to().tag();
        return tag == null ? "" : tag;
    }
}
