// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.gate;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * CPU time of Java threads by name without number, including those that have ended (media loops end
 * with their last call). It lacks what a thread used after its last sample, and the JVM's own
 * threads.
 */
public final class ThreadCpu {
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Map<Long, Used> living = new HashMap<>();
    private final Map<String, Long> ended = new HashMap<>();

    /** Samples all threads; call it now and then. */
    public void look() {
        Set<Long> seen = new HashSet<>();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            long nanos = thread == null ? -1 : threads.getThreadCpuTime(thread.getThreadId());
            if (thread != null && nanos >= 0) {
                living.put(thread.getThreadId(), new Used(Resources.withoutNumber(thread.getThreadName()), nanos));
                seen.add(thread.getThreadId());
            }
        }
        living.entrySet().removeIf(entry -> {
            if (seen.contains(entry.getKey())) {
                return false;
            }
            ended.merge(entry.getValue().name, entry.getValue().nanos, Long::sum);
            return true;
        });
    }

    /** Returns the CPU time up to the last sample. */
    public Map<String, Duration> byName() {
        Map<String, Duration> result = new TreeMap<>();
        ended.forEach((name, nanos) -> result.merge(name, Duration.ofNanos(nanos), Duration::plus));
        living.values().forEach(used -> result.merge(used.name, Duration.ofNanos(used.nanos), Duration::plus));
        return result;
    }

    private record Used(String name, long nanos) {}
}
