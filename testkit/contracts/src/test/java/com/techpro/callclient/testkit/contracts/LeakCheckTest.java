// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.ports.time.Timer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LeakCheckTest {
    private final VirtualTime time = VirtualTime.seeded(1);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 1);

    @Test
    void a_timer_a_link_and_a_counter_left_behind_are_named_until_they_are_gone() throws Exception {
        AtomicInteger dialogs = new AtomicInteger(2);
        LeakCheck check = new LeakCheck().watch(time).watch(network).track("dialogs", dialogs::get);
        Loop loop = time.openLoop("test");
        Timer timer = loop.schedule(Duration.ofHours(1), () -> {});
        var link = network.host("192.0.2.1").openDatagram(new InetSocketAddress("192.0.2.1", 0), (packet, from) -> {});
        dialogs.set(3);

        assertThat(check.leaks())
                .containsExactlyInAnyOrder("timers: 1 (was 0)", "links: 1 (was 0)", "dialogs: 3 (was 2)");

        timer.cancel();
        link.close();
        dialogs.set(2);
        assertThat(check.leaks()).isEmpty();
    }

    @Test
    void a_thread_of_the_engine_left_behind_is_named() throws Exception {
        LeakCheck check = new LeakCheck();
        check.beforeEach(null);
        var release = new CountDownLatch(1);
        var thread = new Thread(
                () -> {
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "callclient-forgotten");
        thread.start();

        assertThat(check.leaks()).containsExactly("thread callclient-forgotten");

        release.countDown();
        thread.join();
        assertThat(check.leaks()).isEmpty();
    }
}
