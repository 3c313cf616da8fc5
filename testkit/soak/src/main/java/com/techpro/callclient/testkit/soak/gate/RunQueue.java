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
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Measures how long threads of this process were runnable but waited for a processor. Other
 * programs and a lack of processors cause it, not the program itself. Linux reports it per thread;
 * elsewhere it is zero. Not thread-safe.
 */
public final class RunQueue {
    private static final Path TASKS = Path.of("/proc/self/task");
    /** In a thread's folder: how long it ran, how long it waited, and how often it ran. */
    private static final String WAITED = "schedstat";

    /** Searches for new threads after this many samples. */
    private static final int LOOKS_BETWEEN_SCANS = 25;

    private final Path tasks;
    private final Predicate<String> names;
    /** The threads seen, by path; empty for one that does not count. */
    private final Map<Path, Optional<Counted>> seen = new HashMap<>();

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
        for (Optional<Counted> thread : seen.values()) {
            longest = Math.max(longest, thread.isPresent() ? thread.get().waitedAnew() : 0);
        }
        return Duration.ofNanos(longest);
    }

    /** A counted thread, and its waiting time at the last sample. */
    private static final class Counted {
        private final KernelFile file;
        private long before;

        Counted(Path thread) {
            this.file = new KernelFile(thread.resolve(WAITED));
            this.before = waited(file);
        }

        long waitedAnew() {
            long now = waited(file);
            long anew = Math.max(0, now - before);
            before += anew;
            return anew;
        }
    }

    private void scan() {
        Set<Path> living = new HashSet<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            for (Path thread : threads) {
                living.add(thread);
                if (!seen.containsKey(thread)) {
                    boolean counts = names.test(name(thread));
                    seen.put(thread, counts ? Optional.of(new Counted(thread)) : Optional.empty());
                }
            }
        } catch (IOException e) {
            living.clear();
        }
        seen.keySet().retainAll(living);
    }

    /**
     * Returns a thread's total waiting time: the second figure of three. 0 if it has ended, or
     * unknown.
     */
    static long waited(Path thread) {
        return waited(new KernelFile(thread.resolve(WAITED)));
    }

    private static long waited(KernelFile thread) {
        thread.read();
        return Math.max(0, thread.figure(0, 1));
    }

    private static String name(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).trim();
        } catch (IOException e) {
            return "";
        }
    }
}
