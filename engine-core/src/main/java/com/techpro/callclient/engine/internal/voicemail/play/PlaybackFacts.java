// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail.play;

import com.techpro.callclient.engine.voicemail.PlaybackSnapshot;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot.Arrival;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot.State;
import com.techpro.callclient.engine.voicemail.VoicemailProblem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is known of a playback, but for its position. */
record PlaybackFacts(
        State state,
        long arrived,
        long samples,
        int sampleRate,
        Arrival arrival,
        @Nullable VoicemailProblem problem) {
    PlaybackSnapshot at(long position) {
        return new PlaybackSnapshot(
                state, time(position), time(arrived), samples < 0 ? null : time(samples), arrival, problem);
    }

    PlaybackFacts withArrived(long count) {
        return new PlaybackFacts(state, count, samples, sampleRate, arrival, problem);
    }

    private Duration time(long count) {
        return Duration.ofMillis(count * 1_000 / sampleRate);
    }
}
