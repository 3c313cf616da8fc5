// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.trace;

import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.MessageTap;
import com.techpro.callclient.testkit.pbx.trace.TracedMessage.Endpoint;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * The newest messages that a PBX received and sent. Written on the signalling loop, readable from
 * any thread; never waits.
 */
public final class MessageTrace implements MessageTap {
    private final int mostBytes;
    private final Supplier<Instant> now;
    private final Deque<Traced> kept = new ArrayDeque<>();
    private int bytes;
    private long count;

    private record Traced(TracedMessage message, int length) {}

    /**
     * Starts an empty trace.
     *
     * @param mostBytes how many bytes of messages are kept
     */
    public MessageTrace(int mostBytes, Supplier<Instant> now) {
        this.mostBytes = mostBytes;
        this.now = now;
    }

    @Override
    public void received(byte[] buffer, int offset, int length, Flow flow) {
        if (length <= mostBytes) {
            byte[] wire = Arrays.copyOfRange(buffer, offset, offset + length);
            add(TracedMessage.of(now.get(), flow.transport(), phone(flow), pbx(flow), wire), length);
        }
    }

    @Override
    public void sent(byte[] message, Flow flow) {
        if (message.length <= mostBytes) {
            add(TracedMessage.of(now.get(), flow.transport(), pbx(flow), phone(flow), message), message.length);
        }
    }

    private synchronized void add(TracedMessage message, int length) {
        kept.addLast(new Traced(message, length));
        bytes += length;
        count++;
        while (bytes > mostBytes) {
            bytes -= kept.removeFirst().length;
        }
    }

    /** Returns the kept messages, oldest first. */
    public List<TracedMessage> messages() {
        return since(0);
    }

    /**
     * Returns the kept messages since a mark.
     *
     * @param mark an earlier result of {@link #mark}
     */
    public synchronized List<TracedMessage> since(long mark) {
        long before = Math.max(0, mark - (count - kept.size()));
        return kept.stream().skip(before).map(Traced::message).toList();
    }

    /** Forgets the kept messages. */
    public synchronized void forget() {
        kept.clear();
        bytes = 0;
    }

    /** Returns the number of messages so far, including discarded ones. */
    public synchronized long mark() {
        return count;
    }

    /** Returns how many messages were discarded because the limit was reached. */
    public synchronized long dropped() {
        return count - kept.size();
    }

    private static Endpoint pbx(Flow flow) {
        return new Endpoint("PBX", flow.local());
    }

    private static Endpoint phone(Flow flow) {
        return new Endpoint("", flow.remote());
    }
}
