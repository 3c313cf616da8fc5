// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * CPU time of every process of a Linux machine ({@code /proc/PID/stat}, see proc_pid_stat(5)).
 *
 * <p>The scheduler measures a process' time when it stops running. The machine's total of
 * {@code /proc/stat} is something else: most kernels ask at each tick, every 4 ms, who is running.
 * Media that wakes in slots of 4 ms is in step with the tick, which then sees it always or never.
 *
 * <p>Kernel threads belong to nobody: they also do our network's work. A soft interrupt's time is
 * that of the thread that it interrupted, on loopback of the sender; a kernel that counts it apart
 * counts it for no process. So what our packets cost is not taken for others' use.
 */
final class ProcessTimes {
    private static final Path PROC = Path.of("/proc");
    /** Linux reports in this unit (USER_HZ), whatever the kernel's own tick is. */
    private static final Duration UNIT = Duration.ofMillis(10);

    private static final long FIRST_KERNEL_THREAD = 2;
    private static final long KERNEL_THREAD = 0x0020_0000;

    /** Fields after the name, which can contain spaces and parentheses; the first is the state. */
    private static final int PARENT = 1;

    private static final int FLAGS = 6;
    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int USER_OF_REAPED = 13;
    private static final int SYSTEM_OF_REAPED = 14;
    private static final int STARTED = 19;

    private final Path proc;
    private final long own;

    ProcessTimes() {
        this(PROC, ProcessHandle.current().pid());
    }

    ProcessTimes(Path proc, long own) {
        this.proc = proc;
        this.own = own;
    }

    /** A process; its number alone can be given to another later. */
    private record Id(long number, long started) {}

    /** @param reaped time of children that ended and were waited for, and of theirs */
    private record Used(long parent, boolean kernel, long itself, long reaped) {}

    /** What the processes had used at one moment. */
    static final class Look {
        private final Map<Id, Used> processes;
        private final Set<Id> ours;

        private Look(Map<Id, Used> processes, Set<Id> ours) {
            this.processes = processes;
            this.ours = ours;
        }
    }

    /**
     * Returns what each process has used so far.
     *
     * @return empty where {@code /proc} does not show all of the machine: on other systems, in a
     *     container, or if other users' processes are hidden
     */
    Optional<Look> look() {
        Map<Id, Used> processes = new HashMap<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path folder : folders) {
                read(folder, processes);
            }
        } catch (IOException | DirectoryIteratorException e) {
            return Optional.empty();
        }
        boolean all = processes.entrySet().stream()
                .anyMatch(process -> process.getKey().number() == FIRST_KERNEL_THREAD
                        && process.getValue().kernel());
        return all ? Optional.of(new Look(processes, ours(processes))) : Optional.empty();
    }

    private static void read(Path folder, Map<Id, Used> processes) {
        try {
            String line = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            processes.put(
                    new Id(Long.parseLong(folder.getFileName().toString()), Long.parseLong(fields[STARTED])),
                    new Used(
                            Long.parseLong(fields[PARENT]),
                            (Long.parseLong(fields[FLAGS]) & KERNEL_THREAD) != 0,
                            Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]),
                            Long.parseLong(fields[USER_OF_REAPED]) + Long.parseLong(fields[SYSTEM_OF_REAPED])));
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
            // It has ended since.
        }
    }

    private Set<Id> ours(Map<Id, Used> processes) {
        Map<Long, Long> parents = new HashMap<>();
        processes.forEach((id, used) -> parents.put(id.number(), used.parent()));
        Set<Id> ours = new HashSet<>();
        for (Id id : processes.keySet()) {
            long ancestor = id.number();
            // No chain is longer; processes read one after the other could even form a circle.
            for (int i = 0; ancestor != own && ancestor > 0 && i < parents.size(); i++) {
                ancestor = parents.getOrDefault(ancestor, 0L);
            }
            if (ancestor == own) {
                ours.add(id);
            }
        }
        return ours;
    }

    /**
     * Returns what processes used between two looks that are neither this one nor descend from it,
     * those included that have ended since and were waited for.
     */
    static Duration usedByOthers(Look before, Look after) {
        long itself = 0;
        long reaped = 0;
        for (Map.Entry<Id, Used> process : after.processes.entrySet()) {
            Used now = process.getValue();
            if (now.kernel() || after.ours.contains(process.getKey()) || before.ours.contains(process.getKey())) {
                continue;
            }
            Used then = before.processes.getOrDefault(process.getKey(), new Used(0, false, 0, 0));
            itself += Math.max(0, now.itself() - then.itself());
            reaped += Math.max(0, now.reaped() - then.reaped());
        }
        // Whoever waits for a process is given all its time, also that from before the first look.
        for (Map.Entry<Id, Used> process : before.processes.entrySet()) {
            Used then = process.getValue();
            if (!then.kernel()
                    && !before.ours.contains(process.getKey())
                    && !after.processes.containsKey(process.getKey())) {
                reaped -= then.itself() + then.reaped();
            }
        }
        return UNIT.multipliedBy(itself + Math.max(0, reaped));
    }
}
