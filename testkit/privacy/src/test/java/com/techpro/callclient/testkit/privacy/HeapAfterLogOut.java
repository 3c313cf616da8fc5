// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

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
        Await.until(() -> "ended: " + threadsLeft(), () -> threadsLeft().isEmpty(), Duration.ofSeconds(20));
        LiveHeap.dump(arguments[1]);
        System.out.println("dumped, " + (kept == null ? "nothing" : "something") + " kept on purpose");
        System.exit(0);
    }

    /** Those of engines and apps end on their own when they are closed, on a busy machine a moment later; until then they know whom they served. */
    private static List<String> threadsLeft() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("callclient-") || name.equals("app"))
                .sorted()
                .collect(Collectors.toList());
    }

    private static String liveAndForget(long seed) throws Exception {
        return String.valueOf(
                MainScenario.run(new Canaries(Seeds.random(seed))).outcomes().get("outgoing call"));
    }
}
