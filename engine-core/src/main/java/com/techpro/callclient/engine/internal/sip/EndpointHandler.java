// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip;

import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.internal.sip.transaction.ServerTransactionHandle;
import org.jspecify.annotations.Nullable;

/** What comes in for an account from its phone system, outside dialogs. Called on the loop. */
public interface EndpointHandler {
    /**
     * A call. The INVITE is for this account, from its phone system, and requires nothing unknown. Whoever lets it ring registers its
     * early dialog ({@link SipStack#register}), which then hears of the caller's CANCEL and of a lost flow too.
     */
    void invite(ServerTransactionHandle invite);

    /** Another request, such as NOTIFY or MESSAGE, whose method the stack allows; OPTIONS has been answered already. */
    default void request(ServerTransactionHandle request) {
        request.respond(request.request().isMethod("NOTIFY") ? 489 : 501);
    }

    /** A 2xx that this account sent to an initial INVITE was never acknowledged, and no dialog was registered for it. */
    default void ackTimedOut(ServerTransactionHandle invite) {}

    /**
     * A flow that the account is registered over is gone: register again.
     *
     * @param why null if the other side ended it in order
     */
    void flowLost(RegistrationFlow lost, @Nullable Failure why);

    /** The phone system sees the account at another address than its Contact says (RFC 3581): register again. */
    default void contactChanged() {}
}
