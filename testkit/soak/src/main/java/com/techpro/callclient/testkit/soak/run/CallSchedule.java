// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.testkit.soak.speech.SpeechClip;
import com.techpro.callclient.testkit.soak.verify.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** When one thing was due at an ear, in positions of the audio clock. Each time counts only once it has settled. */
final class CallSchedule {
    private final long settling;
    private final List<long[]> times = new ArrayList<>();
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
            times.add(new long[] {since, position});
        }
        since = -1;
    }

    /** In samples of a recording that begins at that position of the audio clock. */
    List<Span> spans(long recordedFrom) {
        return times.stream()
                .filter(time -> time[1] > recordedFrom)
                .map(time -> new Span((int) Math.max(0, time[0] - recordedFrom), (int) (time[1] - recordedFrom)))
                .toList();
    }
}
