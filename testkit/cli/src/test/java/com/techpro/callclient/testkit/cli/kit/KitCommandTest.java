// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.kit;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.audio.AudioStream;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.ports.audio.CaptureSink;
import com.techpro.callclient.ports.audio.PlaybackSource;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.notification.Notice;
import com.techpro.callclient.ports.notification.NotificationPort;
import com.techpro.callclient.ports.permission.Permission;
import com.techpro.callclient.ports.permission.PermissionPort;
import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStorePort;
import com.techpro.callclient.stack.jdk.JdkNetwork;
import com.techpro.callclient.stack.jdk.JdkSchedulers;
import com.techpro.callclient.testkit.contracts.FakeAudio;
import com.techpro.callclient.testkit.contracts.FakeNotifications;
import com.techpro.callclient.testkit.contracts.FakePermissions;
import com.techpro.callclient.testkit.contracts.ForwardingNetwork;
import com.techpro.callclient.testkit.contracts.NotificationPortContract;
import com.techpro.callclient.testkit.contracts.PermissionPortContract;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@Tag("slow")
class KitCommandTest {
    private static final String HERE = KitCommandTest.class.getName() + "$";

    /** A clause's line: its name. */
    private static final Pattern CLAUSE = Pattern.compile("(?m)^  (?:passed|FAILED|skipped) +(\\w+)$");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void a_network_that_keeps_its_contract_is_0() {
        assertThat(run("--port", "network", "--class", HERE + "EnginesNetwork"))
                .as("%s%s", out, err)
                .isZero();
        assertThat(out.toString())
                .contains("  passed   POLL_1_", "  passed   LSN_1_", "  passed   NET_6_")
                .containsPattern("required clauses: \\d{2} passed, 0 failed")
                .doesNotContain("FAILED", "contract:");
    }

    @Test
    void a_store_of_plain_files_is_1_and_each_clause_says_why() {
        assertThat(run("--port", "STORE", "--class", HERE + "PlainFiles")).isEqualTo(1);
        assertThat(out.toString())
                .contains("  passed   STO_1_a_written_value")
                .contains("  FAILED   STO_3_neither_values_nor_names_are_found_on_the_device")
                .contains("               - ")
                .contains("  FAILED   STO_4_a_changed_file_is_refused")
                .contains("  skipped  STO_5_a_full_", "  skipped  STO_5_a_locked_", "  skipped  STO_5_an_unavailable_")
                .containsPattern("required clauses: \\d+ passed, \\d+ failed");
    }

    @Test
    void a_class_of_another_class_path_needs_no_test_project() throws Exception {
        Path classes = compiled("example.Mute", """
            package example;
            import com.techpro.callclient.ports.audio.*;
            import java.util.List;
            public class Mute implements AudioPort {
                public List<AudioDevice> devices() {
                    return List.of();
                }
                public AudioStream openCapture(String id, AudioFormat format, CaptureSink sink, AudioStreamListener listener)
                        throws AudioUnavailableException {
                    throw new AudioUnavailableException(AudioUnavailableException.Reason.NO_SUCH_DEVICE, "none");
                }
                public AudioStream openPlayback(String id, AudioFormat format, PlaybackSource source, AudioStreamListener listener)
                        throws AudioUnavailableException {
                    throw new AudioUnavailableException(AudioUnavailableException.Reason.NO_SUCH_DEVICE, "none");
                }
            }
            """);

        assertThat(run("--port", "audio", "--class", "example.Mute", "--class-path", classes.toString()))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains("  passed   AUD_3_AUD_7_a_device_that_is_not_there_is_refused_with_the_reason")
                .contains("  FAILED   AUD_1_frames_are_exactly_as_long_as_the_format_says")
                .contains("  skipped  AUD_1_tones_played_are_the_tones_captured")
                .contains("without loopback, because --loopback was not given");
    }

