// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.testkit.cli.bench.BenchFigure;
import com.techpro.callclient.testkit.cli.bench.BenchFigure.Better;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchResultsTest {
    static final BenchResults RESULTS = BenchResults.of(
            Map.of("measured", "media", "calls", "200"),
            List.of(
                    new BenchFigure("CPU", 1.5, "ms", 2, "counted", Better.LESS, 1, 2.25),
                    new BenchFigure("rate", Double.POSITIVE_INFINITY, "", Double.NaN, "").better(Better.MORE),
                    new BenchFigure("in use by others", 0.4, "%", Double.NaN, "").better(Better.NEITHER)));

    @TempDir
    private Path folder;

    @Test
    void written_results_are_read_again() throws IOException {
        BenchResults read = BenchResults.read(file(RESULTS.json()));

        assertThat(read.settings()).isEqualTo(RESULTS.settings());
        assertThat(read.machine()).isEqualTo(RESULTS.machine()).containsKeys("processor", "processors");
        assertThat(read.figures().get(0)).isEqualTo(RESULTS.figures().get(0));
        assertThat(read.figures().get(1).value()).isNaN();
        assertThat(read.figures().get(1).target()).isNaN();
        assertThat(read.figures()).extracting(BenchFigure::better).containsExactly(Better.values());
    }

    @Test
    void a_figure_without_a_target_has_none_in_JSON_either_which_knows_no_NaN() {
        assertThat(RESULTS.json())
                .doesNotContain("NaN", "Infinity")
                .contains("\"target\": null", "\"value\": null", "\"least\": null");
    }

    @Test
    void a_target_is_met_by_a_value_up_to_it_and_never_by_none() {
        assertThat(new BenchFigure("CPU", 2, "ms", 2, "").met()).isTrue();
        assertThat(new BenchFigure("CPU", 2.1, "ms", 2, "").met()).isFalse();
        assertThat(new BenchFigure("CPU", Double.NaN, "ms", 2, "").met()).isFalse();
        assertThat(new BenchFigure("CPU", Double.NaN, "ms", Double.NaN, "").met())
                .as("without a target")
                .isTrue();
    }

    @Test
    void a_file_that_is_no_such_JSON_is_refused_with_the_reason() throws IOException {
        assertThatThrownBy(() -> BenchResults.read(folder.resolve("none")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("there is no ");
        refused("{what", "is not JSON");
        refused("", "has no schemaVersion");
        refused("[{\"name\": \"CPU\"}]", "has no schemaVersion");
        refused("{\"schemaVersion\": {}}", "has no schemaVersion");
        refused("{\"schemaVersion\": 2}", "has schemaVersion 2, and only 1 can be compared");
        refused("{\"schemaVersion\": 1}", "has no figures of bench: there is no figures");
        refused("{\"schemaVersion\": 1, \"figures\": [7]}", "has no figures of bench: ");
        refused(RESULTS.json().replace("\"LESS\"", "\"SMALLER\""), "has no figures of bench: ");
        refused(RESULTS.json().replace("1.5", "\"little\""), "has no figures of bench: ");
        refused(RESULTS.json().replace("\"unit\"", "\"units\""), "has no figures of bench: there is no unit");
    }

    @Test
    void a_file_that_is_no_text_is_refused() throws IOException {
        Path file = Files.write(folder.resolve("image"), new byte[] {(byte) 0xff, (byte) 0xd8, 0});
        assertThatThrownBy(() -> BenchResults.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not JSON");
    }

    @Test
    void a_machine_is_its_processors() throws IOException {
        Path cpuinfo = Files.writeString(
                folder.resolve("cpuinfo"),
                "processor\t: 0\nmodel name\t: Some CPU @ 2: GHz\n\nprocessor\t: 1\nmodel name\t: Other\n",
                StandardCharsets.ISO_8859_1);

        assertThat(MachineDescription.of(cpuinfo, 2))
                .containsEntry("processor", "Some CPU @ 2: GHz")
                .containsEntry("processors", "2");
        assertThat(MachineDescription.of(folder.resolve("none"), 2))
                .containsEntry("processor", System.getProperty("os.arch"));
    }

    private void refused(String json, String reason) throws IOException {
        Path file = file(json);
        assertThatThrownBy(() -> BenchResults.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(reason);
    }

    private Path file(String json) throws IOException {
        return Files.writeString(folder.resolve("figures.json"), json);
    }
}
