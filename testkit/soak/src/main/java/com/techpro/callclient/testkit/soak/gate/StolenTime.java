// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.gate;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures how long the host took a virtual machine's processors away while they had work. Linux
 * reports it in ticks of 10 ms; elsewhere, and without a hypervisor, it is zero. Not thread-safe.
 */
public final class StolenTime {
    private static final Path STATISTICS = Path.of("/proc/stat");
    private static final int STEAL = 8;
    private static final long TICK_MILLIS = 10;

    private final KernelFile statistics;
    private final List<Long> before = new ArrayList<>();
    private final List<Long> now = new ArrayList<>();

    public StolenTime() {
        this(STATISTICS);
    }

    StolenTime(Path statistics) {
        this.statistics = new KernelFile(statistics);
        look();
    }

    /** Returns the most taken from any one processor since the last sample. */
    public Duration mostStolen() {
        before.clear();
        before.addAll(now);
        look();
        long most = 0;
        for (int i = 0; i < Math.min(now.size(), before.size()); i++) {
            most = Math.max(most, now.get(i) - before.get(i));
        }
        return Duration.ofMillis(most * TICK_MILLIS);
    }

    private void look() {
        statistics.read();
        now.clear();
        // The first line is of all processors together; the last of the processors' comes before
        // all others.
        for (int line = statistics.lineAfter(0); isOfProcessor(line); line = statistics.lineAfter(line)) {
            now.add(Math.max(0, statistics.figure(line, STEAL)));
        }
    }

    private boolean isOfProcessor(int line) {
        return !statistics.isEnd(line) && statistics.word(line, 0).startsWith("cpu");
    }
}
