// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What all commands have in common: how they are found, and how they report errors. */
class CommandLineTest {
    private static final List<String> COMMANDS =
            List.of("soak", "phone", "pbx", "bench", "judge", "privacy-check", "swarm", "kit", "help");

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complained = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stopListening() {
        System.setOut(out);
        System.setErr(err);
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private String complained() {
        return complained.toString(StandardCharsets.UTF_8);
    }

    private static int callclient(String arguments) {
        return Main.run(arguments.isEmpty() ? new String[0] : arguments.split(" +", -1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "--help"})
    void help_lists_every_command_with_a_whole_sentence(String asked) {
        assertThat(callclient(asked)).isZero();
        assertListed(printed());
    }

    @Test
    void no_arguments_list_the_commands_as_well_and_are_an_error() {
        assertThat(callclient("")).isEqualTo(2);
        assertListed(complained());
        assertThat(printed()).isEmpty();
    }

    private static void assertListed(String text) {
        String list = text.substring(text.indexOf("Commands:"));
        for (String command : COMMANDS) {
            String rest = list.substring(list.indexOf("\n  " + command) + 3 + command.length());
            // Up to the next command or the end of the list: a long entry continues on the next
            // line with a deeper indent.
            String entry = rest.split("\\R {2}\\S|\\R\\R", 2)[0].strip();
            assertThat(entry).as(command).matches("(?s)\\S.*[.]");
        }
    }

    @Test
    void help_explains_the_exit_codes_and_so_does_the_help_of_each_command() {
        assertThat(callclient("--help")).isZero();
        assertThat(printed()).containsPattern("(?s)Exit codes, of every command:\\R  0 .*\\R  1 .*\\R  2 .*\\R  3 ");
        for (String command : COMMANDS.subList(0, COMMANDS.size() - 1)) {
            printed.reset();
            assertThat(callclient(command + " --help")).isZero();
            assertThat(printed().replaceAll("\\s+", " ")).as(command).contains("Exit code 0: ", "; 2: ");
        }
    }

    @Test
    void a_defect_is_no_verdict() {
        CommandLine line = Main.withCommands();
        line.addSubcommand(
                "defect",
                new CommandLine(new Defect())
                        .setExecutionExceptionHandler(line.getExecutionExceptionHandler())
                        .setExitCodeExceptionMapper(line.getExitCodeExceptionMapper()));
        assertThat(line.execute("defect")).isEqualTo(2);
        assertThat(complained()).contains("IllegalStateException: of the program");
    }

    /** Fails with a defect. */
    @Command(name = "defect")
    private static final class Defect implements Callable<Integer> {
        @Override
        public Integer call() {
            throw new IllegalStateException("of the program");
        }
    }

    @Test
    void help_of_a_command_is_its_own() {
        assertThat(callclient("help bench")).isZero();
        assertThat(printed()).contains("--set-up=N");
    }

    @Test
    void the_gates_of_a_soak_are_listed_with_their_limits_and_options() {
        assertThat(callclient("soak --gates")).isZero();
        assertThat(printed().lines())
                .containsSequence(
                        "packets-lost  (--max-loss)",
                        "    packets lost",
                        "    embedded PBX: at most 0.10 %; another: at most 1.00 %")
                .containsSequence(
                        "one-way-delay-median  (--max-delay)",
                        "    one-way delay, median",
                        "    embedded PBX: at most 120 ms; another: -")
                .containsSequence(
                        "speech-level  (--min-level)",
                        "    level of speech against what was said, quietest direction",
                        "    embedded PBX: -; another: -")
                .contains("speech-heard", "phone-system-failures", "heap-after-the-calls", "threads-at-the-end");
        assertThat(callclient("soak --help")).isZero();
        assertThat(printed())
                .contains(
                        "--max-loss=PERCENT",
                        "--min-mos=MOS",
                        "--max-delay=TIME",
                        "--max-setup=TIME",
                        "--min-level=DB",
                        "--band=HERTZ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "soak --users 1            | callclient soak: --users must be 2 to 2000. See callclient soak --help.",
                "bench --calls 0           | callclient bench: --calls must be 2 to 5000, --accounts 20 to 5000. See callclient bench --help.",
                "pbx --tls 70000           | callclient pbx: A port must be 0 to 65535. See callclient pbx --help.",
                "phone                     | callclient phone: Say who logs in: --login with an e-mail address, or --account. See callclient phone --help.",
                "phone --login anna        | callclient phone: --login must be an e-mail address, such as anna@example.org. See callclient phone --help.",
                "judge said.wav | callclient judge: Missing required parameter: 'HEARD.WAV'. See callclient judge --help.",
                "privacy-check --faster    | callclient privacy-check: Unknown option: '--faster'. See callclient privacy-check --help.",
                "soka                      | callclient: Unmatched argument at index 0: 'soka'. Did you mean soak?",
                "help nothing              | callclient: Unknown subcommand 'nothing'. See callclient --help.",
                "soak --pbx sips:a:b@x     | callclient soak: That looks like a password among the arguments,"
            })
    void an_error_is_one_line_that_names_the_command_and_the_remedy(String arguments, String line) {
        assertThat(callclient(arguments)).isEqualTo(2);
        assertThat(complained()).startsWith(line).endsWith("\n");
        assertThat(complained().lines()).hasSize(1);
        assertThat(printed()).isEmpty();
    }

    @Test
    void file_errors_are_reported_in_the_common_form(@TempDir Path directory) throws Exception {
        Path users = Files.writeString(directory.resolve("users"), "1001 a\n1002 b\n1001 c\n");

        assertThat(callclient("soak --pbx sips:192.0.2.1 --users-file " + users))
                .isEqualTo(2);
        assertThat(complained())
                .isEqualTo("callclient soak: The users cannot be read: line 3 has the extension of one before it; give"
                        + " each user its own. See callclient soak --help." + System.lineSeparator());
    }
}
