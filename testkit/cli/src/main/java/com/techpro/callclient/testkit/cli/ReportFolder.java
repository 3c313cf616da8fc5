// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a report. It is created before a run, to see that it can be; folders that stayed
 * empty are deleted on closing.
 */
final class ReportFolder implements AutoCloseable {
    private final @Nullable Path folder;
    /** The created folders, innermost first. */
    private final Deque<Path> made = new ArrayDeque<>();

    /** @param folder null if no report is wanted */
    ReportFolder(@Nullable Path folder) {
        this.folder = folder;
    }

    /** @throws BadArgument if no report can be written there */
    void make() {
        Path wanted = folder;
        if (wanted == null) {
            return;
        }
        if (Files.isRegularFile(wanted)) {
            throw new BadArgument("--report must be a directory, not a file.");
        }
        Deque<Path> missing = new ArrayDeque<>();
        for (Path one = wanted.toAbsolutePath(); one != null && Files.notExists(one); one = one.getParent()) {
            missing.push(one);
        }
        try {
            for (Path one : missing) {
                Files.createDirectory(one);
                made.push(one);
            }
            Files.createDirectories(wanted);
        } catch (IOException e) {
            throw new BadArgument("The --report directory cannot be created: " + BadArgument.reason(e) + ".");
        }
        if (!Files.isWritable(wanted)) {
            throw new BadArgument("The --report directory cannot be written to.");
        }
    }

    /** Closing twice does nothing. */
    @Override
    public void close() {
        try {
            for (Path one : made) {
                Files.deleteIfExists(one);
            }
        } catch (IOException e) {
            // It contains the report.
        }
        made.clear();
    }
}
