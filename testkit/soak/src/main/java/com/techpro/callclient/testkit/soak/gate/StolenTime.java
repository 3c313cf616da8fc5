// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.gate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a virtual machine's processors were taken away by its host while they had work to do, as Linux tells it in ticks of 10 ms; elsewhere,
 * and on a machine of its own, never. Not thread-safe.
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

    /** The most that any of the processors was taken away since the last look. */
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
