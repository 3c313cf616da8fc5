// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.ChildJvm;
import com.techpro.callclient.testkit.contracts.Precondition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A soak in its own process, ended by Ctrl-C. */
@EnabledOnOs({OS.LINUX, OS.MAC})
@Tag("slow")
class SoakInterruptedTest {
    private static final int SIGINT = 2;

    @Test
    @Timeout(180)
    void an_interrupted_soak_reports_unjudged_gates_and_its_seed_and_exits_with_1(@TempDir Path directory)
            throws Exception {
        Precondition.require(!isInterruptIgnored(), "SIGINT, which a shell has its background jobs ignore,");
        List<String> said = new ArrayList<>();
        try (ChildJvm soak = ChildJvm.of(Main.class)
                .arguments(
                        "soak",
                        "--users",
                        "4",
                        "--app-users",
                        "0",
                        "--calls-at-once",
                        "2",
                        "--duration",
                        "10m",
                        "--seed",
                        "4711",
                        "--report",
                        directory.toString())
                .start()) {
            String line = soak.line();
            while (line != null && !line.matches(".* calls [12] now.*")) {
                said.add(line);
                line = soak.line();
            }
            new ProcessBuilder("kill", "-INT", Long.toString(soak.pid()))
                    .start()
                    .waitFor();
            said.addAll(soak.rest());
            assertThat(soak.exitValue()).as(String.join("\n", said)).isEqualTo(1);
        }
        assertThat(said.get(0)).isEqualTo("seed 4711; to repeat: --seed 4711");
        assertThat(String.join("\n", said))
                .contains("-    speech heard at the receiving end", "not judged")
                .contains("Stopping: calls are hung up")
                .contains("NOT JUDGED: No gate is red.")
                .contains("To repeat this run: --seed 4711");
        assertThat(directory.resolve("report-junit.xml"))
                .content()
                .contains("failures=\"0\"", "errors=\"1\"", "name=\"interrupted\"");
    }

    /** Child processes inherit an ignored interrupt; a JVM then does not handle it. */
    private static boolean isInterruptIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        String mask = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .findFirst()
                .orElse("SigIgn: 0");
        return (Long.parseUnsignedLong(mask.substring("SigIgn:".length()).trim(), 16) & 1 << SIGINT - 1) != 0;
    }
}
