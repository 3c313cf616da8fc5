// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.gate;

import com.sun.management.OperatingSystemMXBean;
import com.techpro.callclient.engine.ClientCounters;
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

/** Reads what this process uses from the JVM and the operating system. */
public final class ProcessProbe {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Path TASKS = Path.of("/proc/self/task");

    /** Threads by which the JVM ends when it is told to: they are there because of Ctrl-C, and no leak. */
    public static final String GOODBYE_THREAD = "callclient-goodbye";

    private static final Set<String> ENDING =
            Set.of(GOODBYE_THREAD, "SIGINT handler", "SIGTERM handler", "SIGHUP handler", "DestroyJavaVM");

    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final @Nullable CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private Map<Path, Long> waited = Map.of();
    private long endedWaited;

    /**
     * The JDK keeps one socket for as long as the JVM lives, made with the first of all: it is put in the place of a socket that is closed while threads
     * use it (preClose in {@code sun.nio.ch}). It is made here, so that every count has it and none takes it for a leak.
     */
    public ProcessProbe() {
        try {
            SocketChannel.open().close();
        } catch (IOException e) {
            throw new UncheckedIOException("no socket can be opened on this machine", e);
        }
    }

    /** What the process holds, without the heap; there is no engine. */
    public Resources resources() {
        return new Resources(-1, threadsByName(), descriptors(), 0, null);
    }

    /**
     * What the process and the engine hold.
     *
     * @param withHeap whether to collect and measure the heap, which takes a while
     */
    public Resources resources(boolean withHeap, int links, ClientCounters engine) {
        return new Resources(withHeap ? heapHeld() : -1, threadsByName(), descriptors(), links, engine);
    }

    /** Heap in use after a thorough collection: what is really held. Takes some hundred milliseconds. */
    public long heapHeld() {
        // The second collection takes what the first one's reference processing let go.
        memory.gc();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    public long heapUsed() {
        return memory.getHeapMemoryUsage().getUsed();
    }

    /** CPU time of the whole process so far. */
    public Duration cpu() {
        return Duration.ofNanos(system.getProcessCpuTime());
    }

    /** What the JVM has spent on compiling so far; zero if it does not tell. */
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

    /** CPU time of the living Java threads so far, by name without number; {@link ThreadCpu} knows those that have ended too. */
    public Map<String, Duration> cpuByThread() {
        ThreadCpu now = new ThreadCpu();
        now.look();
        return now.byName();
    }

    /** How busy the whole machine has been since this was last asked, 0 to 100; negative where it cannot be told. */
    public double machineCpuPercent() {
        return 100 * system.getCpuLoad();
    }

    /**
     * How long threads of this process, the JVM's own too, have been ready to run but had no processor to run on: what other programs, and each other, did to
     * them. Of those that have ended since this was last asked, what they had waited until then. Zero where the system does not tell. Of one thread at a time.
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

    /** How often living threads with such a name have been blocked or waited: an upper bound of wake-ups. */
    public long waits(String namePrefix) {
        long sum = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith(namePrefix)) {
                sum += thread.getWaitedCount() + thread.getBlockedCount();
            }
        }
        return sum;
    }

    /** Open sockets, pipes, polls: everything but files, which the class loader opens as it goes. -1 where it cannot be told. */
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
            // Closed in between, such as the one this directory is being read with.
            return true;
        }
    }
}
