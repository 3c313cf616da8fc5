// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.CallCommand;
import com.techpro.callclient.engine.call.CommandRefusal;
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
            case ANSWER, REJECT -> phase instanceof CallPhase.Incoming ? null : CommandRefusal.NOT_RINGING_HERE;
            case HOLD, RESUME -> phase instanceof CallPhase.Incoming ? CommandRefusal.NOT_ANSWERED : null;
            case MERGE -> mergeRefusal(phase);
            // Some systems ask for a number in early media, and a microphone can be muted before there is a call.
            case SEND_DTMF, SET_MUTED -> null;
        };
    }

    private static @Nullable CommandRefusal mergeRefusal(CallPhase phase) {
        if (!(phase instanceof CallPhase.Confirmed)) {
            return CommandRefusal.NOT_ESTABLISHED;
        }
        return phase.hold().isRemote() ? CommandRefusal.HELD_BY_OTHER_SIDE : null;
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
