// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.stack.sip.dialog.Dialog;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.FlowCallback;

/** What an INVITE needs from its account for the dialogs that it makes. */
interface InviteDialogs {
    /** Routes requests of the dialog to the handler from now on. */
    void register(Dialog dialog, DialogHandler handler);

    void unregister(Dialog dialog);

    /** Sends a request and ignores its outcome. */
    void send(Dialog dialog, SipRequest.Builder request);

    /** Provides the flow for an ACK, which is no transaction. */
    void flowTo(SipUri nextHop, FlowCallback callback);

    /** Returns whether the flow was lost because the device left its network. */
    boolean hasLeft(Flow gone);
}
