// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.transfer;

import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.TransferOutcome;
import com.techpro.callclient.engine.internal.call.machine.CallInput;
import com.techpro.callclient.engine.internal.call.report.CallReporter;
import com.techpro.callclient.stack.sip.refer.Referral;
import com.techpro.callclient.stack.sip.refer.ReferralOutcome;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A transfer that we requested, from the REFER to its outcome (RFC 5589). Belongs to the loop. */
public final class OutgoingTransfer implements Referral.Listener {
    private final Consumer<CallInput> mailbox;
    private final CallReporter reporter;
    /** The call whose far end is the transfer target, or null. */
    private final @Nullable CallTransfers consulted;

    private final Consumer<TransferOutcome> answer;
    private final Runnable failed;
    private boolean over;

    /** @param failed runs after a failure has been reported */
    OutgoingTransfer(
            Consumer<CallInput> mailbox,
            CallReporter reporter,
            @Nullable CallTransfers consulted,
            Consumer<TransferOutcome> answer,
            Runnable failed) {
        this.mailbox = mailbox;
        this.reporter = reporter;
        this.consulted = consulted;
        this.answer = answer;
        this.failed = failed;
    }

    boolean isOver() {
        return over;
    }

    @Override
    public void progress(int status) {
        reporter.transferring(true, status);
    }

    @Override
    public void over(ReferralOutcome outcome) {
        if (over) {
            return;
        }
        if (outcome instanceof ReferralOutcome.Failed why) {
            answer(new TransferOutcome.Failed(why.why()));
            reporter.transferring(false, 0);
            failed.run();
            return;
        }
        answer(
                outcome instanceof ReferralOutcome.Done
                        ? new TransferOutcome.Transferred()
                        : new TransferOutcome.TakenOver());
        mailbox.accept(new CallInput.Transferred(false));
        if (consulted != null) {
            consulted.transferred();
        }
    }

    /** The call has ended before the outcome is known. */
    void callOver(CallEnding ending) {
        if (!over) {
            answer(
                    ending instanceof CallEnding.Transferred
                            ? new TransferOutcome.TakenOver()
                            : new TransferOutcome.Refused(CommandRefusal.ENDED));
        }
    }

    private void answer(TransferOutcome outcome) {
        over = true;
        boolean leaving =
                outcome instanceof TransferOutcome.Transferred || outcome instanceof TransferOutcome.TakenOver;
        if (consulted != null && !leaving) {
            consulted.consulting(false);
        }
        answer.accept(outcome);
    }
}
