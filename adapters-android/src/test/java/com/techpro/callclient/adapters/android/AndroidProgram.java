// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What an app carries to a device: engine, adapters and all that they need at run time. What the device brings is Android's framework and the
 * parts of the JDK that Android has.
 */
final class AndroidProgram {
    private static final List<String> ANDROID_HAS =
            List.of("java.base", "java.logging", "java.prefs", "java.sql", "java.xml");
    private static final List<String> MODULES = List.of(
            "engine-ports",
            "engine-stack",
            "engine-core",
            "adapters-phonesystems",
            "adapters-keystore",
            "adapters-android");
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

    private final Path directory;
    private final List<Path> classPath;

    /** @param directory where modules of this build are packed, if they are folders of classes */
    AndroidProgram(Path directory) {
        this.directory = directory;
        this.classPath = Stream.of(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        .split(System.getProperty("path.separator")))
                .map(Path::of)
                .toList();
    }

    /** Some modules of this build. */
    List<Path> modules(String... names) throws IOException {
        List<Path> jars = new ArrayList<>();
        for (String module : names) {
            jars.add(asJar(module));
        }
        return jars;
    }

    List<Path> libraries() {
        return LIBRARIES.stream().map(this::named).toList();
    }

    /** A test class of this module. */
    Path tests(Class<?> test) throws IOException {
        String file = test.getName().replace('.', '/');
        Path jar = directory.resolve(test.getSimpleName() + ".jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar));
                InputStream code = test.getResourceAsStream("/" + file + ".class")) {
            out.putNextEntry(new ZipEntry(file + ".class"));
            out.write(code.readAllBytes());
        }
        return jar;
    }

    List<Path> all() throws IOException {
        return Stream.concat(modules(MODULES.toArray(String[]::new)).stream(), libraries().stream())
                .toList();
    }

    List<Path> device() throws IOException {
        return List.of(partsOfTheJdk(), named("android-all"));
    }

    private Path named(String start) {
        List<Path> found = classPath.stream()
                .filter(path -> path.getFileName().toString().startsWith(start)
                        && path.getFileName().toString().endsWith(".jar"))
                .toList();
        assertThat(found).as("jars of the class path that start with " + start).hasSize(1);
        return found.get(0);
    }

    /** A module of this build, which is a folder of classes, or a jar already. */
    private Path asJar(String module) throws IOException {
        for (Path path : classPath) {
            String name = path.toString().replace('\\', '/');
            if (name.endsWith("/" + module + "/target/classes")) {
                return pack(module, path, List.of(""));
            }
        }
        return named("callclient-" + module + "-");
    }

    private Path partsOfTheJdk() throws IOException {
        FileSystem jdk = FileSystems.getFileSystem(URI.create("jrt:/"));
        return pack("jdk", jdk.getPath("/modules"), ANDROID_HAS);
    }

    private Path pack(String name, Path root, List<String> folders) throws IOException {
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
}
