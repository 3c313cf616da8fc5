// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip;

import com.techpro.callclient.engine.internal.sip.dialog.Dialog;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import java.util.HashMap;
import java.util.Map;

/**
 * The early dialogs of one INVITE of ours, by the tag of the phone that rings (RFC 3261 §12.1.2). They take requests, acknowledge
 * reliable provisional responses (RFC 3262 §4), and count on when the call is accepted, so that its BYE does not repeat the number of a
 * PRACK and an UPDATE from the other side is not taken for the first request.
 */
final class EarlyDialogs {
    /** More phones than this have no dialog: what they say is not heard, and they give up. */
    private static final int MOST = 12;

    private static final class Early {
        private final Dialog dialog;
        private long lastRseq;

        Early(Dialog dialog) {
            this.dialog = dialog;
        }
    }

    private final InviteDialogs dialogs;
    private final InviteListener listener;
    private final Map<String, Early> byTag = new HashMap<>(2);

    EarlyDialogs(InviteDialogs dialogs, InviteListener listener) {
        this.dialogs = dialogs;
        this.listener = listener;
    }

    private static boolean isReliable(SipResponse provisional) {
        return provisional.to().tag() != null
                && provisional.number("RSeq") > 0
                && provisional.headers("Require").contains(ReliableProvisional.OPTION);
    }

    /**
     * Takes a provisional response: its To tag makes an early dialog, and if it is reliable, it is acknowledged.
     *
     * @return false if it is a repetition, or one before it is missing (RFC 3262 §4): it counts as not received
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
                dialogs.register(early.dialog, handler);
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
        dialogs.send(early.dialog, prack);
        return true;
    }

    /** The dialog that a 2xx makes, or makes of an early one; it is none of these any more. */
    Dialog confirmed(SipRequest invite, SipResponse success) {
        Early early = byTag.remove(tagOf(success));
        if (early == null) {
            return Dialog.uac(invite, success);
        }
        early.dialog.confirm(success);
        return early.dialog;
    }

    /** No phone rings any more. */
    void end() {
        byTag.values().forEach(early -> dialogs.unregister(early.dialog));
        byTag.clear();
    }

    private static String tagOf(SipResponse response) {
        String tag = response.to().tag();
        return tag == null ? "" : tag;
    }
}
