// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.engine.Call;
import com.techpro.callclient.engine.CallOptions;
import com.techpro.callclient.engine.CallSnapshot;
import com.techpro.callclient.testkit.soak.speech.SoakAudio;
import com.techpro.callclient.testkit.soak.speech.SpeechClip;
import com.techpro.callclient.testkit.soak.speech.Talk;
import com.techpro.callclient.testkit.soak.verify.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One end of a call: its extension, its sound card, and when its ear was due to hear speech. Of the soak's loop. */
final class Side {
    /** How long a voice needs from mouth to ear, and a jitter buffer to settle, before its absence counts: 600 ms. */
    private static final long SETTLING = 600 * SpeechClip.SAMPLE_RATE / 1000;

    final Extension extension;
    final Talk talk;
    final SoakAudio audio;
    final StringBuilder keysHeard = new StringBuilder();
    private final List<long[]> due = new ArrayList<>();
    private long dueSince = -1;

    @Nullable
    Call call;

    @Nullable
    CallSnapshot latest;

    Side(Extension extension, Talk talk, SoakAudio audio) {
        this.extension = extension;
        this.talk = talk;
        this.audio = audio;
    }

    CallOptions options() {
        return CallOptions.DEFAULT.withAudio(audio);
    }

    /** From a moment after this position of the audio clock, speech must be heard here. */
    void speechDue(long position) {
        dueSince = position + SETTLING;
    }

    /** From this position on nothing is expected. What was said before is still on its way, so this side of it is safe. */
    void speechNotDue(long position) {
        if (dueSince >= 0 && position > dueSince) {
            due.add(new long[] {dueSince, position});
        }
        dueSince = -1;
    }

    /** When speech was due, in samples of a recording that begins at that position of the audio clock. */
    List<Span> due(long recordedFrom) {
        return due.stream()
                .filter(span -> span[1] > recordedFrom)
                .map(span -> new Span((int) Math.max(0, span[0] - recordedFrom), (int) (span[1] - recordedFrom)))
                .toList();
    }
}
