// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import org.jspecify.annotations.Nullable;

/**
 * Handles requests outside dialogs that an account receives from its phone system. Called on the
 * loop.
 */
public interface EndpointHandler {
    /**
     * A call. The INVITE is for this account, comes from its phone system, and requires nothing
     * unknown. A handler that lets it ring registers its early dialog ({@link SipStack#register}).
     * That dialog's handler then also receives the caller's CANCEL and the loss of the flow.
     */
    void invite(ServerTransactionHandle invite);

    /**
     * Another request, such as NOTIFY or MESSAGE, whose method the stack allows. OPTIONS never
     * arrives here; the stack answers it.
     */
    default void request(ServerTransactionHandle request) {
        request.respond(request.request().isMethod("NOTIFY") ? 489 : 501);
    }

    /**
     * No ACK came for a 2xx that this account sent to an initial INVITE, and no dialog was
     * registered for it.
     */
    default void ackTimedOut(ServerTransactionHandle invite) {}

    /**
     * A flow over which the account is registered closed: register again.
     *
     * @param why null if the other side closed it in order
     */
    void flowLost(RegistrationFlow lost, @Nullable Failure why);

    /**
     * The phone system sees the account at an address other than its Contact (RFC 3581): register
     * again.
     */
    default void contactChanged() {}
}
