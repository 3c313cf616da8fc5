// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.CallCommand;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.internal.sip.dialog.Replaces;
import org.jspecify.annotations.Nullable;

/** What a call can be asked for in which phase. */
final class CommandRules {
    private CommandRules() {}

    /** @return why not, or null if it can be done, or cannot be told apart here */
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
            // Some systems ask for a number in early media, and a microphone can be muted before there is a call.
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
     * Whether somebody may take the far end's place (RFC 3891 §3).
     *
     * @return the status to refuse it with, or 0
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
        // Only of whoever called, an early dialog is replaced: a phone that rings here is not taken from its user.
        return 481;
    }

    /** Whether nothing is open in the dialog that is left. */
    static boolean isReplaceable(CallPhase phase) {
        return !(phase instanceof CallPhase.Answered)
                && (!(phase instanceof CallPhase.Confirmed talking)
                        || talking.exchange() instanceof CallPhase.Exchange.Settled
                        || talking.exchange() instanceof CallPhase.Exchange.GlareBackoff);
    }

    /** Whether the other side did not take the call back from hold, so that it is as it was (RFC 3261 §14.1). */
    static boolean resumeRefused(CallPhase before, CallPhase after, CallInput input) {
        return before instanceof CallPhase.Confirmed was
                && after instanceof CallPhase.Confirmed is
                && !was.held()
                && is.held()
                && !(input instanceof CallInput.Hold);
    }
}
