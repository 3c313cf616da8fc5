// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunQueueTest {
    @TempDir
    Path tasks;

    @Test
    void the_longest_wait_of_a_thread_that_counts_is_told_once() throws IOException {
        thread("1", "media", 1_000_000);
        thread("2", "media", 7_000_000);
        thread("3", "judge", 0);
        RunQueue queue = new RunQueue(tasks, "media"::equals);
        assertThat(queue.longestWait()).isZero();

        thread("1", "media", 13_000_000);
        thread("2", "media", 8_000_000);
        thread("3", "judge", 900_000_000);
        assertThat(queue.longestWait()).isEqualTo(Duration.ofMillis(12));
        assertThat(queue.longestWait()).isZero();
    }

    @Test
    void threads_come_and_go_and_a_system_that_tells_nothing_has_no_waits() throws IOException {
        RunQueue queue = new RunQueue(tasks, name -> true);
        assertThat(queue.longestWait()).isZero();
        thread("1", "media", 5_000_000);
        for (int i = 0; i < 30; i++) {
            // Found by the next scan, and what it waited before is not news.
            assertThat(queue.longestWait()).isZero();
        }
        Files.delete(tasks.resolve("1").resolve("schedstat"));
        assertThat(queue.longestWait()).isZero();
        assertThat(new RunQueue(tasks.resolve("none"), name -> true).longestWait())
                .isZero();
    }

    private void thread(String id, String name, long waited) throws IOException {
        Path thread = Files.createDirectories(tasks.resolve(id));
        Files.writeString(thread.resolve("comm"), name + "\n");
        Files.writeString(thread.resolve("schedstat"), "123456 " + waited + " 42\n");
    }
}
