// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.javasound;

import com.techpro.callclient.ports.audio.AudioDevice.Direction;
import com.techpro.callclient.testkit.contracts.Await;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A PulseAudio of our own whose speaker's sound is what the microphone hears, and with a second device. The JVM finds it by {@code HOME} (ALSA's
 * configuration) and {@code PULSE_SERVER}, which the build sets for the tests of this module. What is missing is a failure.
 */
final class SoundServer implements AutoCloseable {
    private static final String PREFIX = "unix:";
    private static final String FIRST = "vsink";
    private static final String ALSA_ON_PULSE = """
            pcm.!default { type pulse hint { show on description "Pulse" } }
            ctl.!default { type pulse }
            """;

    private final Path directory;
    private final Path socket;
    private @Nullable Process process;

    private SoundServer(Path directory, Path socket) {
        this.directory = directory;
        this.socket = socket;
    }

    static SoundServer start() {
        String home = System.getenv("HOME");
        String server = System.getenv("PULSE_SERVER");
        if (home == null || server == null || !server.startsWith(PREFIX + home)) {
            throw new IllegalStateException(
                    "run by Maven, which points HOME and PULSE_SERVER into the build directory");
        }
        try {
            Files.createDirectories(Path.of(home));
            Files.createDirectories(Path.of(System.getenv("XDG_RUNTIME_DIR")));
            Files.writeString(Path.of(home, ".asoundrc"), ALSA_ON_PULSE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SoundServer started = new SoundServer(Path.of(home), Path.of(server.substring(PREFIX.length())));
        started.restart();
        return started;
    }

    /** Starts it after {@link #kill}. */
    void restart() {
        try {
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process = launch(
                "server.log",
                "pulseaudio",
                "-n",
                "--daemonize=no",
                "--exit-idle-time=-1",
                "--use-pid-file=no",
                "-L",
                "module-native-protocol-unix socket=" + socket + " auth-anonymous=1",
                "-L",
                "module-null-sink sink_name=" + FIRST + " rate=48000 norewinds=1",
                "-L",
                "module-null-sink sink_name=second rate=48000 norewinds=1");
        Await.until(
                "PulseAudio starts or ends; see " + directory.resolve("server.log"),
                () -> !process.isAlive() || succeeds("pactl", "info"));
        if (!process.isAlive()) {
            throw new IllegalStateException("PulseAudio did not start; see " + directory.resolve("server.log"));
        }
        useFirst();
    }

    /** As when the user chooses another device, until {@link #useFirst}. */
    void useSecond() {
        use("second");
    }

    void useFirst() {
        use(FIRST);
    }

    private void use(String sink) {
        if (!succeeds("pactl", "set-default-sink", sink)
                || !succeeds("pactl", "set-default-source", sink + ".monitor")) {
            throw new IllegalStateException("PulseAudio refused its devices; see " + directory.resolve("pactl.log"));
        }
    }

    /** Whether each stream of the direction is at the second device; false if there is none. */
    boolean isAtSecond(Direction direction) {
        boolean capture = direction == Direction.CAPTURE;
        String device = "";
        for (String line : output("pactl", "list", "short", capture ? "sources" : "sinks")) {
            if (line.contains(capture ? "\tsecond.monitor\t" : "\tsecond\t")) {
                device = line.substring(0, line.indexOf('\t'));
            }
        }
        List<String> streams = output("pactl", "list", "short", capture ? "source-outputs" : "sink-inputs");
        String at = device;
        return !streams.isEmpty() && streams.stream().allMatch(line -> line.split("\t")[1].equals(at));
    }

    private List<String> output(String... command) {
        try {
            Process running = new ProcessBuilder(command).start();
            return running.inputReader().lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As when it crashes: no goodbye to anyone. */
    void kill() {
        Process running = Objects.requireNonNull(process);
        running.destroyForcibly();
        running.onExit().join();
    }

    /** It keeps its connections and does nothing, until {@link #thaw}. */
    void freeze() {
        signal("STOP");
    }

    void thaw() {
        signal("CONT");
    }

    @Override
    public void close() {
        kill();
    }

    private void signal(String name) {
        long pid = Objects.requireNonNull(process).pid();
        if (!succeeds("kill", "-" + name, Long.toString(pid))) {
            throw new IllegalStateException("no signal could be sent to PulseAudio");
        }
    }

    private boolean succeeds(String... command) {
        return launch(command[0] + ".log", command).onExit().join().exitValue() == 0;
    }

    private Process launch(String log, String... command) {
        File output = directory.resolve(log).toFile();
        try {
            return new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output))
                    .start();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot run " + command[0] + "; install pulseaudio, pulseaudio-utils and libasound2-plugins", e);
        }
    }
}
