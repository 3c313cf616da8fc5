// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.testkit.cli.bench.Bench;
import com.techpro.callclient.testkit.cli.bench.BenchFigure;
import com.techpro.callclient.testkit.cli.bench.LoadCost;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

@Tag("slow")
class BenchCommandTest {
    @Test
    void arguments_say_how_much_is_measured() {
        assertThat(parsed().settings())
                .isEqualTo(new Bench.Settings(200, 1000, 10, Duration.ofMinutes(1), false, false));
        assertThat(parsed("--calls", "20", "--accounts", "50", "--duration", "3s", "--idle", "2m")
                        .settings())
                .isEqualTo(new Bench.Settings(20, 50, 3, Duration.ofMinutes(2), false, false));
        assertThat(parsed("--media", "--busy-anyway").settings())
                .isEqualTo(new Bench.Settings(200, 1000, 10, Duration.ofMinutes(1), true, true));
    }

    @ParameterizedTest
    @CsvSource({
        "--calls, 0",
        "--calls, 5001",
        "--accounts, 1",
        "--duration, 0s",
        "--idle, 10ms",
        "--set-up, 0",
        "--sound, 0",
        "--playout, 0",
        "--scale, no-such-folder/page.html",
        "--scale, ."
    })
    void options_that_cannot_be_measured_are_refused(String option, String value) {
        assertThatThrownBy(() -> parsed(option, value).settings()).isInstanceOf(ParameterException.class);
    }

    @Test
    void load_is_measured_with_each_codec_unless_some_are_named() {
        assertThat(parsed("--load", "--calls", "900").loadSettings())
                .isEqualTo(new LoadCost.Settings(500, Duration.ofSeconds(10), List.of(LoadCost.Codec.values()), false));
        assertThat(parsed("--load", "--codec", "G711,OPUS", "--duration", "3s").loadSettings())
                .isEqualTo(new LoadCost.Settings(
                        200, Duration.ofSeconds(3), List.of(LoadCost.Codec.G711, LoadCost.Codec.OPUS), false));
    }

    @Test
    void a_missed_target_shows_in_the_line_and_in_the_outcome() {
        BenchFigure met = new BenchFigure("heap", 7.9, "kB", 8, "counted");
        BenchFigure missed = new BenchFigure("heap", 8.1, "kB", 8, "counted");
        BenchFigure free = new BenchFigure("heap", 80, "kB", Double.NaN, "counted");

        assertThat(BenchCommand.line(met)).contains("7.90 kB", "met (at most 8)");
        assertThat(BenchCommand.line(missed)).contains("MISSED (at most 8)");
        assertThat(BenchCommand.line(new BenchFigure("rate", 1.27, "x", 1.25, "counted")))
                .contains("MISSED (at most 1.25)");
        assertThat(Bench.met(List.of(met, free))).isTrue();
        assertThat(Bench.met(List.of(met, missed))).isFalse();
    }

    @Test
    void the_results_name_the_measurement() {
        assertThat(parsed("--media", "--calls", "20").measured())
                .containsEntry("measured", "media")
                .containsEntry("calls", "20")
                .containsEntry("seconds", "10");
        assertThat(parsed("--load", "--codec", "G711").measured()).containsEntry("measured", "load with [G711]");
        assertThat(parsed("--sound", "3", "--seed", "9", "--playout", "20").measured())
                .containsEntry("measured", "sound of 3 scenes of a kind, seed 9, playout of 20 s");
        // Each run has new scenes.
        assertThat(parsed("--sound", "3").measured().get("measured"))
                .startsWith("sound of 3 scenes of a kind, seed ")
                .isNotEqualTo(parsed("--sound", "3").measured().get("measured"));
    }

    @Test
    void a_baseline_that_cannot_be_compared_is_an_error_before_anything_is_measured(@TempDir Path folder)
            throws IOException {
        Path none = folder.resolve("none.json");
        assertThat(error("--baseline", none.toString())).contains("The --baseline file cannot be used: there is no ");

        Path array = Files.writeString(folder.resolve("array.json"), "[]");
        assertThat(error("--baseline", array.toString())).contains("has no schemaVersion");
    }

    @Test
    void only_a_figure_that_got_worse_fails_a_comparison(@TempDir Path folder) throws IOException {
        Path json = folder.resolve("figures.json");
        StringWriter said = new StringWriter();
        CommandLine line = new CommandLine(new BenchCommand()).setOut(new PrintWriter(said));
        line.execute("--playout", "1", "--json", json.toString());

        assertThat(line.execute("--playout", "1", "--baseline", json.toString()))
                .isZero();
        assertThat(said.toString()).contains("Compared with the baseline, 0 worse, 0 better, ");

        Path better = Files.writeString(
                folder.resolve("better.json"),
                Files.readString(json).replaceFirst("\"value\": [^,]+,", "\"value\": 99,"));
        assertThat(line.execute("--playout", "1", "--baseline", better.toString()))
                .isEqualTo(1);
        assertThat(said.toString()).contains("\nworse: ", ": 99.00 MOS before, ", "baseline, 1 worse, 0 better, ");
    }

    private static String error(String... arguments) {
        StringWriter said = new StringWriter();
        CommandLine line = new CommandLine(new BenchCommand()).setErr(new PrintWriter(said));
        assertThat(line.execute(arguments)).isEqualTo(2);
        return said.toString();
    }

    private static BenchCommand parsed(String... arguments) {
        BenchCommand command = new BenchCommand();
        new CommandLine(command).parseArgs(arguments);
        return command;
    }
}
