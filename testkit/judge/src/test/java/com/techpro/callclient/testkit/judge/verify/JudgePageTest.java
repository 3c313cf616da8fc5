// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code docs/judge.md} says of what the judge catches is what it catches: each row just below its level and just above it. */
@Tag("day-1")
@Tag("slow")
class JudgePageTest {
    private static final int CALLS = 6;
    /** No frame of the judge's begins where a packet does. */
    private static final int FIRST_PACKET = 37;

    private static final String RESUME = "first packets after a hold never decoded, ms";
    private static final int PACKET_MILLIS = 20;

    record Row(String degradation, double passes, double caught, List<String> as) {}

    static List<Row> rows() throws IOException {
        return allRows().subList(0, CallDegradation.values().length);
    }

    /** Of G.722 and Opus: those of the first table, except where the second has other levels. */
    static List<Row> widebandRows() throws IOException {
        Map<String, Row> others = otherRows().stream().collect(Collectors.toMap(Row::degradation, Function.identity()));
        return rows().stream()
                .map(row -> others.getOrDefault(row.degradation, row))
                .toList();
    }

    private static List<Row> otherRows() throws IOException {
        List<Row> all = allRows();
        return all.subList(CallDegradation.values().length, all.size() - 1);
    }

    /** Of Opus alone. */
    private static Row resumeRow() throws IOException {
        List<Row> all = allRows();
        return all.get(all.size() - 1);
    }

    private static List<Row> allRows() throws IOException {
        return Files.readAllLines(page()).stream()
                .filter(line -> line.matches("\\| [^|]+ \\| [0-9.]+ \\| [0-9.]+ \\| [a-z][^|]+ \\|"))
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
        List<String> titles =
                Stream.of(CallDegradation.values()).map(kind -> kind.title).toList();
        assertThat(rows()).extracting(Row::degradation).containsExactlyElementsOf(titles);
        assertThat(titles)
                .containsAll(otherRows().stream().map(Row::degradation).toList());
        assertThat(otherRows()).doesNotContainAnyElementsOf(rows());
        assertThat(resumeRow().degradation).isEqualTo(RESUME);
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

    @ParameterizedTest
    @MethodSource("widebandRows")
    void a_row_of_wideband_codecs_holds_for_each_of_them(Row row) throws IOException {
        for (CodedSpeech codec : CodedSpeech.values()) {
            assertThat(outcomes(row, row.passes, coded(codec)))
                    .as("%s, %s, %s", codec, row.degradation, row.passes)
                    .containsOnly("verified");
            assertThat(outcomes(row, row.caught, coded(codec)))
                    .as("%s, %s, %s", codec, row.degradation, row.caught)
                    .isSubsetOf(row.as);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OPUS_24", "OPUS_32"})
    void the_row_of_a_resume_in_Opus_holds(CodedSpeech codec) throws IOException {
        Row row = resumeRow();
        assertThat(resumed(codec, row.passes)).as("%s, %s", codec, row.passes).containsOnly("verified");
        assertThat(resumed(codec, row.caught)).as("%s, %s", codec, row.caught).isSubsetOf(row.as);
    }

    private static List<String> resumed(CodedSpeech codec, double millis) throws IOException {
        return coded(codec).stream()
                .map(call -> {
                    call.resume(codec, (int) millis / PACKET_MILLIS);
                    return call.judged().outcome().code();
                })
                .toList();
    }

    private static List<CallDegradation.Call> coded(CodedSpeech codec) throws IOException {
        return CallDegradation.Call.some(SpeechClip.builtIn(), CALLS, codec, FIRST_PACKET);
    }

    private static List<String> outcomes(Row row, double level) throws IOException {
        return outcomes(row, level, CallDegradation.Call.some(SpeechClip.builtIn(), CALLS));
    }

    private static List<String> outcomes(Row row, double level, List<CallDegradation.Call> calls) {
        CallDegradation degradation = Stream.of(CallDegradation.values())
                .filter(kind -> kind.title.equals(row.degradation))
                .findFirst()
                .orElseThrow();
        return calls.stream()
                .map(call -> {
                    degradation.applyTo(call, level);
                    return call.judged().outcome().code();
                })
                .toList();
    }
}
