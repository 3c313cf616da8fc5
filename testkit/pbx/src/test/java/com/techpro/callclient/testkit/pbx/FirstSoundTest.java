// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.voicemail.Playback;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot.Arrival;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot.State;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Promise C6: one does not wait for a message to arrive before one hears it. What has come is counted in bytes, over a real mail server: the first sound is
 * heard although the link then lets nothing more through.
 */
class FirstSoundTest {
    /** A first piece of the mailbox as base64 is 16 kB; the answers before it, and TLS, are small. */
    @ParameterizedTest
    @CsvSource({"wav, 40000, 2500000", "mulaw, 40000, 1250000", "wav49, 40000, 200000"})
    void C6_the_first_sound_of_two_minutes_needs_the_first_bytes_alone(String format, long enough, long all)
            throws Exception {
        try (MailOverALink owner = new MailOverALink(format, Duration.ofMinutes(2))) {
            owner.link.holdAfter(enough);
            Playback playback = owner.play();
            owner.await(() -> {
                MailOverALink.requirePlaying(playback);
                return owner.isHeard();
            });
            assertThat(playback.snapshot().arrival()).isEqualTo(Arrival.UNDER_WAY);
            long before = owner.link.passed();

            owner.link.release();
            owner.await(() -> playback.snapshot().arrival() == Arrival.COMPLETE);

            assertThat(playback.snapshot().state()).isIn(State.PLAYING, State.WAITING);
            assertThat(owner.link.passed() - before)
                    .as("bytes that came after the first sound")
                    .isGreaterThan(all);
            playback.close();
        }
    }
}
