// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import static org.assertj.core.api.Assertions.assertThat;

import com.android.tools.r8.CompilationMode;
import com.android.tools.r8.D8;
import com.android.tools.r8.D8Command;
import com.android.tools.r8.Diagnostic;
import com.android.tools.r8.DiagnosticsHandler;
import com.android.tools.r8.OutputMode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Engine, adapter and all that they need become DEX code for API 26, without library desugaring. It takes minutes, and runs on demand. What the
 * device brings is Android's framework and the parts of the JDK that Android has.
 */
@Tag("dex")
@Timeout(900)
class DexTest {
    private static final int API = 26;
    private static final long MOST_BYTES = 20_000_000;
    private static final List<String> ANDROID_HAS =
            List.of("java.base", "java.logging", "java.prefs", "java.sql", "java.xml");
    private static final List<String> MODULES =
            List.of("engine-ports", "engine-core", "adapters-keystore", "adapters-android");
    private static final List<String> LIBRARIES = List.of(
            "jspecify-",
            "slf4j-api-",
            "jain-sip-ri-",
            "minidns-core-",
            "concentus-",
            "bctls-jdk18on-",
            "bcutil-jdk18on-",
            "bcprov-jdk18on-",
            "okhttp-jvm-",
            "okio-jvm-",
            "kotlin-stdlib-",
            "annotations-13.",
            "gson-",
            "error_prone_annotations-",
            "libphonenumber-",
            "angus-mail-",
            "angus-activation-",
            "jakarta.activation-api-",
            "jakarta.mail-api-");

    @TempDir
    private static Path directory;

    private static List<Path> program;
    private static List<Path> device;

    @BeforeAll
    static void collect() throws IOException {
        List<Path> classPath = Stream.of(
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                                .split(System.getProperty("path.separator")))
                .map(Path::of)
                .toList();
        program = new ArrayList<>();
        for (String module : MODULES) {
            program.add(asJar(module, classPath));
        }
        for (String library : LIBRARIES) {
            program.add(named(library, classPath));
        }
        device = List.of(partsOfTheJdk(), named("android-all", classPath));
    }

    @Test
    void d8_takes_all_of_it() throws Exception {
        Messages messages = new Messages();
        Path out = Files.createDirectory(directory.resolve("d8"));
        D8.run(D8Command.builder(messages)
                .addProgramFiles(program)
                .addLibraryFiles(device)
                .setMinApiLevel(API)
                .setMode(CompilationMode.RELEASE)
                .setOutput(out, OutputMode.DexIndexed)
                .build());
        assertThat(messages.told).isEmpty();
        long size = sizeOf(out);
        System.out.printf("DEX code of everything: %,d bytes%n", size);
        assertThat(size).isBetween(MOST_BYTES / 2, MOST_BYTES);
    }

    /** All but news of Kotlin's metadata, which are for Kotlin's reflection: OkHttp's Kotlin is newer than this D8, and reflects on nothing. */
    private static final class Messages implements DiagnosticsHandler {
        private final List<String> told = new CopyOnWriteArrayList<>();

        @Override
        public void error(Diagnostic message) {
            told.add("error: " + message.getDiagnosticMessage());
        }

        @Override
        public void warning(Diagnostic message) {
            String text = message.getDiagnosticMessage();
            if (!text.toLowerCase(Locale.ROOT).contains("kotlin metadata")) {
                told.add("warning: " + text);
            }
        }

        @Override
        public void info(Diagnostic message) {}
    }

    private static Path named(String start, List<Path> classPath) {
        List<Path> found = classPath.stream()
                .filter(path -> path.getFileName().toString().startsWith(start)
                        && path.getFileName().toString().endsWith(".jar"))
                .toList();
        assertThat(found).as("jars of the class path that start with " + start).hasSize(1);
        return found.get(0);
    }

    /** A module of this build, which is a folder of classes, or a jar already. */
    private static Path asJar(String module, List<Path> classPath) throws IOException {
        for (Path path : classPath) {
            String name = path.toString().replace('\\', '/');
            if (name.endsWith("/" + module + "/target/classes")) {
                return pack(module, path, List.of(""));
            }
        }
        return named("callclient-" + module + "-", classPath);
    }

    private static Path partsOfTheJdk() throws IOException {
        FileSystem jdk = FileSystems.getFileSystem(URI.create("jrt:/"));
        return pack("jdk", jdk.getPath("/modules"), ANDROID_HAS);
    }

    private static Path pack(String name, Path root, List<String> folders) throws IOException {
        Path jar = directory.resolve(name + ".jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (String folder : folders) {
                Path base = root.resolve(folder);
                try (Stream<Path> files = Files.walk(base)) {
                    for (Path file : (Iterable<Path>) files::iterator) {
                        String entry = base.relativize(file).toString().replace('\\', '/');
                        if (entry.endsWith(".class") && !entry.equals("module-info.class")) {
                            out.putNextEntry(new ZipEntry(entry));
                            out.write(Files.readAllBytes(file));
                            out.closeEntry();
                        }
                    }
                }
            }
        }
        return jar;
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
