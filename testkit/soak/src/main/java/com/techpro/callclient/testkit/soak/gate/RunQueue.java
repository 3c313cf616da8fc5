// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.gate;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How long the system kept threads of this process waiting that were ready to run: what other programs, and too few processors, do to a program, and nothing
 * that it could help. Linux tells it for each thread; elsewhere nobody ever waits. Not thread-safe.
 */
public final class RunQueue {
    private static final Path TASKS = Path.of("/proc/self/task");
    /** Threads that have begun are found after so many looks. */
    private static final int LOOKS_BETWEEN_SCANS = 25;

    private final Path tasks;
    private final Predicate<String> names;
    /** The time waited at the last look, by the path of a thread that counts; -1 for one that does not. */
    private final Map<Path, Long> waited = new HashMap<>();

    private int looks;

    /** @param names which threads count; of a name, Linux knows the first 15 characters */
    public RunQueue(Predicate<String> names) {
        this(TASKS, names);
    }

    RunQueue(Path tasks, Predicate<String> names) {
        this.tasks = tasks;
        this.names = names;
    }

    /** The most that any of the threads has waited since the last look. */
    public Duration longestWait() {
        if (looks++ % LOOKS_BETWEEN_SCANS == 0) {
            scan();
        }
        long longest = 0;
        for (Map.Entry<Path, Long> thread : waited.entrySet()) {
            if (thread.getValue() >= 0) {
                long now = waited(thread.getKey());
                longest = Math.max(longest, now - thread.getValue());
                thread.setValue(Math.max(now, thread.getValue()));
            }
        }
        return Duration.ofNanos(longest);
    }

    private void scan() {
        Set<Path> seen = new HashSet<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            for (Path thread : threads) {
                seen.add(thread);
                if (!waited.containsKey(thread)) {
                    waited.put(thread, names.test(read(thread.resolve("comm"))) ? waited(thread) : -1);
                }
            }
        } catch (IOException e) {
            seen.clear();
        }
        waited.keySet().retainAll(seen);
    }

    /** All the time a thread has waited: the second figure of three. 0 if it has ended, or the system does not tell. */
    static long waited(Path thread) {
        String[] figures = read(thread.resolve("schedstat")).split(" ", -1);
        try {
            return figures.length < 2 ? 0 : Long.parseLong(figures[1]);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).trim();
        } catch (IOException e) {
            return "";
        }
    }
}
