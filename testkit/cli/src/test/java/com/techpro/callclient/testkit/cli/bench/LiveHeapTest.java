// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.testkit.soak.gate.ProcessProbe;
import org.junit.jupiter.api.Test;

class LiveHeapTest {
    @Test
    void objects_are_counted_by_the_byte() {
        LiveHeap heap = new LiveHeap(new ProcessProbe());
        long first = settled(heap);
        byte[] held = new byte[100_000];
        long second = heap.bytes();

        assertThat(held).hasSize(100_000);
        assertThat(second - first).isBetween(50_000L, 1_000_000L);
    }

    /** What tests before this one left behind may still be ending, and take megabytes with it. */
    private static long settled(LiveHeap heap) {
        long before = Long.MAX_VALUE;
        long now = heap.bytes();
        for (int i = 0; i < 20 && Math.abs(before - now) > 10_000; i++) {
            before = now;
            now = heap.bytes();
        }
        return now;
    }

    @Test
    void the_total_of_a_histogram_is_its_last_line() {
        assertThat(LiveHeap.total("""
                 num     #instances         #bytes  class name (module)
                -------------------------------------------------------
                   1:          2000         123456  [B (java.base@17)
                Total         54321        9876543
                """)).isEqualTo(9_876_543);
        assertThatThrownBy(() -> LiveHeap.total("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LiveHeap.total("unknown command")).isInstanceOf(IllegalArgumentException.class);
    }
}
