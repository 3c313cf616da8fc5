// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.ChildJvm;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README's first call as printed: its commands in one folder, its code as a file there. Only
 * the class path is this test's, and the port differs if it is in use.
 */
@Timeout(120)
class FirstCallTest {
    private static final String PORT = "5061";

    @TempDir
    Path folder;

    private String readme = "";
    private String port = PORT;

    @BeforeEach
    void read() throws IOException {
        readme = Files.readString(Path.of("../../README.md"));
        try (ServerSocket free = new ServerSocket(5061, 1, InetAddress.getLoopbackAddress())) {
            assertThat(free.isBound()).isTrue();
        } catch (IOException taken) {
            try (ServerSocket another = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = String.valueOf(another.getLocalPort());
            }
        }
    }

    private String block(String title) {
        Matcher found = Pattern.compile(
                        "<!-- first call: " + Pattern.quote(title) + " -->\\s*```\\w*\\n(.*?)```", Pattern.DOTALL)
                .matcher(readme);
        assertThat(found.find()).as(title).isTrue();
        return found.group(1).replace(":" + PORT, ":" + port);
    }

    /** Returns the words of the block's line with this beginning. */
    private String[] command(String title, String begin) {
        return block(title)
                .lines()
                .filter(line -> line.startsWith(begin))
                .map(line -> line.substring(begin.length()).strip().split(" ", -1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line begins with " + begin));
    }

    @Test
    void it_is_made_lives_until_its_user_ends_it_and_leaves_nothing() throws Exception {
        writeUsers();
        List<String> arguments = new ArrayList<>(Arrays.asList(command("the phone system", "./callclient ")));
        if (!port.equals(PORT)) {
            arguments.addAll(List.of("--tls", port));
        }
        try (ChildJvm pbx = ChildJvm.of(Main.class)
                .classPath(classPath())
                .arguments(arguments.toArray(new String[0]))
                .directory(folder)
                .start()) {
            for (String line : block("what it prints").lines().toList()) {
                assertThat(pbx.line()).isEqualTo(line);
            }
            call();
            pbx.stop(Duration.ofSeconds(20));
            assertThat(pbx.exitValue()).as("ended as by Ctrl-C").isZero();
        }
    }

    /** As the shell does. */
    private void writeUsers() throws IOException {
        Matcher printf = Pattern.compile("printf '(.*)' > users\\.txt").matcher(block("the phone system"));
        assertThat(printf.find()).isTrue();
        Files.writeString(folder.resolve("users.txt"), printf.group(1).replace("\\n", "\n"));
    }

    private void call() throws Exception {
        Files.writeString(folder.resolve("FirstCall.java"), block("FirstCall.java"));
        String[] words = command("the phone", "java -cp testkit/cli/target/callclient.jar ");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath()));
        command.addAll(List.of(words));
        Process phone = new ProcessBuilder(command)
                .directory(folder.toFile())
                // The engine's log.
                .redirectError(folder.resolve("log.txt").toFile())
                .start();
        try (BufferedReader said = phone.inputReader(StandardCharsets.UTF_8);
                Writer keyboard = phone.outputWriter(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).as(() -> "the log: " + log()).isEqualTo("Connected. Enter ends it.");
            assertThat(phone.waitFor(2, TimeUnit.SECONDS))
                    .as("it ended by itself")
                    .isFalse();
            keyboard.write("\n");
            keyboard.flush();
            assertThat(phone.waitFor(20, TimeUnit.SECONDS)).as("it ends").isTrue();
            assertThat(phone.exitValue()).isZero();
            assertThat(said.readLine()).isNull();
        } finally {
            phone.destroyForcibly();
        }
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log.txt"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Returns this test's class path for another folder. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
