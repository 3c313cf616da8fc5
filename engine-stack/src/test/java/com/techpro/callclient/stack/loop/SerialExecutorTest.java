// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class SerialExecutorTest {
    private final Deque<Runnable> handedOver = new ArrayDeque<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final List<String> ran = new ArrayList<>();
    private boolean shutDown;

    private final SerialExecutor serial = new SerialExecutor(
            task -> {
                if (shutDown) {
                    throw new RejectedExecutionException();
                }
                handedOver.add(task);
            },
            (thread, failure) -> failures.add(failure));

    private void runAll() {
        while (!handedOver.isEmpty()) {
            handedOver.remove().run();
        }
    }

    @Test
    void tasks_run_in_order_and_one_that_fails_keeps_none_from_running() {
        serial.execute(() -> ran.add("first"));
        serial.execute(() -> {
            throw new IllegalStateException();
        });
        serial.execute(() -> ran.add("last"));
        assertThat(handedOver).hasSize(1);

        runAll();

        assertThat(ran).containsExactly("first", "last");
        assertThat(failures).hasSize(1);
    }

    /** As a host does that shuts its executor down before the client has closed. */
    @Test
    void a_rejected_task_is_dropped_without_a_failure() {
        serial.execute(() -> ran.add("first"));
        serial.execute(() -> ran.add("refused on the way"));
        shutDown = true;
        runAll();
        serial.execute(() -> ran.add("refused"));

        assertThat(ran).containsExactly("first");
        assertThat(failures).isEmpty();
        shutDown = false;
        serial.execute(() -> ran.add("accepted again"));
        runAll();
        assertThat(ran).containsExactly("first", "accepted again");
    }

    /** As the client's own loop of callbacks is, which drops what it gets once it is closed. */
    @Test
    void a_closed_executor_runs_owed_tasks_at_once_and_drops_the_rest() {
        serial.execute(() -> ran.add("before"));
        serial.execute((SerialExecutor.Owed) () -> ran.add("owed before"));
        serial.close();
        handedOver.clear();
        serial.execute(() -> ran.add("after"));
        serial.execute((SerialExecutor.Owed) () -> ran.add("owed after"));
        runAll();

        assertThat(ran).containsExactly("owed before", "owed after");
        assertThat(failures).isEmpty();
    }
}
