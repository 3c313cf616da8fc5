// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import static org.assertj.core.api.Assertions.assertThat;

import com.android.tools.r8.CompilationMode;
import com.android.tools.r8.D8;
import com.android.tools.r8.D8Command;
import com.android.tools.r8.Diagnostic;
import com.android.tools.r8.DiagnosticsHandler;
import com.android.tools.r8.OutputMode;
import com.android.tools.r8.R8;
import com.android.tools.r8.R8Command;
import com.android.tools.r8.origin.Origin;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.ChildJvm;
import com.techpro.callclient.testkit.contracts.Sound;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@link AndroidProgram} becomes DEX code for API 26, without library desugaring. It takes minutes, and runs on demand.
 */
@Tag("dex")
@Timeout(900)
class DexTest {
    private static final int API = 26;
    private static final long MOST_BYTES = 20_000_000;
    private static final long MOST_BYTES_SHRUNK = 4_000_000;

    @TempDir
    private Path directory;

    /** D8 and R8 check themselves for minutes otherwise. */
    @BeforeAll
    static void leaveOutTheirAssertions() {
        R8.class.getClassLoader().setPackageAssertionStatus("com.android.tools.r8", false);
    }

    @Test
    void d8_takes_all_of_it() throws Exception {
        Messages messages = new Messages();
        AndroidProgram program = new AndroidProgram(directory);
        Path out = Files.createDirectory(directory.resolve("d8"));
        D8.run(D8Command.builder(messages)
                .addProgramFiles(program.all())
                .addLibraryFiles(program.device())
                .setMinApiLevel(API)
                .setMode(CompilationMode.RELEASE)
                .setOutput(out, OutputMode.DexIndexed)
                .build());
        assertThat(messages.told).isEmpty();
        long size = sizeOf(out);
        System.out.printf("DEX code of everything: %,d bytes%n", size);
        assertThat(size).isBetween(MOST_BYTES / 2, MOST_BYTES);
    }

    /** With all of the public API kept, which no app uses: an app's own share is smaller. */
    @Test
    void r8_misses_no_class_and_shrinks_it() throws Exception {
        Path out = shrink(
                "r8",
                OutputMode.DexIndexed,
                new AndroidProgram(directory).all(),
                "-keep public class com.techpro.callclient.engine.* { public protected *; }",
                "-keep public class com.techpro.callclient.engine.call.* { public protected *; }",
                "-keep public class com.techpro.callclient.ports.** { public protected *; }",
                "-keep public class com.techpro.callclient.adapters.** { public protected *; }");
        long size = sizeOf(out);
        System.out.printf("DEX code of everything, shrunk by R8: %,d bytes%n", size);
        assertThat(size).isBetween(MOST_BYTES_SHRUNK / 2, MOST_BYTES_SHRUNK);
    }

    /** What is asked for by name alone would be gone, or under another name. As class files, so that a JVM runs them. */
    @Test
    void a_phone_that_r8_shrank_logs_in_calls_and_plays_a_message() throws Exception {
        AndroidProgram android = new AndroidProgram(directory);
        List<Path> program = new ArrayList<>(android.libraries());
        program.addAll(
                android.modules("engine-ports", "engine-stack", "engine-core", "adapters-phonesystems", "contracts"));
        program.add(android.tests(ShrunkPhone.class));
        Path shrunk = shrink(
                "phone",
                OutputMode.ClassFile,
                program,
                "-keep class " + ShrunkPhone.class.getName() + " { public static void main(java.lang.String[]); }",
                "-dontwarn org.junit.**",
                "-dontwarn org.assertj.**");
        leaveOutWhatNoAppHas(shrunk);
        try (EmbeddedPbx pbx = EmbeddedPbx.builder()
                        .extensions("1001", "1002")
                        .voicemail()
                        .provisioning(accounts -> accounts.password("1001", "word of 1001"))
                        .start();
                Colleague colleague = new Colleague(pbx.account("1002").build(), Sound.tone(1_000, 8_000))) {
            pbx.voicemail().leave("1001", "1002", "Ben", new short[8_000]);
            Path authority = Files.writeString(directory.resolve("ca.pem"), pbx.authorityPem());
            Await.until("registered", colleague::isRegistered);
            Login login = pbx.login("1001");
            try (ChildJvm phone = ChildJvm.of(ShrunkPhone.class)
                    .classPath(shrunk.toString())
                    .arguments(
                            login.user(),
                            "word of 1001",
                            String.valueOf(login.server()),
                            "/provisioning",
                            authority.toString(),
                            "1002")
                    .start()) {
                assertThat(phone.rest())
                        .filteredOn(line -> !line.startsWith("SLF4J")) // it says that nobody logs
                        .containsExactly("logged in", "heard", "played", "logged out");
                assertThat(phone.exitValue()).isZero();
            }
        }
    }

    private Path shrink(String name, OutputMode mode, List<Path> program, String... rules) throws Exception {
        Messages messages = new Messages();
        Path out = directory.resolve(name + (mode == OutputMode.ClassFile ? ".jar" : ""));
        if (mode != OutputMode.ClassFile) {
            Files.createDirectory(out);
        }
        R8Command.Builder command = R8Command.builder(messages)
                .addProgramFiles(program)
                .addLibraryFiles(new AndroidProgram(directory).device())
                .addProguardConfigurationFiles(Path.of("src/main/android/consumer-rules.pro"))
                .addProguardConfiguration(List.of(rules), Origin.unknown())
                .setMode(CompilationMode.RELEASE)
                .setOutput(out, mode);
        if (mode != OutputMode.ClassFile) {
            command.setMinApiLevel(API);
        }
        R8.run(command.build());
        assertThat(messages.told).isEmpty();
        return out;
    }

    /**
     * All but what says nothing of the code: Kotlin's metadata, which are for Kotlin's reflection, and OkHttp's Kotlin is newer than this D8; files
     * beside the code that several libraries have; and complaints of R8 about what it wrote itself for records.
     */
    private static final class Messages implements DiagnosticsHandler {
        private final List<String> told = new CopyOnWriteArrayList<>();

        @Override
        public void error(Diagnostic message) {
            told.add("error: " + message.getDiagnosticMessage());
        }

        @Override
        public void warning(Diagnostic message) {
            String text = message.getDiagnosticMessage();
            if (!text.toLowerCase(Locale.ROOT).contains("kotlin metadata")
                    && !text.matches("Resource '.*' already exists\\.")
                    && !message.getPosition().getDescription().contains("$record$getFieldsAsObjects")) {
                told.add("warning: " + text);
            }
        }

        @Override
        public void info(Diagnostic message) {}
    }

    /** Signatures of jars that are no more, and classes for newer Java: an app's build packs neither. */
    private static void leaveOutWhatNoAppHas(Path jar) throws IOException {
        try (FileSystem files = FileSystems.newFileSystem(jar)) {
            List<Path> all;
            try (Stream<Path> found = Files.walk(files.getPath("META-INF"))) {
                all = found.filter(Files::isRegularFile).toList();
            }
            for (Path file : all) {
                if (file.toString().matches("META-INF/(versions/.*|[^/]*[.](SF|RSA|DSA|MF))")) {
                    Files.delete(file);
                }
            }
        }
    }

    private static long sizeOf(Path out) throws IOException {
        long size = 0;
        try (Stream<Path> files = Files.list(out)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                size += Files.size(file);
            }
        }
        return size;
    }
}
