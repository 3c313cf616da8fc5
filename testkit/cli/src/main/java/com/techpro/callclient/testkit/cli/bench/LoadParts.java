// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import com.techpro.callclient.testkit.soak.gate.ProcessProbe;
import com.techpro.callclient.testkit.soak.gate.ThreadCpu;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * CPU time of a process that makes and judges calls, by part, and of the processes that it started.
 * Each Java thread belongs to a part by its name. What no Java thread used is the JVM's own.
 */
final class LoadParts {
    private final ProcessProbe probe;
    private final ThreadCpu threads = new ThreadCpu();

    /** The parts. */
    enum Part {
        MEDIA("media loops"),
        SIGNALLING("signalling"),
        CARDS("sound cards and their clock"),
        JUDGE("judge"),
        CALLERS("callers and their loop"),
        WITNESS("witness of stalls"),
        OTHERS("other threads"),
        JVM("compiler and collector"),
        PBX("the PBX, which is another process");

        private final String title;

        Part(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }

        /** @param thread a thread's name, without its number */
        static Part of(String thread) {
            return switch (thread) {
                case "callclient-media" -> MEDIA;
                case "callclient-signalling", "callclient-io", "callclient-worker", "callclient-network" -> SIGNALLING;
                case "callclient-soak-audio" -> CARDS;
                case "callclient-judge" -> JUDGE;
                case "callclient-soak", LoadCallers.THREAD -> CALLERS;
                case "callclient-witness" -> WITNESS;
                default -> OTHERS;
            };
        }
    }

    LoadParts(ProcessProbe probe) {
        this.probe = probe;
    }

    /** Looks at the threads, lest what one used that ends is missed. */
    void look() {
        threads.look();
    }

    /** Returns the CPU time of the JVM's own threads so far. */
    Duration jvm() {
        return used().getOrDefault(Part.JVM, Duration.ZERO);
    }

    /** Returns the CPU time of each part so far. */
    Map<Part, Duration> used() {
        threads.look();
        Map<Part, Duration> used = new EnumMap<>(Part.class);
        Duration process = probe.cpu();
        Duration java = Duration.ZERO;
        for (Map.Entry<String, Duration> thread : threads.byName().entrySet()) {
            used.merge(Part.of(thread.getKey()), thread.getValue(), Duration::plus);
            java = java.plus(thread.getValue());
        }
        used.put(Part.JVM, process.minus(java));
        used.put(
                Part.PBX,
                ProcessHandle.current()
                        .descendants()
                        .flatMap(child -> child.info().totalCpuDuration().stream())
                        .reduce(Duration.ZERO, Duration::plus));
        return used;
    }
}
