// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import com.techpro.callclient.ports.audio.VoiceEffect;
import com.techpro.callclient.stack.media.sound.VoiceProcessor;
import com.techpro.callclient.testkit.judge.scene.Scene;
import com.techpro.callclient.testkit.judge.scene.SceneSettings.Kind;
import com.techpro.callclient.testkit.judge.scene.Scenes;
import com.techpro.callclient.testkit.judge.scene.Voices;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;

/**
 * Two pairs of recordings for people to listen to: an echo and noise, each before and after. Every machine writes the
 * same sound, as the voice is the testkit's own.
 */
public final class SoundRecordings {
    /** How long each is. */
    public static final int SECONDS = 8;
    /** Of the scene with echo: the far end speaks alone, and later both. */
    private static final int ECHO_FROM = 10;

    private static final int NOISE_FROM = 1;

    private static final long SEED = 1;

    private SoundRecordings() {}

    /**
     * Writes the recordings, over older ones, and makes the folder if need be.
     *
     * @return the files
     */
    public static List<Path> write(Path folder) throws IOException {
        Files.createDirectories(folder);
        List<Path> written = new ArrayList<>();
        written.addAll(scene(folder, "echo", Kind.ROOM, 0, ECHO_FROM));
        written.addAll(scene(folder, "noise", Kind.NOISE, 1, NOISE_FROM));
        return written;
    }

    private static List<Path> scene(Path folder, String name, Kind kind, int number, int from) throws IOException {
        Scene scene = Scene.of(Scenes.of(kind, SEED, number), Voices.packaged());
        short[] heard = scene.microphone();
        VoiceProcessor processor = new VoiceProcessor(Scene.SAMPLE_RATE, EnumSet.allOf(VoiceEffect.class));
        short[] sent = SoundComparison.processed(processor, scene.far(), heard);
        return List.of(
                write(folder.resolve(name + "-before.wav"), heard, from),
                write(folder.resolve(name + "-after.wav"), sent, from));
    }

    private static Path write(Path file, short[] samples, int from) throws IOException {
        int first = from * Scene.SAMPLE_RATE;
        WavFile.write(file, Arrays.copyOfRange(samples, first, first + SECONDS * Scene.SAMPLE_RATE), Scene.SAMPLE_RATE);
        return file;
    }
}
