// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.machine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.Precondition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two of us against each other, in all orders in which users, timers and the network can act: what the model checker
 * spin finds in a {@link CallModel}.
 */
class CallModelTest {
    private static final String HOLDS = "-DHOLDS=1 -DMOVES=0 -DREFRESHES=0 -DLOSSES=0";
    private static final String MOVES = "-DHOLDS=0 -DMOVES=1 -DREFRESHES=0 -DLOSSES=0";

    @TempDir
    Path directory;

    @Test
    void the_model_has_every_row_of_the_table_that_two_of_us_can_come_to() throws IOException {
        CallModel model = new CallModel();
        Set<String> rows = model.rows().stream()
                .map(row -> coarse(row.state(), row.input(), row.next(), String.join(", ", row.effects())))
                .collect(Collectors.toSet());
        Set<String> inputs = model.inputs().stream().map(CallModelTest::input).collect(Collectors.toSet());
        Set<String> states =
                model.states().keySet().stream().map(CallModelTest::state).collect(Collectors.toSet());

        assertThat(table().filter(row -> states.contains(state(row[0])) && inputs.contains(row[1])))
                .hasSizeGreaterThan(200)
                .allSatisfy(row -> assertThat(rows)
                        .contains(
                                row[2].equals("-")
                                        ? coarse(row[0], row[1], row[0], "")
                                        : coarse(row[0], row[1], row[2], row[3])));
    }

    private static Stream<String[]> table() throws IOException {
        try (InputStream kept = CallModelTest.class.getResourceAsStream("/call-machine.txt")) {
            return new String(kept.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> (line + " ").split(" \\| ?", -1))
                    .map(row -> Arrays.stream(row).map(String::trim).toArray(String[]::new))
                    .filter(row -> !row[0].matches("AwaitingAnswer.*|.*(replaced|ours|lost|early media|left to us)"));
        }
    }

    /** A row as the table would have it. */
    private static String coarse(String state, String input, String next, String effects) {
        String performed = effects.replaceAll(" (sendrecv|sendonly|recvonly|inactive)( moved)?|\\+sdp| later", "");
        return String.join(" | ", state(state), input(input), state(next), performed);
    }

    private static String state(String name) {
        String state = name.replace("Confirmed ", "").replaceAll(",? /.*", "");
        if (state.startsWith("Over")) {
            return state.replace(", owing NOTHING", "").replace(",", "");
        }
        Matcher known = Pattern.compile(
                        "OpeningMedia|Dialling|Idle|Incoming|Answered|Settled|Offering|Refreshing|AwaitingAck|AwaitingAnswer|GlareBackoff")
                .matcher(state);
        Matcher owing = Pattern.compile("FINAL_RESPONSE|ACK").matcher(state);
        return known.lookingAt() ? known.group() : owing.find() ? "Over owing " + owing.group() : "Over";
    }

    private static String input(String name) {
        String[] words = name.split(" ");
        return switch (words[0]) {
            case "Accepted", "InviteReceived", "ReInviteReceived" -> words.length > 1 ? words[0] + "+sdp" : name;
            case "RefreshDue" -> "RefreshDue by UPDATE";
            case "RefreshRefused" -> words[0];
            case "ContactChanged" -> "LocalAddressChanged";
            default -> name;
        };
    }

