// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli;

import com.techpro.callclient.testkit.soak.gate.ProcessProbe;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** While open, Ctrl-C (and any other orderly end of the JVM) asks something to stop and waits until this is closed. */
final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final CountDownLatch done = new CountDownLatch(1);

    private Interruption() {}

    static Interruption of(Runnable stop) {
        Interruption interruption = new Interruption();
        // The JVM runs what is to happen at its end on threads it is given beforehand.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interruption.run(stop), ProcessProbe.GOODBYE_THREAD));
        return interruption;
    }

    private void run(Runnable stop) {
        if (done.getCount() > 0) {
            stop.run();
        }
        try {
            boolean finished = done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!finished) {
                System.err.println("callclient: the end took too long; some goodbyes were not said.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        done.countDown();
    }
}
