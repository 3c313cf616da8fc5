// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail.audio;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.helpers.Corpus;
import com.techpro.callclient.testkit.helpers.CorpusSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Whatever a mailbox gives as a recording is played or refused. Campaigns run with the {@code fuzz} tag; seeded ones always. */
class RecordingFuzzTest {
    /** What one byte may become at most: an Opus packet of two is 120 ms of silence, here at 16 kHz, and lower rates grow. */
    private static final int MOST_SAMPLES_PER_BYTE = 2_000;

    @Tag("fuzz")
    @FuzzTest(maxDuration = "1m")
    void any_recording(byte[] bytes) throws IOException {
        check(bytes);
    }

    @ParameterizedTest
    @CorpusSource("any_recording")
    void replayed_recordings(byte[] input) throws IOException {
        check(input);
    }

    @Test
    void seeded_changes_of_whole_recordings() throws IOException {
        Random random = Seeds.random(610);
        for (byte[] whole : Corpus.inputs(RecordingFuzzTest.class, "any_recording")) {
            for (int i = 0; i < 60; i++) {
                byte[] changed =
                        Arrays.copyOf(whole, random.nextInt(4) == 0 ? random.nextInt(whole.length) : whole.length);
                for (int change = random.nextInt(6); change >= 0 && changed.length > 0; change--) {
                    // Headers matter most.
                    int reach = random.nextBoolean() ? Math.min(64, changed.length) : changed.length;
                    changed[random.nextInt(reach)] = (byte) random.nextInt(256);
                }
                check(changed);
            }
        }
    }

    @Test
    void seeded_noise_behind_each_beginning() throws IOException {
        Random random = Seeds.random(7845);
        for (byte[] whole : Corpus.inputs(RecordingFuzzTest.class, "any_recording")) {
            for (int i = 0; i < 40; i++) {
                byte[] noise = whole.clone();
                int from = Math.min(whole.length, random.nextInt(200));
                byte[] rest = new byte[whole.length - from];
                random.nextBytes(rest);
                System.arraycopy(rest, 0, noise, from, rest.length);
                check(noise);
            }
        }
    }

    private static void check(byte[] bytes) throws IOException {
        SoundDecoder decoder;
        try {
            decoder = Recording.decoder(new ByteArrayInputStream(bytes));
        } catch (UnplayableException e) {
            assertThat(e.problem().advice()).isNotEmpty();
            return;
        }
        assertThat(decoder.sampleRate()).isIn(8_000, 16_000);
        assertThat(decoder.declaredSamples()).isGreaterThanOrEqualTo(-1);
        short[] samples = new short[decoder.sampleRate() / 10];
        long total = 0;
        for (int count = decoder.read(samples); count >= 0; count = decoder.read(samples)) {
            assertThat(count).isBetween(1, samples.length);
            total += count;
            assertThat(total).isLessThanOrEqualTo((long) MOST_SAMPLES_PER_BYTE * bytes.length);
        }
        assertThat(decoder.flaw()).isNotNull();
    }
}
