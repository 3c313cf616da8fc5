// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import java.util.concurrent.TimeUnit;
import okio.AsyncTimeout;
import okio.Buffer;

/** What Okio keeps for the whole process of an exchange that is over: it may hold credentials after the user logged out (promise S6). */
final class OkioMemory {
    /** What Okio's SegmentPool holds at most, for a thread. */
    private static final int POOL_OF_A_THREAD = 64 * 1024;

    private OkioMemory() {}

    /** To be called by the thread that made the exchange. */
    static void forget() {
        overwritePool();
        wakeWatchdog();
    }

    /** Okio keeps memory for the next exchange as the last one left it, with what was sent and received in it. */
    private static void overwritePool() {
        Buffer everySegment = new Buffer();
        everySegment.write(new byte[POOL_OF_A_THREAD]);
        everySegment.clear();
    }

    /**
     * Okio's watchdog sleeps until the time-out that was the next one when it last looked, and meanwhile holds who set it: a socket, or a
     * request with its credentials, however long they are done with. A new time-out makes it look again.
     */
    private static void wakeWatchdog() {
        AsyncTimeout soon = new AsyncTimeout();
        soon.timeout(1, TimeUnit.MILLISECONDS);
        soon.enter();
        soon.exit();
    }
}
