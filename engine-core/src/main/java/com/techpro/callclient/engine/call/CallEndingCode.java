// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

import java.util.Map;

/** The code words of {@link CallEnding#code}. They are written out, since a host's shrinker may change class names. */
final class CallEndingCode {
    private static final Map<Class<? extends CallEnding>, String> CODES = Map.ofEntries(
            Map.entry(CallEnding.LocalHangUp.class, "local-hang-up"),
            Map.entry(CallEnding.RemoteHangUp.class, "remote-hang-up"),
            Map.entry(CallEnding.Transferred.class, "transferred"),
            Map.entry(CallEnding.Cancelled.class, "cancelled"),
            Map.entry(CallEnding.CancelledByCaller.class, "cancelled-by-caller"),
            Map.entry(CallEnding.AnsweredElsewhere.class, "answered-elsewhere"),
            Map.entry(CallEnding.Busy.class, "busy"),
            Map.entry(CallEnding.Declined.class, "declined"),
            Map.entry(CallEnding.RejectedHere.class, "rejected-here"),
            Map.entry(CallEnding.Forwarded.class, "forwarded"),
            Map.entry(CallEnding.NoAnswer.class, "no-answer"),
            Map.entry(CallEnding.NotFound.class, "not-found"),
            Map.entry(CallEnding.Unavailable.class, "unavailable"),
            Map.entry(CallEnding.MediaTimeout.class, "media-timeout"));

    private CallEndingCode() {}

    static String of(CallEnding ending) {
        return CODES.getOrDefault(ending.getClass(), "failed");
    }
}
