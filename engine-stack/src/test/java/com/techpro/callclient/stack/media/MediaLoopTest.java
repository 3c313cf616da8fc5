// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.ports.time.Schedulers;
import com.techpro.callclient.testkit.contracts.ForwardingLoop;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** A bug in one stream must be told, and must cost the others nothing. */
class MediaLoopTest {
    private static final String HERE = "192.0.2.1";
    private static final String THERE = "192.0.2.2";

    private final VirtualTime time = VirtualTime.seeded(9);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 9);
    private final List<Throwable> told = new ArrayList<>();
    private final MediaLoop loop;

    MediaLoopTest() throws IOException {
        loop = new MediaLoop(time, network.host(HERE), "media", (thread, failure) -> told.add(failure));
    }

    @Test
    void a_stream_that_throws_starves_none_of_those_in_its_slot() {
        List<Stream> streams = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            streams.add(new Stream(i == 12));
        }
        loop.execute(() -> streams.forEach(loop::add));
        time.advance(Duration.ofSeconds(10));

        assertThat(streams).allMatch(stream -> stream.served >= 499, "was served each frame");
        assertThat(streams.get(12).faults).isGreaterThanOrEqualTo(499);
        // And it is told, at first at once, and then no more often than once a second
        assertThat(told)
                .hasSizeBetween(10, 12)
                .allMatch(failure -> failure.getMessage().equals("bug"));
        close();
    }

    @Test
    void a_task_and_a_packet_that_throw_cost_no_stream_its_turn() throws IOException {
        var stream = new Stream(false);
        var link = loop.open(new InetSocketAddress(HERE, 4000), (packet, from) -> {
            throw new IllegalStateException("bug");
        });
        int[] heard = {0};
        var other = loop.open(new InetSocketAddress(HERE, 4002), (packet, from) -> heard[0]++);
        var far = network.host(THERE).openDatagram(new InetSocketAddress(THERE, 5000), (packet, from) -> {});
        loop.execute(() -> loop.add(stream));
        for (int i = 0; i < 100; i++) {
            loop.execute(() -> {
                throw new IllegalStateException("bug");
            });
            far.send(ByteBuffer.allocate(20), link.localAddress());
            far.send(ByteBuffer.allocate(20), other.localAddress());
            time.advance(Duration.ofMillis(20));
        }
        assertThat(stream.served).isGreaterThanOrEqualTo(99);
        assertThat(heard[0]).isEqualTo(100);
        assertThat(told).isNotEmpty();
        far.close();
        close();
    }

    @Test
    void tasks_queued_while_reading_packets_run_before_the_next_packet() throws IOException {
        List<String> order = new ArrayList<>();
        var link = loop.open(new InetSocketAddress(HERE, 4000), (packet, from) -> {
            order.add("packet");
            loop.execute(() -> order.add("asked"));
        });
        var far = network.host(THERE).openDatagram(new InetSocketAddress(THERE, 5000), (packet, from) -> {});
        loop.execute(() -> loop.add(new Stream(false)));
        time.advance(Duration.ofMillis(20));
        for (int i = 0; i < 3; i++) {
            far.send(ByteBuffer.allocate(20), link.localAddress());
        }
        time.advance(Duration.ofMillis(20));
        assertThat(order).containsExactly("packet", "asked", "packet", "asked", "packet", "asked");
        far.close();
        close();
    }

    @Test
    void devices_of_a_stream_are_served_in_each_slot_while_it_has_some() {
        var withDevices = new Stream(false);
        var other = new Stream(false);
        withDevices.hasDevices = true;
        loop.execute(() -> {
            loop.add(withDevices);
            loop.add(other);
        });
        time.advance(Duration.ofSeconds(1));
        assertThat(withDevices.served).isBetween(49, 51);
        assertThat(withDevices.servedDevices).isBetween(4 * 49, 5 * 51);
        assertThat(other.servedDevices).isZero();
        withDevices.hasDevices = false;
        time.advance(Duration.ofMillis(24));
        int until = withDevices.servedDevices;
        time.advance(Duration.ofSeconds(1));
        assertThat(withDevices.servedDevices).isEqualTo(until);
        close();
    }

    @Test
    void a_loop_with_more_work_than_a_frame_has_time_for_is_overloaded() throws IOException {
        SlowClock clock = new SlowClock(time);
        var slow = new MediaLoop(clock, network.host(THERE), "slow", (thread, failure) -> told.add(failure));
        var stream = new Stream(false);
        stream.work = () -> clock.behind += 15_000_000;
        slow.execute(() -> slow.add(stream));
        time.advance(Duration.ofSeconds(2));
        assertThat(slow.isOverloaded()).as("15 ms of each 20").isFalse();

        stream.work = () -> clock.behind += 25_000_000;
        time.advance(Duration.ofMillis(100));
        assertThat(slow.isOverloaded()).isTrue();

        stream.work = () -> {};
        time.advance(Duration.ofSeconds(11));
        assertThat(slow.isOverloaded()).isFalse();
        slow.execute(slow::close);
        close();
    }

    private void close() {
        loop.execute(loop::close);
        time.settle();
    }

    private static final class Stream implements SlotTask {
        private final boolean throwing;
        private int served;
        private int faults;
        private int servedDevices;
        private boolean hasDevices;
        private Runnable work = () -> {};

        Stream(boolean throwing) {
            this.throwing = throwing;
        }

        @Override
        public boolean serve(long now) {
            served++;
            work.run();
            if (throwing) {
                throw new IllegalStateException("bug");
            }
            return hasDevices;
        }

        @Override
        public void serveDevices(long now) {
            servedDevices++;
        }

        @Override
        public void faulted() {
            faults++;
        }

        @Override
        public void close() {}
    }

    /** Loops whose clock runs ahead of virtual time by what their tasks take. */
    private static final class SlowClock implements Schedulers {
        private final VirtualTime time;
        private long behind;

        SlowClock(VirtualTime time) {
            this.time = time;
        }

        @Override
        public Loop openLoop(String name, Thread.UncaughtExceptionHandler failures) {
            return new ForwardingLoop(time.openLoop(name, failures)) {
                @Override
                public long nanoTime() {
                    return super.nanoTime() + behind;
                }
            };
        }

        @Override
        public Executor workers() {
            return time.workers();
        }

        @Override
        public void close() {}
    }
}
