// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.driver;

import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.verify.Period;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The periods in which something was due at one end, in positions of the audio clock. A period
 * counts only once it has settled.
 */
final class CallSchedule {
    private final long settling;
    private final List<Period> times = new ArrayList<>();
    private long since = -1;

    CallSchedule(Duration settling) {
        this.settling = settling.toMillis() * SpeechClip.SAMPLE_RATE / 1000;
    }

    /** Begins a period at this position, counted once settled, unless one is open. */
    void begin(long position) {
        if (since < 0) {
            since = position + settling;
        }
    }

    /** Ends the period. */
    void end(long position) {
        if (since >= 0 && position > since) {
            times.add(new Period(since, position));
        }
        since = -1;
    }

    /** Returns how long the open period has lasted up to that position, once settled. */
    Duration lasted(long position) {
        long samples = since < 0 ? 0 : Math.max(0, position - since);
        return Duration.ofMillis(samples * 1000 / SpeechClip.SAMPLE_RATE);
    }

    /** Returns the periods in order. */
    List<Period> periods() {
        return List.copyOf(times);
    }
}
