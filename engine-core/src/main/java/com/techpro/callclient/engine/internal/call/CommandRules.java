// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.CallCommand;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.internal.sip.dialog.Replaces;
import org.jspecify.annotations.Nullable;

/** Which commands are allowed in which phase. */
final class CommandRules {
    private CommandRules() {}

    /** @return why the command is refused, or null if it is allowed or must be checked elsewhere */
    static @Nullable CommandRefusal refusal(CallCommand command, CallPhase phase) {
        if (phase instanceof CallPhase.Terminated) {
            return CommandRefusal.ENDED;
        }
        return switch (command) {
            case ANSWER, SILENCE, REJECT, FORWARD ->
                phase instanceof CallPhase.Incoming ? null : CommandRefusal.NOT_RINGING_HERE;
            case HOLD, RESUME -> phase instanceof CallPhase.Incoming ? CommandRefusal.NOT_ANSWERED : null;
            case MERGE -> mergeRefusal(phase);
            case TRANSFER -> phase instanceof CallPhase.Confirmed ? null : CommandRefusal.NOT_ESTABLISHED;
            // Some systems ask for digits in early media, and a microphone can be muted before the
            // call exists.
            case SEND_DTMF, SET_MUTED, ACCEPT_TRANSFER, REFUSE_TRANSFER -> null;
        };
    }

    private static @Nullable CommandRefusal mergeRefusal(CallPhase phase) {
        if (!(phase instanceof CallPhase.Confirmed)) {
            return CommandRefusal.NOT_ESTABLISHED;
        }
        return phase.hold().isRemote() ? CommandRefusal.HELD_BY_OTHER_SIDE : null;
    }

    /**
     * Whether an INVITE may replace the far end (RFC 3891 §3).
     *
     * @return the status to reject it with, or 0
     */
    static int replacementRefusal(Replaces named, CallPhase phase) {
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
    static boolean isReplaceable(CallPhase phase) {
        return !(phase instanceof CallPhase.Answered)
                && (!(phase instanceof CallPhase.Confirmed talking)
                        || talking.exchange() instanceof CallPhase.Exchange.Settled
                        || talking.exchange() instanceof CallPhase.Exchange.GlareBackoff);
    }

    /** Whether the far end refused to resume, so that the call stays on hold (RFC 3261 §14.1). */
    static boolean resumeRefused(CallPhase before, CallPhase after, CallInput input) {
        return before instanceof CallPhase.Confirmed was
                && after instanceof CallPhase.Confirmed is
                && !was.held()
                && is.held()
                && !(input instanceof CallInput.Hold);
    }

    /** Whether the call is not on hold, and the far end knows. */
    static boolean isResumed(CallPhase phase) {
        return !(phase instanceof CallPhase.Terminated) && !phase.hold().isLocal() && phase.holdAccepted();
    }
}
