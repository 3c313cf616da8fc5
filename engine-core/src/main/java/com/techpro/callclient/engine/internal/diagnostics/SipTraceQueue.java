// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.diagnostics;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.trace.SipTrace;
import com.techpro.callclient.ports.trace.SipTraceMessage;
import com.techpro.callclient.ports.trace.SipTraceMessage.Direction;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.MessageTap;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * Passes messages to the host's trace. The loop only copies their bytes. The host's executor reads,
 * redacts and reports them. A slow host loses messages and delays nothing.
 */
public final class SipTraceQueue implements MessageTap {
    static final int MAX_MESSAGES = 1_000;
    static final int MAX_BYTES = 4 << 20;

    private final SipTrace trace;
    private final boolean raw;
    private final Executor executor;
    private final Thread.UncaughtExceptionHandler failures;
    private final Supplier<Instant> now;
    private final SipRedactor redactor;
    private final Queue<Copied> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private boolean running;
    private long dropped;

    @SuppressWarnings("ArrayRecordComponent") // handed over once
    private record Copied(Instant time, Direction direction, long flow, SipTransport transport, byte[] bytes) {}

    /**
     * @param executor may run tasks at the same time and in any order
     * @param failures receives the exceptions of the host's trace
     * @param now the wall clock
     */
    public SipTraceQueue(
            SipTrace trace,
            boolean raw,
            Executor executor,
            Thread.UncaughtExceptionHandler failures,
            Supplier<Instant> now,
            Random random) {
        this.trace = trace;
        this.raw = raw;
        this.executor = executor;
        this.failures = failures;
        this.now = now;
        this.redactor = new SipRedactor(new Pseudonyms(random));
    }

    @Override
    public void received(byte[] buffer, int offset, int length, Flow flow) {
        add(Direction.RECEIVED, buffer, offset, length, flow);
    }

    @Override
    public void sent(byte[] message, Flow flow) {
        add(Direction.SENT, message, 0, message.length, flow);
    }

    /** Returns the number of dropped messages. Callable from any thread. */
    public long dropped() {
        synchronized (waiting) {
            return dropped;
        }
    }

    private void add(Direction direction, byte[] buffer, int offset, int length, Flow flow) {
        // Needed because two threads share the queue; the lock guards nothing else.
        synchronized (waiting) {
            if (waiting.size() >= MAX_MESSAGES || waitingBytes + length > MAX_BYTES) {
                dropped++;
                return;
            }
            byte[] copy = Arrays.copyOfRange(buffer, offset, offset + length);
            waiting.add(new Copied(now.get(), direction, flow.id(), flow.transport(), copy));
            waitingBytes += length;
            if (running) {
                return;
            }
            running = true;
        }
        handOver();
    }

    private void handOver() {
        try {
            executor.execute(this::tellNext);
        } catch (RejectedExecutionException e) {
            // The host shut its executor down, so it gets nothing more.
            synchronized (waiting) {
                dropped += waiting.size();
                waiting.clear();
                waitingBytes = 0;
                running = false;
            }
        }
    }

    private void tellNext() {
        Copied next;
        synchronized (waiting) {
            next = waiting.remove();
            waitingBytes -= next.bytes.length;
        }
        try {
            trace.message(raw ? raw(next) : redacted(next));
        } catch (RuntimeException | Error e) {
            failures.uncaughtException(Thread.currentThread(), e);
        }
        synchronized (waiting) {
            if (waiting.isEmpty()) {
                running = false;
                return;
            }
        }
        handOver();
    }

    private SipTraceMessage redacted(Copied copied) {
        SipRedactor.Redacted message = redactor.redact(copied.bytes);
        return new SipTraceMessage(
                copied.time,
                copied.direction,
                copied.flow,
                copied.transport,
                message.callId(),
                message.summary(),
                message.text(),
                true);
    }

    private static SipTraceMessage raw(Copied copied) {
        SipText parts = SipText.of(copied.bytes);
        String callId = parts.value("Call-ID");
        return new SipTraceMessage(
                copied.time,
                copied.direction,
                copied.flow,
                copied.transport,
                callId == null ? "" : callId,
                SipRedactor.summary(parts),
                new String(copied.bytes, StandardCharsets.UTF_8).replace("\r\n", "\n"),
                false);
    }
}
