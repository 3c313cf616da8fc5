// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.cli.bench.playout.PlayoutComparison;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoundRecordingsTest {
    private static final int SECOND = 16_000;

    @TempDir
    Path folder;

    @Test
    void echo_noise_and_losses_are_heard_before_and_not_after() throws IOException {
        List<Path> written = new ArrayList<>(SoundRecordings.write(folder.resolve("new")));
        written.addAll(PlayoutComparison.record(folder.resolve("new"), SoundRecordings.SECONDS));

        assertThat(written)
                .hasSize(6)
                .allSatisfy(file -> assertThat(Files.size(file)).isBetween(100_000L, 300_000L));
        assertThat(written.stream().mapToLong(file -> file.toFile().length()).sum())
                .isLessThan(2_000_000);
        short[] echo = sound(written, "echo-before");
        short[] cancelled = sound(written, "echo-after");
        assertThat(decibels(cancelled, 0, 4 * SECOND)).isLessThan(decibels(echo, 0, 4 * SECOND) - 30);
        assertThat(decibels(cancelled, 4 * SECOND, 8 * SECOND))
                .isGreaterThan(decibels(echo, 4 * SECOND, 8 * SECOND) - 10);
        assertThat(quietest(sound(written, "noise-after"))).isLessThan(quietest(sound(written, "noise-before")) - 8);
        assertThat(silences(sound(written, "loss-before"))).isGreaterThan(silences(sound(written, "loss-after")) + 10);
    }

    private static short[] sound(List<Path> written, String name) throws IOException {
        for (Path file : written) {
            if (file.endsWith(name + ".wav")) {
                return WavFile.read(Files.readAllBytes(file));
            }
        }
        throw new AssertionError("no " + name);
    }

    private static double decibels(short[] samples, int from, int to) {
        double sum = 1;
        for (int i = from; i < to; i++) {
            sum += samples[i] * samples[i];
        }
        return 10 * Math.log10(sum / (to - from));
    }

    /** The level of the quietest tenth of a second. */
    private static double quietest(short[] samples) {
        double least = 100;
        for (int at = SECOND; at + SECOND / 10 <= samples.length; at += SECOND / 10) {
            least = Math.min(least, decibels(samples, at, at + SECOND / 10));
        }
        return least;
    }

    /** Frames of complete silence. */
    private static long silences(short[] samples) {
        long silent = 0;
        for (int at = 0; at + 160 <= samples.length; at += 160) {
            silent += decibels(samples, at, at + 160) < 0.1 ? 1 : 0;
        }
        return silent;
    }
}
