// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.machine;

import com.techpro.callclient.engine.call.CallCommand;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.stack.sip.dialog.Replaces;
import org.jspecify.annotations.Nullable;

/** Which commands are allowed in which state. */
public final class CommandRules {
    private CommandRules() {}

    /** @return why the command is refused, or null if it is allowed or must be checked elsewhere */
    public static @Nullable CommandRefusal refusal(CallCommand command, CallState state, HoldState hold) {
        if (state == CallState.ENDED) {
            return CommandRefusal.ENDED;
        }
        return switch (command) {
            case ANSWER, SILENCE, REJECT, FORWARD ->
                state == CallState.INCOMING ? null : CommandRefusal.NOT_RINGING_HERE;
            case HOLD, RESUME, USE_DEVICES -> state == CallState.INCOMING ? CommandRefusal.NOT_ANSWERED : null;
            case MERGE -> mergeRefusal(state, hold);
            case TRANSFER -> state == CallState.ESTABLISHED ? null : CommandRefusal.NOT_ESTABLISHED;
            // Some systems ask for digits in early media, and a microphone can be muted before the
            // call exists.
            case SEND_DTMF, SET_MUTED, ACCEPT_TRANSFER, REFUSE_TRANSFER -> null;
        };
    }

    /**
     * Rules on the other call of a command that concerns two: the one to merge with, or the one to
     * transfer to. An outgoing call may still ring for a transfer to it; an incoming call must be
     * answered first.
     *
     * @param command MERGE or TRANSFER
     * @return as for {@link #refusal(CallCommand, CallState, HoldState)}
     */
    public static @Nullable CommandRefusal refusalOfOther(CallCommand command, CallState state, HoldState hold) {
        boolean ringsThere = state == CallState.DIALLING || state == CallState.RINGING_OUT;
        if (command == CallCommand.TRANSFER && ringsThere) {
            return null;
        }
        CommandRefusal refusal = refusal(command, state, hold);
        return refusal == CommandRefusal.ENDED ? CommandRefusal.NOT_ESTABLISHED : refusal;
    }

    public static @Nullable CommandRefusal refusal(CallCommand command, CallPhase phase) {
        return refusal(command, phase.state(), phase.hold());
    }

    public static @Nullable CommandRefusal refusalOfOther(CallCommand command, CallPhase phase) {
        return refusalOfOther(command, phase.state(), phase.hold());
    }

    private static @Nullable CommandRefusal mergeRefusal(CallState state, HoldState hold) {
        if (state != CallState.ESTABLISHED) {
            return CommandRefusal.NOT_ESTABLISHED;
        }
        return hold.isRemote() ? CommandRefusal.HELD_BY_OTHER_SIDE : null;
    }

    /**
     * Whether an INVITE may replace the far end (RFC 3891 §3).
     *
     * @return the status to reject it with, or 0
     */
    public static int replacementRefusal(Replaces named, CallPhase phase) {
        if (phase instanceof CallPhase.Terminated) {
            return 603;
        }
        if (phase instanceof CallPhase.Dialling dialling) {
            return dialling.fork(named.dialog().remoteTag()) == null ? 481 : 0;
        }
        if (phase instanceof CallPhase.Confirmed || phase instanceof CallPhase.Answered) {
            return named.earlyOnly() ? 486 : 0;
        }
        // Only an early dialog that we started may be replaced: a ringing call is not taken from
        // its user.
        return 481;
    }

    /** Whether no offer/answer exchange or transaction is open in the dialog to be replaced. */
    public static boolean isReplaceable(CallPhase phase) {
        return !(phase instanceof CallPhase.Answered)
                && (!(phase instanceof CallPhase.Confirmed talking)
                        || talking.exchange() instanceof CallPhase.Exchange.Settled
                        || talking.exchange() instanceof CallPhase.Exchange.GlareBackoff);
    }

    /** Whether the far end refused to resume, so that the call stays on hold (RFC 3261 §14.1). */
    public static boolean resumeRefused(CallPhase before, CallPhase after, CallInput input) {
        return before instanceof CallPhase.Confirmed was
                && after instanceof CallPhase.Confirmed is
                && !was.held()
                && is.held()
                && !(input instanceof CallInput.Hold);
    }

    /** Whether the call is not on hold, and the far end knows. */
    public static boolean isResumed(CallPhase phase) {
        return !(phase instanceof CallPhase.Terminated) && !phase.hold().isLocal() && phase.holdAccepted();
    }
}
