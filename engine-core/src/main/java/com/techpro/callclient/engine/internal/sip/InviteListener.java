// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip;

import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;

/** Hears what becomes of an INVITE, on the loop, never inside the call that sent it. */
public interface InviteListener {
    /**
     * A 101 to 199; those with different To tags are different forks. One that its sender wants acknowledged has been (RFC 3262), and
     * comes once and in order.
     */
    void provisional(SipResponse response);

    /**
     * A 2xx, once for each fork. It must be taken with {@link InviteHandle#acknowledge} or refused with {@link
     * InviteHandle#discard}. Repetitions are acknowledged without asking again.
     */
    void accepted(SipResponse success);

    /** The final no, and what it means; after {@link InviteHandle#cancel} usually a 487. */
    void rejected(SipResponse response, Failure why);

    /** No final response. */
    void failed(Failure why);
}
