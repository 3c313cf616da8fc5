// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code report.json} has the shape that its schema says, and the schema would notice another. */
class ReportSchemaTest {
    private final JsonSchema schema = schema();

    @Test
    void the_written_report_is_valid(@TempDir Path directory) throws IOException {
        ReportFiles.write(ReportTest.report(false, "gate"), null, directory);
        assertThat(faults(Files.readString(directory.resolve("report.json")))).isEmpty();
    }

    @Test
    void so_is_one_with_a_comparison(@TempDir Path directory) throws IOException {
        SoakReport report = ReportTest.report(true, "gate");
        ReportFiles.write(report, null, directory);
        RunComparison comparison = RunComparison.of(Baseline.read(directory.resolve("report.json")), report);
        String json = ReportFiles.json(report, comparison);
        assertThat(json).contains("\"baselineStartedAt\"");
        assertThat(faults(json)).isEmpty();
    }

    @Test
    void another_version_another_member_or_one_that_is_missing_is_noticed() {
        String json = ReportFiles.json(ReportTest.report(false, "gate"), null);
        assertThat(faults(json.replace("\"schemaVersion\": 1", "\"schemaVersion\": 2")))
                .isNotEmpty();
        assertThat(faults(json.replace("\"green\"", "\"verdant\""))).isNotEmpty();
        assertThat(faults(json.replace("\"id\": \"gate\"", "\"id\": \"A gate\"")))
                .isNotEmpty();
        assertThat(faults(json.replace("\"worstMos\": null", "\"worstMos\": \"NaN\"")))
                .isNotEmpty();
    }

    private Set<ValidationMessage> faults(String json) {
        return schema.validate(json, InputFormat.JSON);
    }

    private static JsonSchema schema() {
        try (InputStream file = ReportFiles.class.getResourceAsStream("report.schema.json")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(Objects.requireNonNull(file, "the schema"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