    /** Nothing is left open, nobody disagrees, and no call outlives the other end's. */
    @Tag("interop")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-DHOLDS=2 -DMOVES=0 -DREFRESHES=0 -DLOSSES=2",
                "-DHOLDS=1 -DMOVES=0 -DREFRESHES=1 -DLOSSES=2",
                "-DHOLDS=0 -DMOVES=1 -DREFRESHES=0 -DLOSSES=2",
                "-DHOLDS=0 -DMOVES=1 -DREFRESHES=1 -DLOSSES=1",
                "-DHOLDS=1 -DMOVES=1 -DREFRESHES=0 -DLOSSES=0"
            })
    void both_ends_agree_in_every_order_of_commands_and_messages(String limits) throws IOException {
        CallModel model = new CallModel();
        Promela promela = new Promela(model);

        String found = check(promela, limits + " -DPATIENT=0", "-DSAFETY -DCOLLAPSE", "");

        assertThat(found).as(() -> story(model, promela, limits)).contains("errors: 0");
    }

    /** All that happens comes to an end, and so glare. */
    @Tag("interop")
    @ParameterizedTest
    @ValueSource(
            strings = {"-DHOLDS=2 -DMOVES=0 -DREFRESHES=0 -DLOSSES=0", "-DHOLDS=0 -DMOVES=1 -DREFRESHES=1 -DLOSSES=0"})
    void nothing_goes_on_for_ever(String limits) throws IOException {
        assertThat(check(new Promela(new CallModel()), limits + " -DPATIENT=1", "-DNP -DNOFAIR -DCOLLAPSE", "-l"))
                .contains("errors: 0");
    }

    @Tag("interop")
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            end     | Over owing ACK                               | AckReceived                     | Over                                       | ""
            exit    | Confirmed AwaitingAck, / recvonly holds      | AckReceived                     | Confirmed AwaitingAck, / recvonly holds    | ""
            hold    | Confirmed Offering sendonly, hold / sendrecv | Accepted recvonly               | Confirmed Settled, hold refused / sendonly | Acknowledge
            session | Confirmed Settled, / sendrecv                | ReInviteReceived sendrecv moved | Confirmed AwaitingAck, / sendrecv          | Respond 200 sendrecv
            contact | Confirmed Settled, / sendrecv                | ContactChanged                  | Confirmed Settled, / sendrecv              | ""
            row     | Dialling                                     | HangUp                          | Over owing FINAL_RESPONSE                  | Bye
            """)
    void a_machine_that_did_otherwise_breaks_this_property_and_no_other(
            String property, String state, String input, String next, String effect) throws IOException {
        CallModel model = new CallModel();
        model.change(state, input, next, effect.isEmpty() ? new String[0] : new String[] {effect});

        String limits = Set.of("session", "contact").contains(property) ? MOVES : HOLDS;
        String found = check(new Promela(model), limits + " -DPATIENT=0", "-DSAFETY -DCOLLAPSE", "-c0");

        assertThat(violated(found)).containsExactly(property);
    }

    @Test
    @Tag("interop")
    void ends_that_both_refuse_the_other_s_offer_for_ever_are_found() throws IOException {
        CallModel model = new CallModel();
        String waiting = "Confirmed GlareBackoff, hold / sendrecv";
        model.change(waiting, "ReInviteReceived sendonly", waiting, "Respond 491");

        assertThat(check(new Promela(model), HOLDS + " -DPATIENT=1", "-DNP -DNOFAIR -DCOLLAPSE", "-l"))
                .contains("non-progress cycle");
    }

    @Test
    @Tag("interop")
    void a_counter_example_is_told_in_words_and_replayed_on_the_real_machine() throws IOException {
        CallModel model = new CallModel();
        model.change("Over owing ACK", "AckReceived", "Over");

        assertThat(story(model, new Promela(model), HOLDS))
                .contains("callee: Answer\n", "callee: HangUp\n", "callee: AckReceived")
                .endsWith(
                        "The real machine does otherwise: [callee: AckReceived: Over owing ACK | AckReceived | Over | Bye]");
    }

    private List<String> violated(String found) {
        Set<String> all = new TreeSet<>();
        Matcher numbers = Pattern.compile("(?m)^violated (\\d)").matcher(found);
        while (numbers.find()) {
            all.add(Promela.PROPERTIES.get(Integer.parseInt(numbers.group(1))));
        }
        return new ArrayList<>(all);
    }

    /** Searches all states and returns what spin prints, if it got to the end. */
    private String check(Promela promela, String limits, String compile, String search) throws IOException {
        for (String program : List.of("spin", "gcc")) {
            Precondition.require(isInstalled(program), program);
        }
        Files.writeString(directory.resolve("call.pml"), promela.text());
        Files.writeString(directory.resolve("table.h"), promela.table());
        run("spin -a " + limits + " call.pml");
        run("gcc -O1 -w -DMEMLIM=3000 " + compile + " -o pan pan.c");
        String found = run("./pan -m100000 " + search);
        assertThat(found).contains("errors: ").doesNotContain("reached -DMEMLIM", "search depth too small");
        return found;
    }

    private String story(CallModel model, Promela promela, String limits) {
        try {
            String found = check(promela, limits + " -DPATIENT=0", "-DSAFETY -DREACH", "-i");
            List<String> story = promela.story(run("./pan -r"));
            return "Not so: " + violated(found) + ", after\n" + String.join("\n", story)
                    + "\nThe real machine does otherwise: " + model.replay(story);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private String run(String command) throws IOException {
        Process process = new ProcessBuilder(command.trim().split(" +"))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
