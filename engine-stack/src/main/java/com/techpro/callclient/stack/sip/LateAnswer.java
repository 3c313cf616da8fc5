// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.stack.sip.dialog.Dialog;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.transport.Flow;

/**
 * Handles a 2xx to an INVITE that is no longer wanted: the call was given up, for example after
 * some time without a network, or another phone took it. Otherwise the answering user would talk to
 * nobody, and the 2xx would be repeated for half a minute.
 */
final class LateAnswer {
    private LateAnswer() {}

    static boolean is(SipResponse response) {
        return response.status() >= 200
                && response.status() < 300
                && response.cseq().method().equals("INVITE")
                && response.to().tag() != null;
    }

    /**
     * RFC 3261 §13.2.2.4: acknowledges the 2xx over the flow on which it came, then ends its dialog
     * with BYE.
     */
    static void end(SipEndpoint endpoint, SipResponse success, Flow flow) {
        SipRequest invite = SipRequest.builder("INVITE", success.to().uri())
                .from(success.from())
                .to(success.to())
                .callId(success.callId())
                .cseq(success.cseq().number(), "INVITE")
                .build();
        Dialog dialog = Dialog.uac(invite, success);
        endpoint.context()
                .transactions()
                .sendAck(dialog.ack(success.cseq().number()).build(), flow);
        endpoint.send(dialog, dialog.request("BYE"), RequestListener.IGNORING);
    }
}
