// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.signalling;

import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.stack.sip.RequestListener;
import com.techpro.callclient.stack.sip.SipEndpoint;
import com.techpro.callclient.stack.sip.dialog.Dialog;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends DTMF digits by INFO if the far end does not support telephone-event. It sends one at a
 * time, so that they arrive in order. Belongs to the loop.
 */
public final class DtmfInfoSender {
    private static final int MOST = 64;
    private static final CommandOutcome DONE = new CommandOutcome.Done();

    private final SipEndpoint endpoint;
    private final Deque<Digit> waiting = new ArrayDeque<>(1);
    private final Consumer<CommandRefusal> refused;
    private boolean open;

    /** @param refused called when digits are refused; the remaining digits are not sent */
    DtmfInfoSender(SipEndpoint endpoint, Consumer<CommandRefusal> refused) {
        this.endpoint = endpoint;
        this.refused = refused;
    }

    /** @param answer of the command, if this is its last digit */
    private record Digit(DtmfInfo info, @Nullable Consumer<CommandOutcome> answer) {
        void answer(CommandOutcome outcome) {
            if (answer != null) {
                answer.accept(outcome);
            }
        }
    }

    /** @param answer told when the far end has accepted all digits, or one was refused */
    void send(String keys, Dialog dialog, Consumer<CommandOutcome> answer) {
        if (keys.isEmpty()) {
            answer.accept(DONE);
        } else if (waiting.size() + keys.length() > MOST) {
            refused.accept(CommandRefusal.TOO_MANY_DIGITS);
            answer.accept(new CommandOutcome.Refused(CommandRefusal.TOO_MANY_DIGITS));
        } else {
            int last = keys.length() - 1;
            for (int i = 0; i <= last; i++) {
                waiting.add(new Digit(DtmfInfo.of(keys.charAt(i)), i == last ? answer : null));
            }
            next(dialog);
        }
    }

    private void next(Dialog dialog) {
        Digit digit = open ? null : waiting.poll();
        if (digit == null) {
            return;
        }
        open = true;
        SipRequest.Builder request = dialog.request("INFO").body(DtmfInfo.CONTENT_TYPE, digit.info.body());
        endpoint.send(dialog, request, new RequestListener() {
            @Override
            public void success(SipResponse response) {
                open = false;
                digit.answer(DONE);
                next(dialog);
            }

            @Override
            public void rejected(SipResponse response, Failure why) {
                // The far end does not support DTMF by INFO either, and there is no third way.
                giveUp(digit, CommandRefusal.OTHER_SIDE_REFUSED);
            }

            @Override
            public void failed(Failure why) {
                giveUp(digit, CommandRefusal.OTHER_SIDE_UNREACHABLE);
            }
        });
    }

    private void giveUp(Digit sent, CommandRefusal why) {
        open = false;
        List<Digit> unsent = List.copyOf(waiting);
        waiting.clear();
        refused.accept(why);
        CommandOutcome outcome = new CommandOutcome.Refused(why);
        sent.answer(outcome);
        unsent.forEach(digit -> digit.answer(outcome));
    }
}
