// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** On whatever machine this is: what this process does itself must never come out as another's doing. */
class StallDetectorTest {
    @Test
    void threads_of_our_own_that_hold_every_processor_are_counted_as_ours() throws InterruptedException {
        StallDetector detector = new StallDetector(name -> false);
        long began = System.nanoTime();
        detector.look(began, began);
        Thread[] busy = new Thread[2 * Runtime.getRuntime().availableProcessors()];
        for (int i = 0; i < busy.length; i++) {
            busy[i] = new Thread(() -> {
                while (System.nanoTime() - began < 200_000_000) {
                    Thread.onSpinWait();
                }
            });
            busy[i].start();
        }
        for (Thread thread : busy) {
            thread.join();
        }
        long now = System.nanoTime();

        Stall stall = detector.look(now, began);

        Duration processors =
                Duration.ofNanos((now - began) * Runtime.getRuntime().availableProcessors());
        assertThat(stall.held()).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        assertThat(stall.own()).isPositive().isLessThanOrEqualTo(processors);
        assertThat(stall.byOthers()).isLessThan(stall.held());
    }
}
