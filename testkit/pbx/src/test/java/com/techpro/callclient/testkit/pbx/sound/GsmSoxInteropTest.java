// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.sound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against libgsm, in sox: the PBX encodes every sound as that does, to the bit, and sox plays what the PBX wrote as the PBX does. */
@Tag("interop")
class GsmSoxInteropTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sine 300:3000",
                "pinknoise",
                "square 120",
                "square 40 vol 3",
                "exp 60",
                "whitenoise vol 3",
                "sine 50 vol 0.001",
                "brownnoise tremolo 5"
            })
    void every_kind_of_sound_is_encoded_to_the_bit(String sound) throws Exception {
        List<String> synthesis =
                new ArrayList<>(List.of("-R", "-n", "-r", "8000", "-b", "16", "-c", "1", "in.wav", "synth", "20"));
        synthesis.addAll(Arrays.asList(sound.split(" ")));
        sox(synthesis);

        assertEncodedAsSoxDoes(WavFile.read(Files.readAllBytes(directory.resolve("in.wav"))));
    }

    @Test
    void the_sounds_of_the_vector_are_too() throws Exception {
        assertEncodedAsSoxDoes(GsmSounds.all());
    }

    private void assertEncodedAsSoxDoes(short[] samples) throws Exception {
        Files.write(directory.resolve("in.wav"), WavFile.write(samples, WavFile.Encoding.PCM));
        byte[] ours = WavFile.write(samples, WavFile.Encoding.WAV49);
        Files.write(directory.resolve("ours.wav"), ours);
        sox(List.of("-D", "in.wav", "-e", "gsm-full-rate", "theirs.wav"));
        sox(List.of("-D", "ours.wav", "-e", "signed", "-b", "16", "played.wav"));

        byte[] theirs = Files.readAllBytes(directory.resolve("theirs.wav"));
        assertThat(Arrays.copyOfRange(ours, 60, ours.length)).isEqualTo(Arrays.copyOfRange(theirs, 60, theirs.length));
        assertThat(WavFile.read(ours)).isEqualTo(WavFile.read(Files.readAllBytes(directory.resolve("played.wav"))));
    }

    private void sox(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sox"));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("sox.txt").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(directory.resolve("sox.txt")))
                .isZero();
    }
}
