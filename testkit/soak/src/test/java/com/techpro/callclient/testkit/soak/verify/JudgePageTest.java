// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.soak.speech.SpeechClip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code docs/judge.md} says of what the judge catches is what it catches: each row just below its level and just above it. */
class JudgePageTest {
    private static final int CALLS = 6;

    record Row(String degradation, double passes, double caught, List<String> as) {}

    static List<Row> rows() throws IOException {
        return Files.readAllLines(page()).stream()
                .filter(line -> line.matches("\\| [^|]+ \\| [0-9.]+ \\| [0-9.]+ \\| [^|]+ \\|"))
                .map(line -> line.split("\\|", -1))
                .map(cells -> new Row(
                        cells[1].trim(),
                        Double.parseDouble(cells[2].trim()),
                        Double.parseDouble(cells[3].trim()),
                        Arrays.asList(cells[4].trim().split(", ", -1))))
                .toList();
    }

    private static Path page() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("docs/judge.md"))) {
            here = here.getParent();
        }
        return here.resolve("docs/judge.md");
    }

    @Test
    void every_degradation_has_its_row() throws IOException {
        assertThat(rows())
                .extracting(Row::degradation)
                .containsExactlyElementsOf(
                        Stream.of(Degradation.values()).map(kind -> kind.title).toList());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_row_holds_just_below_its_level_and_just_above_it(Row row) throws IOException {
        assertThat(outcomes(row, row.passes))
                .as("%s, %s", row.degradation, row.passes)
                .containsOnly("verified");
        assertThat(outcomes(row, row.caught))
                .as("%s, %s", row.degradation, row.caught)
                .isSubsetOf(row.as);
    }

    private static List<String> outcomes(Row row, double level) throws IOException {
        Degradation degradation = Stream.of(Degradation.values())
                .filter(kind -> kind.title.equals(row.degradation))
                .findFirst()
                .orElseThrow();
        return Degradation.Call.some(SpeechClip.builtIn(), CALLS).stream()
                .map(call -> {
                    degradation.applyTo(call, level);
                    return call.judged().outcome().code();
                })
                .toList();
    }
}
