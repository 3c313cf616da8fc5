// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.sound;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Against sox: what it wrote as IMA ADPCM is decoded as it does, to the bit. */
@Tag("interop")
class ImaAdpcmSoxInteropTest {
    private static final int HEADER = 4;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"sine 300:3000", "pinknoise", "square 120", "square 40 vol 3", "brownnoise tremolo 5"})
    void every_kind_of_sound_is_decoded_to_the_bit(String sound) throws Exception {
        List<String> synthesis =
                new ArrayList<>(List.of("-R", "-n", "-r", "8000", "-b", "16", "-c", "1", "in.wav", "synth", "5"));
        synthesis.addAll(Arrays.asList(sound.split(" ")));
        sox(synthesis);
        sox(List.of("-D", "in.wav", "-e", "ima-adpcm", "coded.wav"));
        sox(List.of("-D", "coded.wav", "-e", "signed", "-b", "16", "played.wav"));

        short[] played = WavFile.read(directory.resolve("played.wav"), 8_000);
        short[] decoded = decoded(ByteBuffer.wrap(Files.readAllBytes(directory.resolve("coded.wav")))
                .order(ByteOrder.LITTLE_ENDIAN));
        assertThat(Arrays.copyOf(decoded, played.length)).isEqualTo(played);
    }

    /** The format's chunk tells how long a block is; the data's begins behind its name and length. */
    private static short[] decoded(ByteBuffer wav) {
        int block = 0;
        int at = 12;
        while (wav.getInt(at) != 0x61746164) {
            if (wav.getInt(at) == 0x20746d66) {
                block = wav.getShort(at + 8 + 12);
            }
            at += 8 + wav.getInt(at + 4);
        }
        int end = at + 8 + wav.getInt(at + 4);
        List<Short> samples = new ArrayList<>();
        for (int from = at + 8; from + HEADER <= end; from += block) {
            short first = wav.getShort(from);
            samples.add(first);
            ImaAdpcm decoder = new ImaAdpcm(first, wav.get(from + 2));
            for (int i = from + HEADER; i < Math.min(end, from + block); i++) {
                samples.add(decoder.decode(wav.get(i) & 0x0f));
                samples.add(decoder.decode(wav.get(i) >> 4 & 0x0f));
            }
        }
        short[] all = new short[samples.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = samples.get(i);
        }
        return all;
    }

    private void sox(List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("sox"));
        command.addAll(arguments);
        Path log = directory.resolve("sox.log");
        Process sox = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(sox.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(sox.exitValue()).as(Files.readString(log)).isZero();
    }
}
