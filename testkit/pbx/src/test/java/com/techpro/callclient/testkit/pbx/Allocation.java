// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What code allocates, counted by the machine itself. */
public final class Allocation {
    /** More than the interpreter gets through, so that compiled code is what is counted. */
    private static final int WARM_UP = 20_000;

    private Allocation() {}

    /** How many bytes this thread allocates in so many rounds of the first task, each after the second, which is not counted. */
    public static long in(int rounds, Runnable counted, Runnable before) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < WARM_UP; i++) {
            before.run();
            counted.run();
            threads.getCurrentThreadAllocatedBytes();
        }
        long sum = 0;
        for (int i = 0; i < rounds; i++) {
            before.run();
            long start = threads.getCurrentThreadAllocatedBytes();
            counted.run();
            sum += threads.getCurrentThreadAllocatedBytes() - start;
        }
        return sum;
    }
}
