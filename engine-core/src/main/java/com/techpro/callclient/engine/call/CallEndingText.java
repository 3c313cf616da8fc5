// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

import java.util.Map;

/**
 * The code and the advice of a {@link CallEnding} that is no failure. The codes are written out, since a host's
 * shrinker may change class names.
 */
record CallEndingText(String code, String advice) {
    private static final Map<Class<? extends CallEnding>, CallEndingText> FIXED = Map.ofEntries(
            fixed(CallEnding.LocalHangUp.class, "local-hang-up", "You ended the call."),
            fixed(CallEnding.RemoteHangUp.class, "remote-hang-up", "The other side ended the call."),
            fixed(CallEnding.Transferred.class, "transferred", "The other side was transferred to somebody else."),
            fixed(CallEnding.Cancelled.class, "cancelled", "You ended the call before it was answered."),
            fixed(
                    CallEnding.CancelledByCaller.class,
                    "cancelled-by-caller",
                    "The caller gave up before you answered; call back if you wish."),
            fixed(
                    CallEnding.AnsweredElsewhere.class,
                    "answered-elsewhere",
                    "Another of your phones answered the call."),
            fixed(CallEnding.Busy.class, "busy", "The number is busy; try again later."),
            fixed(CallEnding.Declined.class, "declined", "The other side declined the call."),
            fixed(CallEnding.RejectedHere.class, "rejected-here", "You rejected the call."),
            fixed(CallEnding.Forwarded.class, "forwarded", "The caller was forwarded to another number."),
            fixed(CallEnding.NoAnswer.class, "no-answer", "The call was not answered in time; try again later."),
            fixed(CallEnding.NotFound.class, "not-found", "There is no such number; check it and dial again."),
            fixed(
                    CallEnding.Unavailable.class,
                    "unavailable",
                    "Nobody at this number can take a call now; try again later."),
            fixed(
                    CallEnding.MediaTimeout.class,
                    "media-timeout",
                    "No more sound arrived, so the call was ended; check the network and call again."));

    static CallEndingText of(CallEnding ending) {
        if (ending instanceof CallEnding.Failed failed) {
            return new CallEndingText(failed.failure().code(), failed.failure().advice());
        }
        return FIXED.getOrDefault(ending.getClass(), new CallEndingText("failed", "Try again later."));
    }

    private static Map.Entry<Class<? extends CallEnding>, CallEndingText> fixed(
            Class<? extends CallEnding> type, String code, String advice) {
        return Map.entry(type, new CallEndingText(code, advice));
    }
}
