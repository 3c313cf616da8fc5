// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Counts the engine threads' voluntary context switches, which is how often they were woken. */
final class WakeUps {
    private static final Path TASKS = Path.of("/proc/self/task");
    private static final String COUNTER = "voluntary_ctxt_switches:";
    private static final String ENGINE = "callclient-";

    private WakeUps() {}

    static boolean countable() {
        return Files.isDirectory(TASKS);
    }

    static long soFar() throws IOException {
        long sum = 0;
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                sum += of(task);
            }
        }
        return sum;
    }

    private static long of(Path task) throws IOException {
        try {
            if (!Files.readString(task.resolve("comm")).startsWith(ENGINE)) {
                return 0;
            }
            for (String line : Files.readAllLines(task.resolve("status"))) {
                if (line.startsWith(COUNTER)) {
                    return Long.parseLong(line.substring(COUNTER.length()).trim());
                }
            }
            return 0;
        } catch (NoSuchFileException ended) {
            return 0;
        }
    }
}
