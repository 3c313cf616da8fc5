// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.trace.SipTrace;
import com.techpro.callclient.ports.trace.SipTraceMessage;
import com.techpro.callclient.ports.trace.SipTraceMessage.Direction;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.transport.ConnectionKey;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.FlowCallback;
import com.techpro.callclient.stack.sip.transport.Hop;
import com.techpro.callclient.stack.sip.transport.TransportEvents;
import com.techpro.callclient.stack.sip.transport.TransportLayer;
import com.techpro.callclient.stack.sip.transport.TransportLimits;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** A host that is slow, throws or has gone must not hurt the loop. */
class SipTraceQueueTest {
    private static final byte[] BYE = "BYE sip:a@b SIP/2.0\r\nCall-ID: x\r\n\r\n".getBytes(StandardCharsets.UTF_8);

    private final Flow flow = openFlow();
    private final List<SipTraceMessage> told = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    /** To a host that never answers. */
    private static Flow openFlow() {
        VirtualTime time = VirtualTime.seeded(1);
        SimulatedNetwork network = new SimulatedNetwork(time, 1);
        EngineLoop loop = new EngineLoop(time.openLoop("engine"));
        List<Flow> opened = new ArrayList<>();
        TransportEvents ignored = new TransportEvents() {
            @Override
            public void received(SipMessage message, Flow flow) {}

            @Override
            public void flowClosed(Flow flow, Failure why) {}

            @Override
            public void tooLarge(SipMessage message, Flow flow) {}

            @Override
            public void pong(Flow flow) {}
        };
        FlowCallback callback = new FlowCallback() {
            @Override
            public void opened(Flow flow) {
                opened.add(flow);
            }

            @Override
            public void failed(Failure failure) {
                throw new AssertionError(failure);
            }
        };
        Hop hop = new Hop(SipTransport.UDP, new InetSocketAddress("192.0.2.9", 5060), "192.0.2.9");
        loop.execute(() -> new TransportLayer(
                        loop,
                        network.host("192.0.2.1"),
                        time.workers(),
                        time.random("sip"),
                        ignored,
                        TransportLimits.DEFAULT)
                .connect(hop, new ConnectionKey("", TlsTrust.PLATFORM), callback));
        time.advance(Duration.ofSeconds(1));
        return opened.get(0);
    }

    private SipTraceQueue queue(SipTrace trace, boolean raw) {
        return new SipTraceQueue(
                trace,
                raw,
                tasks::add,
                (thread, failure) -> failures.add(failure),
                () -> Instant.EPOCH,
                Seeds.random(1));
    }

    private void run() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    @Test
    void nothing_is_told_inside_the_engines_own_call() {
        SipTraceQueue queue = queue(told::add, false);

        queue.sent(BYE, flow);

        assertThat(told).isEmpty();
        run();
        assertThat(told).hasSize(1);
        assertThat(told.get(0).direction()).isEqualTo(Direction.SENT);
        assertThat(told.get(0).summary()).isEqualTo("BYE");
        assertThat(told.get(0).redacted()).isTrue();
    }

    @Test
    void a_slow_host_loses_messages_which_are_counted_and_hears_the_others_in_order() {
        SipTraceQueue queue = queue(told::add, false);

        for (int i = 0; i < SipTraceQueue.MAX_MESSAGES + 5; i++) {
            queue.received(BYE, 0, BYE.length, flow);
        }
        run();

        assertThat(told).hasSize(SipTraceQueue.MAX_MESSAGES);
        assertThat(queue.dropped()).isEqualTo(5);
        queue.sent(BYE, flow);
        run();
        assertThat(told).hasSize(SipTraceQueue.MAX_MESSAGES + 1);
    }

    @Test
    void large_messages_are_bounded_by_their_bytes() {
        SipTraceQueue queue = queue(told::add, true);
        byte[] large = new byte[64 << 10];

        for (int i = 0; i < 100; i++) {
            queue.sent(large, flow);
        }

        assertThat(queue.dropped()).isEqualTo(100 - SipTraceQueue.MAX_BYTES / large.length);
    }

    @Test
    void a_host_exception_is_reported_and_the_next_message_delivered() {
        SipTraceQueue queue = queue(
                message -> {
                    told.add(message);
                    throw new IllegalStateException("the host's");
                },
                false);

        queue.sent(BYE, flow);
        queue.sent(BYE, flow);
        run();

        assertThat(told).hasSize(2);
        assertThat(failures).hasSize(2);
    }

    @Test
    void an_executor_that_was_shut_down_costs_the_messages_and_nothing_else() {
        SipTraceQueue queue = new SipTraceQueue(
                told::add,
                false,
                task -> {
                    throw new RejectedExecutionException();
                },
                (thread, failure) -> failures.add(failure),
                () -> Instant.EPOCH,
                Seeds.random(1));

        queue.sent(BYE, flow);
        queue.sent(BYE, flow);

        assertThat(queue.dropped()).isEqualTo(2);
        assertThat(failures).isEmpty();
    }

    @Test
    void O2_a_raw_message_prints_without_its_content() {
        SipTraceQueue queue = queue(told::add, true);

        queue.sent("INVITE sip:zzz@zzz SIP/2.0\r\nCall-ID: zzz\r\n\r\n".getBytes(StandardCharsets.UTF_8), flow);
        run();

        assertThat(told.get(0).text()).contains("sip:zzz@zzz");
        assertThat(told.get(0).toString()).doesNotContain("zzz");
    }
}
