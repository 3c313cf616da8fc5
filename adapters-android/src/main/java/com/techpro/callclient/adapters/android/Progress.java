// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import java.util.concurrent.locks.LockSupport;

/**
 * Moves a frame piece by piece without blocking inside Android. A hanging driver gives neither
 * audio nor an error, but moves nothing, so progress is what counts.
 */
final class Progress {
    /** The polling interval. */
    private static final long PERIOD_NANOS = 4_000_000L;
    /** Leaves half a second of the two that AUD-4 allows. */
    private static final long SILENT_NANOS = 1_500_000_000L;

    private volatile boolean interrupted;

    /**
     * Moves as much as is possible now; returns how much, 0 for nothing yet, negative for an error.
     */
    @FunctionalInterface
    interface Step {
        int move(int done, int left);
    }

    /** Returns whether all of it was moved. */
    boolean moveAll(int length, Step step) {
        long last = System.nanoTime();
        int done = 0;
        while (done < length) {
            int moved = step.move(done, length - done);
            if (moved < 0 || interrupted) {
                return false;
            }
            if (moved > 0) {
                done += moved;
                last = System.nanoTime();
            } else if (System.nanoTime() - last > SILENT_NANOS) {
                return false;
            } else {
                LockSupport.parkNanos(PERIOD_NANOS);
            }
        }
        return true;
    }

    /** From another thread: the current move, and each later one, ends without waiting. */
    void interrupt() {
        interrupted = true;
    }
}
