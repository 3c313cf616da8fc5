// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against libgsm, in sox: what it encodes and then decodes is, to the bit, what is decoded here. */
@Tag("interop")
class GsmSoxInteropTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {"sine 300:3000", "pinknoise", "square 120", "exp 60", "whitenoise vol 3", "sine 50 vol 0.001"})
    void every_kind_of_sound_is_decoded_to_the_bit(String sound) throws Exception {
        List<String> synthesis = new ArrayList<>(List.of("-R", "-n", "-r", "8000", "-c", "1", "in.wav", "synth", "20"));
        synthesis.addAll(Arrays.asList(sound.split(" ")));
        sox(synthesis.toArray(String[]::new));
        sox("in.wav", "out.gsm");
        sox("in.wav", "-e", "gsm-full-rate", "out.wav");
        sox("out.gsm", "-t", "raw", "-e", "signed", "-b", "16", "-L", "gsm.raw");
        sox("out.wav", "-t", "raw", "-e", "signed", "-b", "16", "-L", "wav.raw");

        assertThat(Recordings.play(Files.readAllBytes(directory.resolve("out.gsm")))
                        .samples())
                .isEqualTo(samples("gsm.raw"));
        assertThat(Recordings.play(Files.readAllBytes(directory.resolve("out.wav")))
                        .samples())
                .isEqualTo(samples("wav.raw"));
    }

    private short[] samples(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(directory.resolve(name));
        short[] samples = new short[bytes.length / 2];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        return samples;
    }

    private void sox(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sox"));
        command.addAll(List.of(arguments));
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
