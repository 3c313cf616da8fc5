// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.techpro.callclient.testkit.contracts.Await;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;

/** Writes down what this JVM's program can still reach. */
final class LiveHeap {
    private LiveHeap() {}

    /**
     * Collects first, as the dump itself does not say when the collector held off. What has a finalizer, as a TLS socket of Java 17 has,
     * keeps all that it knows until that has run: so that is waited for, and held up, as a busy machine does it.
     */
    static void dump(String file) throws IOException, InterruptedException {
        new SlowToFinalize();
        // What the first round finds is on its way to the finalizer when the second is heard of.
        collect();
        collect();
        Await.until("finalizers have run", LiveHeap::finalizerIsIdle, Duration.ofSeconds(20));
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file, true);
    }

    private static void collect() throws InterruptedException {
        ReferenceQueue<Object> collected = new ReferenceQueue<>();
        WeakReference<Object> garbage = new WeakReference<>(new Object(), collected);
        do {
            System.gc();
        } while (collected.remove(100) != garbage);
    }

    private static boolean finalizerIsIdle() {
        boolean waits = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("Finalizer"))
                .allMatch(thread -> thread.getState() == Thread.State.WAITING);
        return waits && ManagementFactory.getMemoryMXBean().getObjectPendingFinalizationCount() == 0;
    }

    private static final class SlowToFinalize {
        @Override
        @SuppressWarnings({"deprecation", "removal", "Finalize"})
        protected void finalize() {
            Await.holdsWithin(() -> false, Duration.ofMillis(500));
        }
    }
}
