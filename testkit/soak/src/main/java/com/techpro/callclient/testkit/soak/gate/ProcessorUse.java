// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.gate;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Samples the use of the machine's processors by this process, its collector, and others. Not
 * thread-safe.
 */
final class ProcessorUse {
    private static final Path STATISTICS = Path.of("/proc/stat");
    /**
     * Figures of the first line after its name: user, nice, system, idle, iowait, irq, softirq;
     * user includes guests.
     */
    private static final int COUNTED = 7;

    private static final int IDLE = 3;
    private static final int WAITING_FOR_DISK = 4;
    private static final long TICK_NANOS = 10_000_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
    private Map<Long, Long> before = new HashMap<>();
    private long javaNanos;

    /**
     * One moment.
     *
     * @param java used by this process's Java threads, exactly
     * @param process used by this process with its collector and compiler, in ticks of 10 ms
     * @param collecting spent in collections
     * @param busy used by everybody, in ticks; 0 if unknown
     * @param counted busy or idle, in ticks: the time of all processors that were present; 0 if
     *     unknown
     */
    record Sample(long nanos, Duration java, Duration process, Duration collecting, Duration busy, Duration counted) {}

    /** Takes a sample. */
    Sample sample(long nanos) {
        long[] ticks = ticks();
        long counted = 0;
        for (long tick : ticks) {
            counted += tick;
        }
        long busy = ticks.length == 0 ? 0 : counted - ticks[IDLE] - ticks[WAITING_FOR_DISK];
        return new Sample(
                nanos,
                java(),
                Duration.ofNanos(system.getProcessCpuTime()),
                Duration.ofMillis(collectors.stream()
                        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                        .sum()),
                Duration.ofNanos(busy * TICK_NANOS),
                Duration.ofNanos(counted * TICK_NANOS));
    }

    private Duration java() {
        long[] ids = threads.getAllThreadIds();
        long[] times = threads.getThreadCpuTime(ids);
        Map<Long, Long> now = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            if (times[i] >= 0) {
                now.put(ids[i], times[i]);
                javaNanos += times[i] - before.getOrDefault(ids[i], 0L);
            }
        }
        before = now;
        return Duration.ofNanos(javaNanos);
    }

    private static long[] ticks() {
        try (var lines = Files.lines(STATISTICS)) {
            String[] figures = lines.findFirst().orElse("").trim().split(" +", -1);
            long[] ticks = new long[figures.length <= COUNTED ? 0 : COUNTED];
            for (int i = 0; i < ticks.length; i++) {
                ticks[i] = Long.parseLong(figures[i + 1]);
            }
            return ticks;
        } catch (IOException | NumberFormatException e) {
            return new long[0];
        }
    }
}
