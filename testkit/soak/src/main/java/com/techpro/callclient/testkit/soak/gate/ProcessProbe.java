// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.gate;

import com.sun.management.OperatingSystemMXBean;
import com.techpro.callclient.engine.ClientCounters;
import com.techpro.callclient.testkit.contracts.TemporaryFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the resource use of this process from the JVM and the operating system. */
public final class ProcessProbe {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Path TASKS = Path.of("/proc/self/task");

    private static final Set<String> ENDING = Set.of(
            TemporaryFolder.SHUTDOWN_THREAD, "SIGINT handler", "SIGTERM handler", "SIGHUP handler", "DestroyJavaVM");

    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final @Nullable CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private Map<Path, Long> waited = Map.of();
    private long endedWaited;

    /**
     * Opens and closes a socket, so that the JDK creates the one that it keeps until the JVM ends.
     * It replaces a socket that is closed while in use (preClose in {@code sun.nio.ch}). Otherwise
     * later counts would show it as a leak.
     */
    public ProcessProbe() {
        try {
            SocketChannel.open().close();
        } catch (IOException e) {
            throw new UncheckedIOException("no socket can be opened on this machine", e);
        }
    }

    /** Returns what the process holds, without heap and engine. */
    public Resources resources() {
        return new Resources(-1, threadsByName(), descriptors(), 0, null);
    }

    /**
     * Returns what the process and the engine hold.
     *
     * @param withHeap whether to collect and measure the heap, which takes a while
     */
    public Resources resources(boolean withHeap, int links, ClientCounters engine) {
        return new Resources(withHeap ? heapHeld() : -1, threadsByName(), descriptors(), links, engine);
    }

    /** Returns the heap in use after a thorough collection. Takes several hundred milliseconds. */
    public long heapHeld() {
        // The second collection frees what the first one's reference processing released.
        memory.gc();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    public long heapUsed() {
        return memory.getHeapMemoryUsage().getUsed();
    }

    /** Returns the CPU time of the whole process so far. */
    public Duration cpu() {
        return Duration.ofNanos(system.getProcessCpuTime());
    }

    /** Returns the JVM's compile time so far; zero if unknown. */
    public Duration compiling() {
        return compiler == null || !compiler.isCompilationTimeMonitoringSupported()
                ? Duration.ZERO
                : Duration.ofMillis(compiler.getTotalCompilationTime());
    }

    public int threadCount() {
        return threads.getThreadCount();
    }

    public Map<String, Integer> threadsByName() {
        return Resources.countByName(Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(Objects::nonNull)
                .map(ThreadInfo::getThreadName)
                .filter(name -> !ENDING.contains(name))
                .toArray(String[]::new));
    }

    /**
     * Returns the CPU time of living Java threads so far, by name without number. {@link ThreadCpu}
     * includes those that have ended.
     */
    public Map<String, Duration> cpuByThread() {
        ThreadCpu now = new ThreadCpu();
        now.look();
        return now.byName();
    }

    /** Returns the load of the whole machine since the last call, 0 to 100; negative if unknown. */
    public double machineCpuPercent() {
        return 100 * system.getCpuLoad();
    }

    /**
     * Returns how long threads of this process, including the JVM's own, were runnable without a
     * processor. Both other programs and these threads themselves cause it. For threads that have
     * ended, it counts the wait seen at the last call. Zero if unknown. For one thread at a time.
     */
    public Duration cpuWait() {
        Map<Path, Long> living = new HashMap<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                living.put(task, RunQueue.waited(task));
            }
        } catch (IOException e) {
            return Duration.ZERO;
        }
        waited.forEach((task, nanos) -> endedWaited += living.containsKey(task) ? 0 : nanos);
        waited = living;
        return Duration.ofNanos(endedWaited
                + living.values().stream().mapToLong(Long::longValue).sum());
    }

    /**
     * Returns how often living threads with this name prefix have blocked or waited: an upper bound
     * of wake-ups.
     */
    public long waits(String namePrefix) {
        long sum = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith(namePrefix)) {
                sum += thread.getWaitedCount() + thread.getBlockedCount();
            }
        }
        return sum;
    }

    /**
     * Returns the number of open sockets, pipes and polls, without files, which the class loader
     * opens at any time. -1 if unknown.
     */
    public int descriptors() {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return -1;
        }
        int count = 0;
        try (DirectoryStream<Path> open = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path descriptor : open) {
                count += isFile(descriptor) ? 0 : 1;
            }
        } catch (IOException e) {
            return -1;
        }
        return count;
    }

    private static boolean isFile(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).isAbsolute();
        } catch (IOException e) {
            // Closed in between, such as the descriptor of this directory.
            return true;
        }
    }
}
