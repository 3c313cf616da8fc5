// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.net;

import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.ports.time.Scheduler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Passes the events of a network thread to a loop. If a stream brings more than the loop reads, it
 * is closed.
 */
public final class LoopStreamHandler implements StreamHandler {
    private static final int MAX_WAITING = 1 << 18;

    private final Scheduler loop;
    private final StreamHandler handler;
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * @param handler called on the loop
     */
    public LoopStreamHandler(Scheduler loop, StreamHandler handler) {
        this.loop = loop;
        this.handler = handler;
    }

    @Override
    public void connected(StreamLink link) {
        loop.execute(() -> handler.connected(link));
    }

    @Override
    public void received(StreamLink link, ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        if (waiting.addAndGet(copy.length) > MAX_WAITING) {
            link.close();
            return;
        }
        loop.execute(() -> {
            waiting.addAndGet(-copy.length);
            handler.received(link, ByteBuffer.wrap(copy));
        });
    }

    @Override
    public void closed(StreamLink link, @Nullable IOException cause) {
        loop.execute(() -> handler.closed(link, cause));
    }
}
