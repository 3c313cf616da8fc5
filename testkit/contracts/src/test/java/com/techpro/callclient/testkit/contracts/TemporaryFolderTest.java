// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TemporaryFolderTest {
    /** A program that makes a folder and is then told to end. */
    public static final class Abandoned {
        private Abandoned() {}

        @SuppressWarnings("resource") // that it is not closed is the point
        public static void main(String[] args) throws IOException {
            TemporaryFolder folder = new TemporaryFolder("callclient-test");
            Files.writeString(
                    Files.createDirectory(folder.path().resolve("deep")).resolve("file"), "text");
            System.out.println(folder.path());
            System.exit(3);
        }
    }

    @Test
    void it_goes_with_everything_in_it_when_it_is_closed() throws IOException {
        Path path;
        try (TemporaryFolder folder = new TemporaryFolder("callclient-test")) {
            path = folder.path();
            Files.writeString(Files.createDirectory(path.resolve("deep")).resolve("file"), "text");
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void it_goes_too_when_the_program_ends_before_that() throws Exception {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Abandoned.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();

        assertThat(said.strip()).contains("callclient-test");
        assertThat(Path.of(said.strip())).doesNotExist();
    }
}
