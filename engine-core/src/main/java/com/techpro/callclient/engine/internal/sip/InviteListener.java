// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip;

import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.internal.sip.dialog.Dialog;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/** Hears what becomes of an INVITE, on the loop, never inside the call that sent it. */
public interface InviteListener {
    /**
     * A phone that rings made an early dialog (RFC 3261 §12.1.2), one for each To tag. It is told before the response that made it.
     *
     * @return hears what comes in for the dialog, until a final no or, after a 2xx of another phone, 64*T1 end it; the dialog that
     *     {@link OutgoingInvite#dialog} confirms goes on. Null to have it answered with 481
     */
    default @Nullable DialogHandler early(Dialog dialog) {
        return null;
    }

    /**
     * A 101 to 199; those with different To tags are different forks. One that its sender wants acknowledged has been (RFC 3262), and
     * comes once and in order.
     */
    void provisional(SipResponse response);

    /**
     * A 2xx, once for each fork. It must be taken with {@link OutgoingInvite#acknowledge} or refused with {@link
     * OutgoingInvite#discard}. Repetitions are acknowledged without asking again.
     */
    void accepted(SipResponse success);

    /** The final no, and what it means; after {@link OutgoingInvite#cancel} usually a 487. */
    void rejected(SipResponse response, Failure why);

    /** No final response. */
    void failed(Failure why);
}