    @Test
    void audio_that_keeps_its_contract_is_0_without_a_word_of_its_platform() {
        assertThat(run("--port", "audio", "--class", HERE + "GoodAudio"))
                .as("%s%s", out, err)
                .isZero();
        assertThat(out.toString())
                .contains("without loopback, because --loopback was not given")
                .contains("without loss of the devices, because a command cannot unplug them")
                .contains("without a headset, because a command cannot unplug it")
                .doesNotContain("FAILED");
        assertThat(clauses())
                .as("AUD-2 before AUD-10")
                .isSortedAccordingTo(Comparator.comparing(KitCommandTest::number));
        assertThat(clauses().get(0)).startsWith("AUD_1_");
        assertThat(clauses().get(clauses().size() - 1)).startsWith("AUD_13_");
    }

    private List<String> clauses() {
        return CLAUSE.matcher(out.toString())
                .results()
                .map((MatchResult line) -> line.group(1))
                .toList();
    }

    /** The number of a clause such as {@code AUD_10_…}. */
    private static int number(String clause) {
        return Integer.parseInt(clause.split("_")[1]);
    }

    @Test
    void a_class_that_extends_a_kit_is_that_kit() {
        assertThat(run("--port", "notification", "--class", HERE + "OwnKit"))
                .as("%s%s", out, err)
                .isZero();
        assertThat(out.toString()).containsPattern("required clauses: \\d+ passed, 0 failed");
    }

    @Test
    void a_kit_with_optional_clauses_only_is_0_if_they_pass() {
        assertThat(run("--port", "permission", "--class", HERE + "OwnPermissions"))
                .as("%s%s", out, err)
                .isZero();
        assertThat(out.toString()).contains("required clauses: 0 passed, 0 failed");
    }

    @Test
    void a_port_that_cannot_be_made_is_1() {
        assertThat(run("--port", "network", "--class", HERE + "Unmakeable")).isEqualTo(1);
        assertThat(out.toString()).contains("FAILED", "cannot be created");
    }

