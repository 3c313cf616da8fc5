// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.voicemail.Playback;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot.Arrival;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How long one waits for the first sound of a message of two minutes over a line of 1 Mbit/s, from a real mail server inside TLS; the devices open at
 * once. Reports, and judges only that the message was heard.
 */
@Tag("benchmark")
class FirstSoundBenchmark {
    private static final int TIMES = 7;
    private static final long LINE = 1_000_000;

    @ParameterizedTest
    @ValueSource(strings = {"wav", "mulaw", "wav49"})
    void from_play_to_the_first_sound(String format) throws Exception {
        double[] millis = new double[TIMES];
        double[] arrived = new double[TIMES];
        for (int i = 0; i < TIMES; i++) {
            try (MailOverALink owner = new MailOverALink(format, Duration.ofMinutes(2))) {
                owner.link.pace(LINE);
                long bytes = owner.link.passed();
                long before = System.nanoTime();
                Playback playback = owner.play();
                owner.await(() -> {
                    MailOverALink.requirePlaying(playback);
                    return owner.isHeard();
                });
                millis[i] = (System.nanoTime() - before) / 1e6;
                arrived[i] = (owner.link.passed() - bytes) / 1e3;
                assertThat(playback.snapshot().arrival()).isEqualTo(Arrival.UNDER_WAY);
                playback.close();
            }
        }
        Arrays.sort(millis);
        Arrays.sort(arrived);
        System.out.printf(
                "first sound of two minutes in %s at 1 Mbit/s: median %.0f ms, slowest of %d %.0f ms; %.0f kB had come%n",
                format, millis[TIMES / 2], TIMES, millis[TIMES - 1], arrived[TIMES / 2]);
    }
}
