// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.privacy;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;

/**
 * Lives a user's day, logs out, and dumps the heap. The marks are made from a seed, so that this JVM need not keep them itself.
 */
public final class HeapAfterLogOut {
    private HeapAfterLogOut() {}

    /** @param arguments the seed, the file, and optionally anything to keep a password on purpose */
    public static void main(String[] arguments) throws Exception {
        long seed = Long.parseLong(arguments[0]);
        Object kept = arguments.length > 2
                ? new Canaries(Seeds.random(seed)).password().value()
                : null;
        System.out.println("outgoing call: " + liveAndForget(seed));
        collectGarbage();
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(arguments[1], true);
        System.out.println("dumped, " + (kept == null ? "nothing" : "something") + " kept on purpose");
        System.exit(0);
    }

    /** The dump collects as well, unless the collector is held off just then; it does not say so. */
    private static void collectGarbage() {
        WeakReference<Object> garbage = new WeakReference<>(new Object());
        while (garbage.get() != null) {
            System.gc();
        }
    }

    private static String liveAndForget(long seed) throws Exception {
        return String.valueOf(
                MainScenario.run(new Canaries(Seeds.random(seed))).outcomes().get("outgoing call"));
    }
}
