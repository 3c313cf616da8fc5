// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How much may wait for the loop. */
class ReceiveQueueBoundsTest {
    private static final int LIMIT = 100;
    private static final int MEGABYTE = 1 << 20;

    private final VirtualTime time = VirtualTime.seeded(16);
    private final ReceiveQueue queue = new ReceiveQueue(new EngineLoop(time.openLoop("queue")), LIMIT);
    private int served;

    private boolean add(int size) {
        return queue.add(size, () -> served++);
    }

    private boolean addInitial(int size) {
        return queue.addInitial(new byte[size], refuse -> {
            served++;
            return !refuse;
        });
    }

    @Test
    void of_each_kind_so_many_wait_and_the_rest_is_dropped_and_counted() {
        for (int i = 0; i < LIMIT; i++) {
            assertThat(add(1)).isTrue();
            assertThat(addInitial(1)).isTrue();
        }

        assertThat(add(1)).isFalse();
        assertThat(queue.overflow()).isEqualTo(1);
        assertThat(addInitial(1)).isFalse();
        assertThat(queue.load().waiting()).isEqualTo(2 * LIMIT);
    }

    @Test
    void few_that_are_large_fill_it_as_well() {
        for (int i = 0; i < 8; i++) {
            assertThat(add(MEGABYTE)).isTrue();
            assertThat(addInitial(MEGABYTE)).isTrue();
        }

        assertThat(add(1)).isFalse();
        assertThat(addInitial(1)).isFalse();
    }

    @Test
    void served_messages_free_their_queue_space() {
        for (int i = 0; i < 20; i++) {
            assertThat(add(8 * MEGABYTE)).isTrue();
            assertThat(addInitial(8 * MEGABYTE)).isTrue();
            time.advance(Duration.ofMillis(1));
        }

        assertThat(served).isEqualTo(40);
        assertThat(queue.load().waiting()).isZero();
        assertThat(queue.overflow()).isZero();
    }

    @Test
    void connection_events_are_queued_beyond_the_limit() {
        for (int i = 0; i < LIMIT; i++) {
            add(1);
        }
        queue.add(() -> served++);
        time.advance(Duration.ofMillis(1));

        assertThat(served).isEqualTo(LIMIT + 1);
    }
}
