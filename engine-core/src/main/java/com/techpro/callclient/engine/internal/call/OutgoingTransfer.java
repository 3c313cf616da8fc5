// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.TransferOutcome;
import com.techpro.callclient.engine.internal.sip.refer.Referral;
import com.techpro.callclient.engine.internal.sip.refer.ReferralOutcome;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The transfer of one call by this side, from the REFER until it is known what came of it (RFC 5589). Belongs to the loop. */
final class OutgoingTransfer implements Referral.Listener {
    private final CallSession call;
    /** The call whose far end is to be taken over, or null. */
    private final @Nullable CallSession consulted;

    private final Consumer<TransferOutcome> answer;
    private boolean over;

    OutgoingTransfer(CallSession call, @Nullable CallSession consulted, Consumer<TransferOutcome> answer) {
        this.call = call;
        this.consulted = consulted;
        this.answer = answer;
    }

    boolean isOver() {
        return over;
    }

    @Override
    public void progress(int status) {
        call.transfers().changed(true, status);
    }

    @Override
    public void over(ReferralOutcome outcome) {
        if (over) {
            return;
        }
        if (outcome instanceof ReferralOutcome.Failed failed) {
            tell(new TransferOutcome.Failed(failed.why()));
            call.transfers().changed(false, 0);
            call.transfers().failed();
            return;
        }
        tell(
                outcome instanceof ReferralOutcome.Done
                        ? new TransferOutcome.Transferred()
                        : new TransferOutcome.TakenOver());
        call.feed(new CallInput.Transferred(false));
        if (consulted != null) {
            consulted.feed(new CallInput.Transferred(false));
        }
    }

    /** The call is over before anything is known. */
    void callOver(CallEnding ending) {
        if (!over) {
            tell(
                    ending instanceof CallEnding.Transferred
                            ? new TransferOutcome.TakenOver()
                            : new TransferOutcome.Refused(CommandRefusal.ENDED));
        }
    }

    private void tell(TransferOutcome outcome) {
        over = true;
        boolean leaving =
                outcome instanceof TransferOutcome.Transferred || outcome instanceof TransferOutcome.TakenOver;
        if (consulted != null && !leaving) {
            consulted.consulting(false);
        }
        answer.accept(outcome);
    }
}
