// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.jdk;

import com.techpro.callclient.testkit.contracts.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The network's thread outlives whatever its tasks and timers throw. */
class IoLoopTest {
    private final IoLoop io = new IoLoop();
    private final List<String> ran = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void finish() {
        io.finish();
    }

    @Test
    void tasks_run_after_one_that_throws_an_error() {
        io.execute(() -> {
            throw new StackOverflowError("test");
        });
        io.execute(() -> ran.add("next"));

        Await.until("the next task", () -> ran.contains("next"));
    }

    @Test
    void timers_fire_after_one_that_throws_an_error() {
        io.execute(() -> {
            io.after(Duration.ofMillis(1), () -> {
                throw new OutOfMemoryError("test");
            });
            io.after(Duration.ofMillis(5), () -> ran.add("next"));
        });

        Await.until("the next timer", () -> ran.contains("next"));
    }
}
