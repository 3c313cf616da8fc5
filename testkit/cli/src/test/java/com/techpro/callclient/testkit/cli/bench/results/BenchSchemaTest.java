// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.techpro.callclient.testkit.cli.BenchCommand;
import com.techpro.callclient.testkit.cli.bench.BenchFigure;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The file of {@code --json} has the shape that its schema says, and the schema would notice another. */
class BenchSchemaTest {
    private final JsonSchema schema = schema();

    /** The shortest real measurement: one second of speech over each network. */
    @Test
    void the_file_of_a_real_measurement_is_valid(@TempDir Path folder) throws IOException {
        Path json = folder.resolve("figures.json");
        CommandLine bench = new CommandLine(new BenchCommand()).setOut(new PrintWriter(new StringWriter()));

        bench.execute("--playout", "1", "--json", json.toString());

        assertThat(faults(Files.readString(json))).isEmpty();
        assertThat(BenchResults.read(json).figures()).hasSizeGreaterThan(10);
    }

    @Test
    void figures_with_and_without_a_value_a_target_and_rounds_are_valid() {
        assertThat(faults(BenchResultsTest.RESULTS.json())).isEmpty();
    }

    @Test
    void another_version_another_member_or_one_that_is_missing_is_noticed() {
        String json = BenchResultsTest.RESULTS.json();

        assertThat(faults(json.replace("\"schemaVersion\": 1", "\"schemaVersion\": 2")))
                .isNotEmpty();
        assertThat(faults(json.replace("\"least\"", "\"fewest\""))).isNotEmpty();
        assertThat(faults(json.replace("\"LESS\"", "\"SMALLER\""))).isNotEmpty();
        assertThat(faults(json.replace("\"value\": 1.5", "\"value\": \"1.5\""))).isNotEmpty();
        assertThat(faults(json.replace("\"processor\"", "\"host\""))).isNotEmpty();
        assertThat(faults("[]")).isNotEmpty();
    }

    /** Lest the schema forgets a member that is added. */
    @Test
    void the_schema_has_each_member_of_a_figure() {
        for (var member : BenchFigure.class.getRecordComponents()) {
            assertThat(BenchResultsTest.RESULTS.json()).contains('"' + member.getName() + "\": ");
            assertThat(faults(BenchResultsTest.RESULTS
                            .json()
                            .replaceFirst('"' + member.getName() + "\": ", "\"gone\": ")))
                    .isNotEmpty();
        }
    }

    private Set<ValidationMessage> faults(String json) {
        return schema.validate(json, InputFormat.JSON);
    }

    private static JsonSchema schema() {
        try (InputStream file = BenchResults.class.getResourceAsStream("bench.schema.json")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(Objects.requireNonNull(file, "the schema"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
