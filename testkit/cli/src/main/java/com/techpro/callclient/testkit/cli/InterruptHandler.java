// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli;

import com.techpro.callclient.testkit.contracts.TemporaryFolder;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * While open, Ctrl-C (and any other orderly end of the JVM) asks a run to stop and waits until this
 * is closed.
 */
final class InterruptHandler implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;

    private final CountDownLatch done = new CountDownLatch(1);
    private volatile int exitCode = -1;

    private InterruptHandler() {}

    static InterruptHandler of(Runnable stop) {
        InterruptHandler interruption = new InterruptHandler();
        // The JVM runs its shutdown tasks on threads that are registered beforehand.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interruption.run(stop), TemporaryFolder.SHUTDOWN_THREAD));
        return interruption;
    }

    private void run(Runnable stop) {
        boolean early = done.getCount() > 0;
        if (early) {
            stop.run();
        }
        try {
            boolean finished = done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            // A JVM ended by a signal has the signal's exit code (130 after Ctrl-C), whatever the
            // command returns.
            if (early && finished && exitCode >= 0) {
                Runtime.getRuntime().halt(exitCode);
            }
            if (!finished) {
                System.err.println("callclient: ending took too long; some calls or registrations may remain.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Sets the exit code if the JVM is being ended. Call it when all output is written, before
     * {@link #close}.
     */
    void endsWith(int code) {
        exitCode = code;
    }

    @Override
    public void close() {
        done.countDown();
    }
}
