// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.internal.tone.Tone;
import com.techpro.callclient.engine.internal.tone.ToneSet;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The tone that signals the end of a call that the user did not end.
 *
 * @param length after which the tone stops
 */
record EndTone(Tone tone, Duration length) {
    /** Two or three repetitions: long enough to recognise, short enough not to annoy. */
    private static final Duration FAILED = Duration.ofSeconds(4);

    private static final Duration HUNG_UP = Duration.ofSeconds(2);

    /**
     * Returns the tone, or null for none. An unanswered incoming call has none, nor has an end that
     * the user caused.
     */
    static @Nullable EndTone of(CallEnding ending, CallSnapshot call, ToneSet tones) {
        boolean answered = call.answered() != null;
        if (call.direction() == CallDirection.INCOMING && !answered) {
            return null;
        }
        if (ending instanceof CallEnding.RemoteHangUp) {
            return new EndTone(tones.end(), HUNG_UP);
        }
        if (ending instanceof CallEnding.Busy || ending instanceof CallEnding.Declined) {
            return new EndTone(tones.busy(), FAILED);
        }
        if (ending instanceof CallEnding.NotFound) {
            return new EndTone(tones.information(), FAILED);
        }
        boolean failed = ending instanceof CallEnding.Failed
                || ending instanceof CallEnding.Unavailable
                || ending instanceof CallEnding.NoAnswer
                || ending instanceof CallEnding.MediaTimeout;
        return failed ? new EndTone(tones.congestion(), FAILED) : null;
    }
}
