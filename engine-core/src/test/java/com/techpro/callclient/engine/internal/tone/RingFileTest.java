// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.tone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.tone.ToneProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files ring, and why others do not. */
class RingFileTest {
    @TempDir
    Path folder;

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("ring.wav"), bytes);
    }

    private static void assertProblem(Path file, ToneProblem problem) {
        assertThatThrownBy(() -> RingFile.read(file))
                .isInstanceOfSatisfying(
                        RingFile.UnusableException.class,
                        e -> assertThat(e.problem()).isEqualTo(problem));
    }

    @Test
    void a_wideband_file_has_a_narrowband_twin_of_the_same_length() throws Exception {
        Tone.Recorded ring = RingFile.read(file(WavFile.sine(44_100, 700, 1_000)));

        assertThat(ring.sampleRate()).isEqualTo(16_000);
        assertThat(ring.length()).isBetween(15_900, 16_100);
        assertThat(ring.narrowband().sampleRate()).isEqualTo(8_000);
        assertThat(ring.narrowband().length()).isBetween(7_900, 8_100);
    }

    @Test
    void of_a_long_file_half_a_minute_is_kept() throws Exception {
        assertThat(RingFile.read(file(WavFile.sine(8_000, 700, 40_000))).length())
                .isEqualTo(30 * 8_000);
    }

    @Test
    void an_unplayable_ring_file_reports_its_problem() throws Exception {
        assertProblem(file("not a sound at all, but some text".getBytes("UTF-8")), ToneProblem.RING_FILE_UNPLAYABLE);
        assertProblem(file(new byte[0]), ToneProblem.RING_FILE_UNPLAYABLE);
        assertProblem(file(WavFile.sine(8_000, 700, 20)), ToneProblem.RING_FILE_UNPLAYABLE);
        assertProblem(folder.resolve("absent.wav"), ToneProblem.RING_FILE_UNREADABLE);
        assertProblem(folder, ToneProblem.RING_FILE_UNREADABLE);
    }
}
