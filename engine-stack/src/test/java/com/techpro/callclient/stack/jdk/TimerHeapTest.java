// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.jdk.JdkLoop.JdkTimer;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimerHeapTest {
    // Never started: it only lends its inner class.
    private final JdkLoop loop = new JdkLoop("heap", Thread.NORM_PRIORITY, (thread, failure) -> {}, closed -> {});

    @Test
    void the_heap_agrees_with_a_sorted_list_after_any_additions_and_removals() {
        var random = Seeds.random(11);
        var heap = new TimerHeap();
        List<JdkTimer> model = new ArrayList<>();
        Comparator<JdkTimer> byDueAndOrder =
                Comparator.<JdkTimer>comparingLong(timer -> timer.due).thenComparingLong(timer -> timer.order);
        for (long step = 0; step < 20_000; step++) {
            if (model.isEmpty() || random.nextInt(5) < 3) {
                JdkTimer added = loop.new JdkTimer(random.nextInt(1_000), step, () -> {});
                heap.add(added);
                model.add(added);
            } else {
                JdkTimer removed = random.nextBoolean()
                        ? model.stream().min(byDueAndOrder).orElseThrow()
                        : model.get(random.nextInt(model.size()));
                heap.remove(removed);
                heap.remove(removed);
                model.remove(removed);
            }
            if (model.size() > 300) {
                heap.clear();
                model.clear();
            }
            assertThat(heap.size()).isEqualTo(model.size());
            assertThat(heap.first()).isEqualTo(model.stream().min(byDueAndOrder).orElse(null));
        }
    }

    @Test
    void it_orders_due_times_across_the_wrap_of_the_clock() {
        var heap = new TimerHeap();
        JdkTimer after = loop.new JdkTimer(Long.MIN_VALUE + 5, 1, () -> {});
        JdkTimer before = loop.new JdkTimer(Long.MAX_VALUE - 5, 2, () -> {});
        heap.add(after);
        heap.add(before);

        assertThat(heap.first()).isSameAs(before);
    }
}