    @Test
    void a_kit_of_which_nothing_can_be_tried_is_3() {
        assertThat(run("--port", "notification", "--class", HERE + "NotHere")).isEqualTo(3);
        assertThat(out.toString()).contains("skipped", "not on this machine", "required clauses: 0 passed, 0 failed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--class a.B | Missing required option: '--port",
                "--port pigeon --class a.B | --port must be one of audio, network, store, biometric",
                "--port audio --class a.B | There is no class a.B; give its place with --class-path.",
                "--port audio --class a.B --class-path /nowhere/at/all | --class-path: there is no /nowhere/at/all.",
                "--port audio --class java.lang.String | java.lang.String is not a class that implements"
                        + " com.techpro.callclient.ports.audio.AudioPort, nor one that extends AudioPortContract.",
                "--port push --class java.lang.String | java.lang.String is not a class that extends PushPortContract.",
                "--port network --class com.techpro.callclient.testkit.contracts.ForwardingNetwork | is abstract.",
                "--port network --class com.techpro.callclient.testkit.contracts.SimulatedHost | has no public"
                        + " constructor without parameters",
                "--port store --class com.techpro.callclient.testkit.contracts.FakeSecureStore | has no public"
                        + " constructor with a java.nio.file.Path",
                "--port store --class a.B --loopback | --loopback is for --port audio."
            })
    void unusable_arguments_exit_with_2_and_a_hint(String arguments, String said) {
        assertThat(run(arguments.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(said);
    }

    private int run(String... arguments) {
        return new CommandLine(new KitCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private Path compiled(String name, String source) throws IOException {
        Path file = directory.resolve(name.replace('.', '/') + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
        Path classes = directory.resolve("classes");
        Files.createDirectories(classes);
        List<String> options = List.of(
                "-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"), file.toString());
        int exit = ToolProvider.getSystemJavaCompiler().run(null, null, null, options.toArray(new String[0]));
        assertThat(exit).isZero();
        return classes;
    }

    /** The engine's own. */
    public static final class EnginesNetwork extends ForwardingNetwork {
        public EnginesNetwork() {
            super(new JdkNetwork(task -> new Thread(task, "lookup").start()));
        }
    }

    /** In real time. */
    public static final class GoodAudio implements AudioPort, AutoCloseable {
        private final JdkSchedulers schedulers = new JdkSchedulers();
        private final FakeAudio fake = new FakeAudio(schedulers.openAudioLoop("audio", (thread, failure) -> {
            throw new IllegalStateException(failure);
        }));

        @Override
        public List<AudioDevice> devices() {
            return fake.devices();
        }

        @Override
        public AudioStream openCapture(
                @Nullable String device, AudioFormat format, CaptureSink sink, AudioStreamListener listener)
                throws AudioUnavailableException {
            return fake.openCapture(device, format, sink, listener);
        }

        @Override
        public AudioStream openPlayback(
                @Nullable String device, AudioFormat format, PlaybackSource source, AudioStreamListener listener)
                throws AudioUnavailableException {
            return fake.openPlayback(device, format, source, listener);
        }

        @Override
        public void close() {
            schedulers.close();
        }
    }

    /** Throws in its constructor. */
    public static final class Unmakeable extends ForwardingNetwork {
        public Unmakeable() {
            super(none());
        }

        private static Network none() {
            throw new UnsupportedOperationException("no sockets here");
        }
    }

    static class OwnPermissions extends PermissionPortContract {
        private final VirtualTime time = VirtualTime.seeded(1);
        private final FakePermissions fake = new FakePermissions(time.workers());

        @Override
        protected PermissionPort port() {
            return fake;
        }

        @Override
        protected void await(BooleanSupplier condition) {
            time.runUntil(condition, Duration.ofSeconds(10));
        }

        @Override
        protected boolean set(Permission permission, boolean granted) {
            if (granted) {
                fake.grant(permission);
            } else {
                fake.deny(permission);
            }
            return true;
        }

        @Override
        protected boolean denyForGood(Permission permission) {
            fake.denyForGood(permission);
            return true;
        }

        @Override
        protected boolean willAnswer(boolean yes) {
            fake.willAnswer(yes);
            return true;
        }

        @Override
        protected Permission unknown() {
            fake.withoutKnowing(Permission.BACKGROUND_REFRESH).deny(Permission.BACKGROUND_REFRESH);
            return Permission.BACKGROUND_REFRESH;
        }

        @Override
        protected List<String> reasonsShown() {
            return fake.reasonsShown();
        }
    }

    /** As an author writes one. */
    static class OwnKit extends NotificationPortContract {
        private final FakeNotifications fake = new FakeNotifications();

        @Override
        protected NotificationPort port() {
            return fake;
        }

        @Override
        protected List<String> shown() {
            return fake.shown().stream().map(Notice::id).toList();
        }

        @Override
        protected String remembered() {
            return fake.ever().toString();
        }

        @Override
        protected boolean refuse() {
            fake.refuse();
            return true;
        }
    }

    /** As on a machine without notifications. */
    static class NotHere extends OwnKit {
        NotHere() {
            Assumptions.abort("not on this machine");
        }
    }

    /** A file per name, without any other duty of a store. */
    public static final class PlainFiles implements SecureStorePort {
        private final Path folder;

        public PlainFiles(Path folder) {
            this.folder = folder;
        }

        @Override
        public byte @Nullable [] read(String name) throws SecureStoreException {
            try {
                return Files.exists(folder.resolve(name)) ? Files.readAllBytes(folder.resolve(name)) : null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Set<String> names() {
            try (Stream<Path> files = Files.list(folder)) {
                Set<String> names = new HashSet<>();
                files.forEach(file -> names.add(file.getFileName().toString()));
                return names;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void write(Map<String, byte @Nullable []> changes) {
            try {
                for (String name : changes.keySet()) {
                    byte[] value = changes.get(name);
                    if (value == null) {
                        Files.deleteIfExists(folder.resolve(name));
                    } else {
                        Files.write(folder.resolve(name), value);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void erase() {
            for (String name : names()) {
                write(Collections.singletonMap(name, null));
            }
        }

        @Override
        public void close() {}
    }
}
