// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.call.CallCommand;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.call.TransferOutcome;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.internal.call.machine.CommandRules;
import com.techpro.callclient.stack.loop.PendingAnswers.Answer;
import org.jspecify.annotations.Nullable;

/**
 * The transfers of one fake call: at most one that the app requested and one that the far end
 * requested. Under the context's lock.
 */
final class FakeTransfers {
    private final FakeContext context;
    private final FakeCallSession call;
    private @Nullable Answer<TransferOutcome> outgoing;
    /** The call whose far end is the target of the app's transfer, or null. */
    private @Nullable FakeCallSession consulted;

    private @Nullable PartyIdentity asked;
    private @Nullable FakeCallSession next;
    private boolean heldBefore;

    FakeTransfers(FakeContext context, FakeCallSession call) {
        this.context = context;
        this.call = call;
    }

    boolean isTransferring() {
        return outgoing != null;
    }

    /** Returns why this call cannot be transferred now, or null. */
    @Nullable
    CommandRefusal refusal() {
        CommandRefusal refusal = call.refusal(CallCommand.TRANSFER);
        return refusal == null && isTransferring() ? CommandRefusal.TRANSFERRING_ALREADY : refusal;
    }

    /** Returns why the app cannot transfer to that call now, or null. */
    static @Nullable CommandRefusal refusalOfOther(FakeCallSession other) {
        CommandRefusal refusal = CommandRules.refusalOfOther(
                CallCommand.TRANSFER, other.snapshot().state(), other.snapshot().hold());
        return refusal == null && other.transfers().isTransferring() ? CommandRefusal.TRANSFERRING_ALREADY : refusal;
    }

    /**
     * Begins a transfer by the app. A consulted call that still rings is cancelled.
     *
     * @param other the consulted call, or null
     */
    void begin(Answer<TransferOutcome> answer, @Nullable FakeCallSession other) {
        outgoing = answer;
        if (other != null && other.snapshot().state() == CallState.ESTABLISHED) {
            consulted = other;
        } else if (other != null) {
            other.end(new CallEnding.Cancelled(), null);
        }
        transferring(true, 0);
    }

    private void transferring(boolean now, int status) {
        call.publish(after -> after.transferring(now));
        call.tell(new CallEvent.TransferChanged(call.snapshot(), status));
    }

    private Answer<TransferOutcome> required() {
        Answer<TransferOutcome> answer = outgoing;
        if (answer == null) {
            throw new IllegalStateException("the app has not asked for a transfer of this call");
        }
        return answer;
    }

    /** The far end reports the status that it receives from the target. */
    void progress(int status) {
        Answer<TransferOutcome> unused = required();
        transferring(true, status);
    }

    /** The far end left for the target. */
    void leave(TransferOutcome outcome) {
        context.tell(required(), outcome);
        FakeCallSession other = consulted;
        outgoing = null;
        consulted = null;
        call.end(new CallEnding.Transferred(), null);
        if (other != null) {
            other.end(new CallEnding.Transferred(), null);
        }
    }

    /** The transfer failed, and the call is as before. */
    void fail(Failure failure) {
        context.tell(required(), new TransferOutcome.Failed(failure));
        outgoing = null;
        consulted = null;
        transferring(false, 0);
    }

    /** The far end asks for a transfer. */
    void ask(PartyIdentity target, @Nullable PartyIdentity by) {
        if (asked != null || next != null) {
            throw new IllegalStateException("the far end has asked for a transfer already");
        }
        asked = target;
        heldBefore = call.snapshot().hold().isLocal();
        call.tell(new CallEvent.TransferRequested(call.snapshot(), target, by));
    }

    /** @return null, or why there is nothing to decide */
    @Nullable
    CommandRefusal decide(boolean accepted) {
        PartyIdentity target = asked;
        if (target == null) {
            return CommandRefusal.NO_TRANSFER_REQUESTED;
        }
        asked = null;
        if (accepted) {
            FakeCallSession dialled = call.another(target);
            next = dialled;
            dialled.follow(event -> followed(dialled, event));
            call.tell(new CallEvent.TransferFollowed(call.snapshot(), dialled.call()));
            dialled.toFront();
        }
        return null;
    }

    /** Reacts to the call to the target that the far end asked for. */
    private void followed(FakeCallSession dialled, CallEvent event) {
        if (next != dialled) {
            return;
        }
        if (event instanceof CallEvent.Ended) {
            next = null;
            if (!heldBefore) {
                call.toFront();
                CommandRefusal unused = call.resume();
            }
        } else if (event.after().state() == CallState.ESTABLISHED) {
            next = null;
            call.end(new CallEnding.Transferred(), null);
        }
    }

    /** The call ends. */
    void callOver(CallEnding ending) {
        Answer<TransferOutcome> answer = outgoing;
        asked = null;
        next = null;
        outgoing = null;
        consulted = null;
        if (answer != null) {
            context.tell(
                    answer,
                    ending instanceof CallEnding.Transferred
                            ? new TransferOutcome.TakenOver()
                            : new TransferOutcome.Refused(CommandRefusal.ENDED));
        }
    }
}
