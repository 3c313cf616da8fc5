// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.internal.sip.RequestListener;
import com.techpro.callclient.engine.internal.sip.SipEndpoint;
import com.techpro.callclient.engine.internal.sip.dialog.Dialog;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Sends DTMF digits by INFO if the far end does not support telephone-event. It sends one at a
 * time, so that they arrive in order. Belongs to the loop.
 */
final class DtmfInfoSender {
    private static final int MOST = 64;

    private final SipEndpoint endpoint;
    private final Deque<DtmfInfo> waiting = new ArrayDeque<>();
    private final Consumer<CommandRefusal> refused;
    private boolean open;

    /** @param refused called when a digit is refused; the remaining digits are not sent */
    DtmfInfoSender(SipEndpoint endpoint, Consumer<CommandRefusal> refused) {
        this.endpoint = endpoint;
        this.refused = refused;
    }

    void send(String keys, Dialog dialog) {
        for (int i = 0; i < keys.length() && waiting.size() < MOST; i++) {
            waiting.add(DtmfInfo.of(keys.charAt(i)));
        }
        next(dialog);
    }

    private void next(Dialog dialog) {
        DtmfInfo key = open ? null : waiting.poll();
        if (key == null) {
            return;
        }
        open = true;
        SipRequest.Builder request = dialog.request("INFO").body(DtmfInfo.CONTENT_TYPE, key.body());
        endpoint.send(dialog, request, new RequestListener() {
            @Override
            public void success(SipResponse response) {
                open = false;
                next(dialog);
            }

            @Override
            public void rejected(SipResponse response, Failure why) {
                // The far end does not support DTMF by INFO either, and there is no third way.
                giveUp(CommandRefusal.OTHER_SIDE_REFUSED);
            }

            @Override
            public void failed(Failure why) {
                giveUp(CommandRefusal.OTHER_SIDE_UNREACHABLE);
            }
        });
    }

    private void giveUp(CommandRefusal why) {
        open = false;
        waiting.clear();
        refused.accept(why);
    }
}
