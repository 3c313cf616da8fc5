// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Writes {@code report.json}, {@code report-junit.xml} and {@code report.html} into a directory. */
public final class ReportFiles {
    /** Of {@code report.schema.json}; another one if a program that reads the older shape would read the newer one wrongly. */
    public static final int SCHEMA_VERSION = 1;

    private ReportFiles() {}

    /** @param comparison with an earlier run; null if there is none */
    public static String json(SoakReport report, @Nullable Comparison comparison) {
        JsonObject json = new JsonObject();
        json.addProperty("schemaVersion", SCHEMA_VERSION);
        JsonElement all = ReportJson.tree(report);
        all.getAsJsonObject().entrySet().forEach(member -> json.add(member.getKey(), member.getValue()));
        if (comparison != null) {
            json.add("comparison", ReportJson.tree(comparison));
        }
        return ReportJson.write(json) + "\n";
    }

    /**
     * Makes the directory if need be, and replaces what an earlier run wrote.
     *
     * @param comparison with an earlier run; null if there is none
     */
    public static void write(SoakReport report, @Nullable Comparison comparison, Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("report.json"), json(report, comparison));
        Files.writeString(directory.resolve("report-junit.xml"), ReportJunit.of(report));
        Files.writeString(directory.resolve("report.html"), ReportPage.of(report, comparison));
    }
}
