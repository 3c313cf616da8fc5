// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip;

import com.techpro.callclient.engine.internal.sip.dialog.Dialog;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/** An INVITE on its way. Used on the loop. */
public interface InviteHandle {
    /** As last sent, with its final CSeq and credentials: what its dialogs are made from. Null until it was sent. */
    @Nullable
    SipRequest request();

    /**
     * Gives up. The listener still hears the outcome: mostly rejected with 487, or accepted if the answer crossed the CANCEL. If
     * nothing was sent yet, or only a challenge came, it hears {@code failed} with {@code Rejected(487)}.
     *
     * @param reason the value of a Reason header (RFC 3326), or null
     */
    void cancel(@Nullable String reason);

    default void cancel() {
        cancel(null);
    }

    /**
     * The dialog that a 2xx makes: a new one, or the early one of the same phone if it rang reliably (RFC 3262).
     *
     * @throws IllegalStateException if nothing was sent
     */
    Dialog dialog(SipResponse success);

    /** Acknowledges a 2xx, now and whenever it is repeated. Its dialog's route set and target are used. */
    default void acknowledge(Dialog dialog) {
        acknowledge(dialog, null, new byte[0]);
    }

    /** @param contentType of the answer to an offer that came in the 2xx; null for no body */
    void acknowledge(Dialog dialog, @Nullable String contentType, byte[] body);

    /** Acknowledges a 2xx and ends the dialog it made with BYE: for forks that are not wanted (RFC 3261 §13.2.2.4). */
    void discard(SipResponse success);
}
