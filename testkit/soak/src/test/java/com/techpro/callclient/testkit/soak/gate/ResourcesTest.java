// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.ClientCounters;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResourcesTest {
    private static final Resources BASELINE = held(10 << 20, Map.of("engine", 1, "worker", 2), 7, 3, 0, 2);

    @Test
    void everything_given_back_is_green() {
        assertThat(BASELINE.gatesAgainst(BASELINE, "after"))
                .allMatch(Gate::green)
                .extracting(Gate::title)
                .contains("threads after", "descriptors after", "dialogs after", "heap after", "timers after");
        assertThat(BASELINE.isBackTo(BASELINE)).isTrue();
    }

    @Test
    void fewer_than_before_is_green_too() {
        Resources fewer = held(9 << 20, Map.of("engine", 1), 6, 3, 0, 1);

        assertThat(fewer.gatesAgainst(BASELINE, "after")).allMatch(Gate::green);
    }

    @Test
    void one_more_of_anything_is_red_and_threads_say_which() {
        assertThat(red(held(10 << 20, Map.of("engine", 1, "worker", 2, "leak", 1), 7, 3, 0, 2)))
                .singleElement()
                .satisfies(gate -> {
                    assertThat(gate.title()).isEqualTo("threads after");
                    assertThat(gate.note()).isEqualTo("more of: leak x1");
                });
        assertThat(red(held(10 << 20, BASELINE.threads(), 8, 3, 0, 2)))
                .extracting(Gate::title)
                .containsExactly("descriptors after");
        assertThat(red(held(10 << 20, BASELINE.threads(), 7, 4, 0, 2)))
                .extracting(Gate::title)
                .containsExactly("sockets after");
        assertThat(red(held(10 << 20, BASELINE.threads(), 7, 3, 1, 2)))
                .extracting(Gate::title)
                .containsExactly("dialogs after");
        assertThat(red(held(10 << 20, BASELINE.threads(), 7, 3, 0, 3)))
                .extracting(Gate::title)
                .containsExactly("timers after");
    }

    @Test
    void a_thread_that_ended_does_not_make_up_for_one_that_leaked() {
        Resources exchanged = held(10 << 20, Map.of("engine", 1, "worker", 1, "leak", 1), 7, 3, 0, 2);

        assertThat(red(exchanged)).singleElement().satisfies(gate -> {
            assertThat(gate.title()).isEqualTo("threads after");
            assertThat(gate.note()).isEqualTo("more of: leak x1");
        });
        assertThat(exchanged.isBackTo(BASELINE)).isFalse();
    }

    @Test
    void only_an_interrupted_run_ignores_idle_threads_of_the_http_library() {
        Resources idle = held(
                10 << 20, Map.of("engine", 1, "worker", 2, "Okio Watchdog", 1, "OkHttp TaskRunner", 1), 7, 3, 0, 2);

        assertThat(red(idle)).extracting(Gate::title).containsExactly("threads after");
        assertThat(red(idle.withoutIdleHttp())).isEmpty();
    }

    @Test
    void a_grown_heap_is_red_but_does_not_keep_one_waiting() {
        Resources grown = held(15 << 20, BASELINE.threads(), 7, 3, 0, 2);

        assertThat(red(grown)).extracting(Gate::title).containsExactly("heap after");
        assertThat(grown.isBackTo(BASELINE)).isTrue();
    }

    @Test
    void threads_are_counted_by_name_without_number() {
        assertThat(Resources.countByName("callclient-worker-1", "callclient-worker-12", "main"))
                .isEqualTo(Map.of("callclient-worker", 2, "main", 1));
    }

    @Test
    void the_probe_sees_a_socket_open_and_close() throws IOException {
        ProcessProbe probe = new ProcessProbe();
        int before = probe.descriptors();
        if (before < 0) {
            return; // no such knowledge on this system
        }
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(socket.isBound()).isTrue();
            assertThat(probe.descriptors()).isGreaterThan(before);
        }
        assertThat(probe.cpu()).isPositive();
        assertThat(probe.threadsByName()).containsKey(Thread.currentThread().getName());
        assertThat(probe.heapHeld()).isPositive();
    }

    private static List<Gate> red(Resources after) {
        return after.gatesAgainst(BASELINE, "after").stream()
                .filter(gate -> !gate.green())
                .toList();
    }

    private static Resources held(
            long heap, Map<String, Integer> threads, int descriptors, int links, int dialogs, int timers) {
        return new Resources(
                heap,
                threads,
                descriptors,
                links,
                new ClientCounters(2, 0, 0, dialogs, timers, 2, 0, 0, Map.of(), Map.of(), Map.of(), 0, Map.of()));
    }
}
