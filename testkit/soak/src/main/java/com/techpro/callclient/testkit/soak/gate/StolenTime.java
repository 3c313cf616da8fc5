// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.gate;

import java.io.IOException;
import java.nio.file.Files;
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

    private final Path statistics;
    private List<Long> before;

    public StolenTime() {
        this(STATISTICS);
    }

    StolenTime(Path statistics) {
        this.statistics = statistics;
        this.before = ticks();
    }

    /** Returns the most taken from any one processor since the last sample. */
    public Duration mostStolen() {
        List<Long> now = ticks();
        long most = 0;
        for (int i = 0; i < Math.min(now.size(), before.size()); i++) {
            most = Math.max(most, now.get(i) - before.get(i));
        }
        before = now;
        return Duration.ofMillis(most * TICK_MILLIS);
    }

    private List<Long> ticks() {
        List<Long> ticks = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(statistics)) {
                String[] figures = line.split(" +", -1);
                if (figures[0].matches("cpu[0-9]+") && figures.length > STEAL) {
                    ticks.add(Long.parseLong(figures[STEAL]));
                }
            }
        } catch (IOException | NumberFormatException e) {
            ticks.clear();
        }
        return ticks;
    }
}
