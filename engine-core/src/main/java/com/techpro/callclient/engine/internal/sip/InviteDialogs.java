// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip;

import com.techpro.callclient.engine.internal.sip.dialog.Dialog;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import com.techpro.callclient.engine.internal.sip.transport.Flow;
import com.techpro.callclient.engine.internal.sip.transport.FlowCallback;

/** What an INVITE asks of its account for the dialogs that it makes. */
interface InviteDialogs {
    /** Sends what comes in for the dialog to the handler, from now on. */
    void register(Dialog dialog, DialogHandler handler);

    void unregister(Dialog dialog);

    /** Sends a request of which nothing more is wanted than that it is sent. */
    void send(Dialog dialog, SipRequest.Builder request);

    /** Hands out the flow for a request that is no transaction: an ACK. */
    void flowTo(SipUri nextHop, FlowCallback callback);

    /** Whether the flow was lost because the device has left the network that it led over. */
    boolean hasLeft(Flow gone);
}
