// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes {@code report.json} and {@code report.html} into a directory. */
public final class ReportFiles {
    private ReportFiles() {}

    public static String json(SoakReport report) {
        return ReportJson.write(report) + "\n";
    }

    /** Makes the directory if need be, and replaces what an earlier run wrote. */
    public static void write(SoakReport report, Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("report.json"), json(report));
        Files.writeString(directory.resolve("report.html"), ReportPage.of(report));
    }
}
