// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code report.json}, {@code report-junit.xml} and {@code report.html} into a directory.
 */
public final class ReportFiles {
    /** The folders in which a run keeps recordings: of calls, one folder each, and of messages. */
    private static final List<String> RECORDINGS = List.of("calls", "messages");

    private ReportFiles() {}

    /** @param comparison with an earlier run; null if there is none */
    public static String json(SoakReport report, @Nullable RunComparison comparison) {
        JsonObject json = new JsonObject();
        json.addProperty("schemaVersion", ReportJson.SCHEMA_VERSION);
        json.addProperty("verdict", report.verdict().name());
        JsonElement all = ReportJson.tree(report);
        all.getAsJsonObject().entrySet().forEach(member -> json.add(member.getKey(), member.getValue()));
        if (comparison != null) {
            json.add("comparison", ReportJson.tree(comparison));
        }
        return ReportJson.write(json) + "\n";
    }

    /**
     * Creates the directory if needed, and replaces the files of an earlier run.
     *
     * @param comparison with an earlier run; null if there is none
     */
    public static void write(SoakReport report, @Nullable RunComparison comparison, Path directory) throws IOException {
        write(report, comparison, directory, false);
    }

    /**
     * As above.
     *
     * @param openIsError whether JUnit XML has an error for a run that was not judged; without it,
     *     such a run only has skipped cases
     */
    public static void write(SoakReport report, @Nullable RunComparison comparison, Path directory, boolean openIsError)
            throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("report.json"), json(report, comparison));
        Files.writeString(directory.resolve("report-junit.xml"), ReportJunit.of(report, openIsError));
        List<String> recordings = recordings(directory, Instant.parse(report.startedAt()));
        Files.writeString(directory.resolve("report.html"), ReportPage.of(report, comparison, recordings));
    }

    /** An earlier run into the same directory may have left some too. */
    private static List<String> recordings(Path directory, Instant since) throws IOException {
        List<String> found = new ArrayList<>();
        for (String folder : RECORDINGS) {
            if (!Files.isDirectory(directory.resolve(folder))) {
                continue;
            }
            try (Stream<Path> files = Files.walk(directory.resolve(folder), 2)) {
                for (Path file : files.filter(one -> one.toString().endsWith(".wav"))
                        .sorted()
                        .toList()) {
                    if (!Files.getLastModifiedTime(file).toInstant().isBefore(since)) {
                        found.add(directory.relativize(file).toString().replace(File.separatorChar, '/'));
                    }
                }
            }
        }
        return found;
    }
}
