// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.gate;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
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
    private final KernelFile statistics = new KernelFile(STATISTICS);
    private long[] idsBefore = new long[0];
    private long[] timesBefore = new long[0];
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
        if (Arrays.equals(ids, idsBefore)) {
            for (int i = 0; i < ids.length; i++) {
                javaNanos += used(times[i], timesBefore[i]);
            }
        } else {
            Map<Long, Long> before = new HashMap<>();
            for (int i = 0; i < idsBefore.length; i++) {
                before.put(idsBefore[i], timesBefore[i]);
            }
            for (int i = 0; i < ids.length; i++) {
                javaNanos += used(times[i], before.getOrDefault(ids[i], 0L));
            }
        }
        idsBefore = ids;
        timesBefore = times;
        return Duration.ofNanos(javaNanos);
    }

    /** A thread that has ended has a time of -1. */
    private static long used(long now, long before) {
        return now < 0 ? 0 : now - Math.max(0, before);
    }

    private long[] ticks() {
        statistics.read();
        long[] ticks = new long[COUNTED];
        for (int i = 0; i < ticks.length; i++) {
            ticks[i] = statistics.figure(0, i + 1);
            if (ticks[i] < 0) {
                return new long[0];
            }
        }
        return ticks;
    }
}
