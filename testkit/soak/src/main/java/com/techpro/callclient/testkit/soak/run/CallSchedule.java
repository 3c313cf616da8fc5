// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.testkit.soak.speech.SpeechClip;
import com.techpro.callclient.testkit.soak.verify.Period;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** When one thing was due at an ear, in positions of the audio clock. Each time counts only once it has settled. */
final class CallSchedule {
    private final long settling;
    private final List<Period> times = new ArrayList<>();
    private long since = -1;

    CallSchedule(Duration settling) {
        this.settling = settling.toMillis() * SpeechClip.SAMPLE_RATE / 1000;
    }

    /** From here on, once settled, unless it is already. */
    void begin(long position) {
        if (since < 0) {
            since = position + settling;
        }
    }

    /** No longer. */
    void end(long position) {
        if (since >= 0 && position > since) {
            times.add(new Period(since, position));
        }
        since = -1;
    }

    /** How long, until that position, it has been so now, once settled. */
    Duration lasted(long position) {
        long samples = since < 0 ? 0 : Math.max(0, position - since);
        return Duration.ofMillis(samples * 1000 / SpeechClip.SAMPLE_RATE);
    }

    /** In order. */
    List<Period> periods() {
        return List.copyOf(times);
    }
}
