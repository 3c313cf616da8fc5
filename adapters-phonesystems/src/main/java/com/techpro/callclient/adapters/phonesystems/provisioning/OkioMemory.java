// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import java.util.concurrent.TimeUnit;
import okio.AsyncTimeout;
import okio.Buffer;

/**
 * Overwrites Okio's memory of a finished exchange. Okio keeps it for the whole process, and it may
 * hold credentials after the user logged out (promise S6).
 */
final class OkioMemory {
    /** The most bytes that Okio's SegmentPool holds for a thread. */
    private static final int POOL_OF_A_THREAD = 64 * 1024;

    private OkioMemory() {}

    /** The thread that made the exchange calls this. */
    static void forget() {
        overwritePool();
        wakeWatchdog();
    }

    /** Overwrites the pool, whose segments still hold what the last exchange sent and received. */
    private static void overwritePool() {
        Buffer everySegment = new Buffer();
        everySegment.write(new byte[POOL_OF_A_THREAD]);
        everySegment.clear();
    }

    /**
     * Wakes Okio's watchdog by a new time-out. The watchdog sleeps until the next time-out that it
     * knows, and refers to the owner meanwhile: a socket, or a request with credentials that is
     * long finished.
     */
    private static void wakeWatchdog() {
        AsyncTimeout soon = new AsyncTimeout();
        soon.timeout(1, TimeUnit.MILLISECONDS);
        soon.enter();
        soon.exit();
    }
}
