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
 * Measures how long threads of this process were runnable but waited for a processor. Other
 * programs and a lack of processors cause it, not the program itself. Linux reports it per thread;
 * elsewhere it is zero. Not thread-safe.
 */
public final class RunQueue {
    private static final Path TASKS = Path.of("/proc/self/task");
    /** Searches for new threads after this many samples. */
    private static final int LOOKS_BETWEEN_SCANS = 25;

    private final Path tasks;
    private final Predicate<String> names;
    /**
     * The waiting time at the last sample, by the path of a counted thread; -1 for one that does
     * not count.
     */
    private final Map<Path, Long> waited = new HashMap<>();

    private int looks;

    /** @param names selects the counted threads; Linux keeps the first 15 characters of a name */
    public RunQueue(Predicate<String> names) {
        this(TASKS, names);
    }

    RunQueue(Path tasks, Predicate<String> names) {
        this.tasks = tasks;
        this.names = names;
    }

    /** Returns the longest time that one thread waited since the last sample. */
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

    /**
     * Returns a thread's total waiting time: the second figure of three. 0 if it has ended, or
     * unknown.
     */
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
