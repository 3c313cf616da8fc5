// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A handler that records the events of a stream, and notices calls that are not allowed (NET-2,
 * STR-5). The network calls it on a thread of its own; any thread may read it.
 */
public final class StreamRecord implements StreamHandler {
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private volatile boolean disorder;
    private volatile @Nullable IOException cause;

    @Override
    public void connected(StreamLink link) {
        enter(connected.get() > 0 || closed.get() > 0);
        connected.incrementAndGet();
        inside.decrementAndGet();
    }

    @Override
    public void received(StreamLink link, ByteBuffer bytes) {
        enter(connected.get() == 0 || closed.get() > 0);
        byte[] copy = NetworkSubject.copyOf(bytes);
        synchronized (received) {
            received.write(copy, 0, copy.length);
        }
        inside.decrementAndGet();
    }

    @Override
    public void closed(StreamLink link, @Nullable IOException why) {
        enter(closed.get() > 0);
        cause = why;
        closed.incrementAndGet();
        inside.decrementAndGet();
    }

    /** Returns whether the stream was ever connected. */
    public boolean isConnected() {
        return connected.get() > 0;
    }

    /** Returns whether the stream has ended. */
    public boolean isClosed() {
        return closed.get() > 0;
    }

    /** Returns whether a call came twice, too late, or while another was running. */
    public boolean sawDisorder() {
        return disorder;
    }

    /** Returns why the stream ended; null for an orderly end, and while it is open. */
    public @Nullable IOException cause() {
        return cause;
    }

    /** Returns a copy of all bytes received. */
    public byte[] received() {
        synchronized (received) {
            return received.toByteArray();
        }
    }

    /** Returns how many bytes were received. */
    public int size() {
        synchronized (received) {
            return received.size();
        }
    }

    /** Returns the received bytes as UTF-8 text. */
    public String text() {
        return new String(received(), StandardCharsets.UTF_8);
    }

    private void enter(boolean wrong) {
        if (inside.incrementAndGet() > 1 || wrong) {
            disorder = true;
        }
    }
}
