// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./callclient}, in a folder of its own, with a Java that only prints its arguments. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {
    private static final String AT_ITS_END = "-XX:ArchiveClassesAtExit=";
    private static final String FROM_BEFORE = "-XX:SharedArchiveFile=";

    @TempDir
    Path folder;

    private Path home = Path.of("");
    private Path java = Path.of("");

    @BeforeEach
    void build() throws IOException {
        home = Files.createDirectories(folder.resolve("with a space"));
        java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nfor each in \"$@\"; do echo \"$each\"; done\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.copy(script(), home.resolve("callclient"));
        Files.createDirectories(target());
        Files.createFile(jar());
        Files.createFile(target().resolve("callclient.built"));
    }

    @Test
    void a_phone_leaves_its_classes_to_the_next_and_shares_them() throws Exception {
        Path data = archive(option(start(17, "phone"), AT_ITS_END));

        assertThat(data.getParent()).isEqualTo(target().resolve("class-data"));
        Files.createFile(data);
        Files.setLastModifiedTime(jar(), FileTime.fromMillis(1_000));
        assertThat(start(17, "phone")).contains(FROM_BEFORE + data).noneMatch(it -> it.startsWith(AT_ITS_END));
    }

    @Test
    void classes_of_an_earlier_build_are_replaced() throws Exception {
        Path data = archive(option(start(17, "phone"), AT_ITS_END));
        Files.createFile(data);
        Files.setLastModifiedTime(data, FileTime.fromMillis(1_000));

        assertThat(start(17, "phone")).contains(AT_ITS_END + data);
    }

    @Test
    void classes_of_another_java_are_not_its_own() throws Exception {
        assertThat(option(start(17, "phone"), AT_ITS_END)).isNotEqualTo(option(start(18, "phone"), AT_ITS_END));
    }

    @Test
    void a_newer_java_replaces_them_itself() throws Exception {
        List<String> started = start(21, "phone");

        assertThat(started).contains("-XX:+AutoCreateSharedArchive");
        assertThat(archive(option(started, FROM_BEFORE)).getParent()).isEqualTo(target().resolve("class-data"));
    }

    @Test
    void a_phone_starts_where_nothing_can_be_kept() throws Exception {
        Files.createFile(target().resolve("class-data"));

        assertThat(start(17, "phone"))
                .endsWith("-jar", jar().toString(), "phone", "--help")
                .noneMatch(it -> it.startsWith(AT_ITS_END));
    }

    @Test
    void only_a_phone_takes_the_small_collector() throws Exception {
        assertThat(start(17, "phone")).contains("-XX:+UseSerialGC").doesNotContain("-XX:+UseZGC");
        assertThat(start(17, "soak")).contains("-XX:+UseZGC").noneMatch(it -> it.startsWith(AT_ITS_END));
        assertThat(start(17, "bench")).noneMatch(it -> it.startsWith("-XX:+Use") && it.endsWith("GC"));
    }

    private List<String> start(int version, String command) throws Exception {
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"" + version + ".0.1\"\n");
        ProcessBuilder launcher =
                new ProcessBuilder("sh", home.resolve("callclient").toString(), command, "--help");
        launcher.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        launcher.environment().remove("CALLCLIENT_JAVA_OPTS");
        launcher.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process running = launcher.start();
        String printed = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(running.waitFor()).as(printed).isZero();
        return List.of(printed.split("\n"));
    }

    private static String option(List<String> options, String name) {
        return options.stream().filter(it -> it.startsWith(name)).findFirst().orElseThrow();
    }

    private static Path archive(String option) {
        return Path.of(option.substring(option.indexOf('=') + 1));
    }

    private Path target() {
        return home.resolve("testkit/cli/target");
    }

    private Path jar() {
        return target().resolve("callclient.jar");
    }

    private static Path script() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("callclient"))) {
            here = Objects.requireNonNull(here.getParent());
        }
        return here.resolve("callclient");
    }
}
