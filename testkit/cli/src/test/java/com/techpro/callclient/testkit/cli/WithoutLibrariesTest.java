// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.ChildJvm;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The program's own classes without their libraries, and as a module. Every other test has them on
 * the class path.
 */
class WithoutLibrariesTest {
    @Test
    void a_jar_without_its_libraries_names_the_one_to_run() throws Exception {
        try (ChildJvm alone = ChildJvm.of(Main.class)
                .classPath(classes().toString())
                .arguments("--version")
                .start()) {
            assertThat(alone.rest())
                    .singleElement()
                    .asString()
                    .startsWith("callclient: The libraries are not next to this jar.")
                    .contains("\"all\"");
            assertThat(alone.exitValue()).isEqualTo(2);
        }
    }

    @Test
    void it_runs_as_a_module() throws Exception {
        List<String> path = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .toList();
        Process module = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-p",
                        String.join(File.pathSeparator, path),
                        "-m",
                        "com.techpro.callclient.testkit.cli/" + Main.class.getName(),
                        "phone",
                        "--help")
                .redirectErrorStream(true)
                .start();
        String said = new String(module.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said).startsWith("Usage: callclient phone");
        assertThat(module.waitFor()).isZero();
    }

    private static Path classes() throws URISyntaxException {
        return Path.of(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
