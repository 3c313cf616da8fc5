// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.stack.sip.dialog.Dialog;
import com.techpro.callclient.stack.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/** Receives the progress of an outgoing INVITE, on the loop, never inside the call that sent it. */
public interface InviteListener {
    /**
     * A ringing phone made an early dialog (RFC 3261 §12.1.2); one for each To tag. Called before
     * the response that made it is reported.
     *
     * @return receives the dialog's requests until a final rejection ends it, or 64*T1 after
     *     another phone's 2xx; the dialog that {@link OutgoingInvite#dialog} confirms continues.
     *     Null to answer them with 481
     */
    default @Nullable DialogHandler early(Dialog dialog) {
        return null;
    }

    /**
     * A 101 to 199 response. Different To tags are different forks. A reliable response (RFC 3262)
     * has been acknowledged already, and is reported once and in order.
     */
    void provisional(SipResponse response);

    /**
     * A 2xx, once for each fork. Accept it with {@link OutgoingInvite#acknowledge} or refuse it
     * with {@link OutgoingInvite#discard}. Repetitions are acknowledged without calling this again.
     */
    void accepted(SipResponse success);

    /** The final rejection and its meaning; usually a 487 after {@link OutgoingInvite#cancel}. */
    void rejected(SipResponse response, Failure why);

    /** There was no final response. */
    void failed(Failure why);
}
