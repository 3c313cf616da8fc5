// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.techpro.callclient.testkit.soak.gate.Figure;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.report.RunComparison.Change;
import com.techpro.callclient.testkit.soak.report.RunComparison.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunComparisonTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        // a delay that may be 120 ms: noise is a quarter of what it was, and a twentieth of the limit
        "AT_MOST, 120, 40, 49, SIMILAR, ×1.23",
        "AT_MOST, 120, 40, 54, WORSE, ×1.35",
        "AT_MOST, 120, 54, 38, BETTER, ×0.70",
        "AT_MOST, 120, 2, 5, SIMILAR, ×2.50",
        "AT_MOST, 120, 0, 9, WORSE, +9.00 ms",
        "AT_MOST, 120, 9, 9, SIMILAR, ''",
        // a MOS that may be 3.6
        "AT_LEAST, 3.6, 4.4, 4.3, SIMILAR, ×0.98",
        "AT_LEAST, 3.6, 4.4, 4.1, WORSE, ×0.93",
        "AT_LEAST, 3.6, 4.1, 4.4, BETTER, ×1.07",
        "AT_LEAST, 3.6, NaN, 4.4, SIMILAR, ''",
    })
    void a_figure_is_worse_or_better_only_beyond_noise(
            Figure.Bound bound, double limit, double before, double now, Change change, String by) throws IOException {
        Row row = rows(List.of(gate(bound, limit, before)), List.of(gate(bound, limit, now)))
                .get(0);
        assertThat(row.change()).isEqualTo(change);
        assertThat(row.by()).isEqualTo(by);
    }

    @Test
    void gates_turned_red_come_first_and_new_missing_or_unjudged_ones_are_named() throws IOException {
        Gate green = Gate.of("one", "first", "2 of 2", "all", true);
        Gate red = Gate.of("one", "first", "1 of 2", "all", false);
        Gate other = Gate.of("two", "second", "1", "1", true);
        Gate third = Gate.of("three", "third", "1", "1", true);
        RunComparison comparison = compare(List.of(green, other, third), List.of(third.unlessEnded(true), red));

        assertThat(comparison.rows())
                .extracting(Row::id, Row::change)
                .containsExactly(
                        tuple("three", Change.NOT_COMPARED),
                        tuple("one", Change.TURNED_RED),
                        tuple("two", Change.GONE));
        assertThat(comparison.turnedRed()).isEqualTo(1);
        assertThat(ComparisonTable.text(comparison))
                .containsSubsequence(
                        "was green, is red: 2 of 2 before, 1 of 2 now", "gone", "1 gates turned from green to red");
        String page = ReportPage.of(ReportTest.report(true, "gate"), comparison, List.of());
        assertThat(page).containsSubsequence("Compared with the run of 2026-01-01", "✗ was green, is red", "gone");
        assertThat(rows(List.of(), List.of(green))).extracting(Row::change).containsExactly(Change.NEW);
        assertThat(rows(List.of(red), List.of(green))).extracting(Row::change).containsExactly(Change.TURNED_GREEN);
        assertThat(rows(List.of(red), List.of(red))).extracting(Row::change).containsExactly(Change.STILL_RED);
    }

    @Test
    void settings_that_differ_are_told_and_the_seed_is_not() throws IOException {
        Path file = written(ReportTest.report(true, "gate"));
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("\"users\": \"4\"", "\"users\": \"50\"")
                        .replace("\"seed\": \"1\"", "\"seed\": \"2\""));
        RunComparison comparison = RunComparison.of(Baseline.read(file), ReportTest.report(true, "gate"));
        assertThat(comparison.differences()).containsExactly("users: 50 before, 4 now");
        assertThat(ReportPage.of(ReportTest.report(true, "gate"), comparison, List.of()))
                .contains("users: 50 before, 4 now");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nothing                                | is not JSON",
                "[]                                     | is not JSON with an object",
                "{}                                     | has no schemaVersion",
                "{\"schemaVersion\": 2}                 | has schemaVersion 2, and only 1 can be compared",
                "{\"schemaVersion\": {}}                | has no schemaVersion",
                "{\"schemaVersion\": 1}                 | is no report of a soak: there is no gates",
                "{\"schemaVersion\": 1, \"gates\": [1]} | is no report of a soak",
            })
    void a_file_that_is_no_such_report_is_refused_with_the_reason(String content, String reason) throws IOException {
        Path file = Files.writeString(directory.resolve("other.json"), content);
        assertThatThrownBy(() -> Baseline.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(reason);
        assertThatThrownBy(() -> Baseline.read(directory.resolve("none")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("there is no ");
    }

    private List<Row> rows(List<Gate> before, List<Gate> now) throws IOException {
        return compare(before, now).rows();
    }

    private RunComparison compare(List<Gate> before, List<Gate> now) throws IOException {
        SoakReport some = ReportTest.report(true, "gate");
        return RunComparison.of(
                Baseline.read(written(ReportTest.withGates(some, before))), ReportTest.withGates(some, now));
    }

    private Path written(SoakReport report) throws IOException {
        ReportFiles.write(report, null, directory);
        return directory.resolve("report.json");
    }

    private static Gate gate(Figure.Bound bound, double limit, double value) {
        return Gate.of("delay", "delay", value + " ms", "so much", true)
                .measuredAs(new Figure(value, limit, "ms", bound));
    }
}
