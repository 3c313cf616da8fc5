// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice.turn;

import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.ports.time.Scheduler;
import com.techpro.callclient.stack.net.StreamConnector;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The connection to a TURN server over TCP or TLS (RFC 8656 §2.1): complete messages in both
 * directions. Belongs to its scheduler.
 */
public final class TurnStream implements StreamHandler {
    private final Consumer<ByteBuffer> messages;
    private final Runnable lost;
    private final TurnStreamFramer framer = new TurnStreamFramer();
    private @Nullable StreamLink link;
    private boolean closed;

    /**
     * @param messages receives each message of the server
     * @param lost runs once when the stream has ended or could not be opened, but not after
     *     {@link #close}
     */
    public TurnStream(Consumer<ByteBuffer> messages, Runnable lost) {
        this.messages = messages;
        this.lost = lost;
    }

    /** Starts connecting; messages sent before the stream is open wait for it. */
    public void open(StreamConnector connector, InetSocketAddress server, Scheduler loop) {
        try {
            link = connector.connect(server, loop, this);
        } catch (RuntimeException e) {
            // A platform may throw instead of reporting a failure, for example without the network
            // permission.
            loop.execute(this::end);
        }
    }

    /**
     * Sends a complete message, padded for streams (§12.5). If the stream has no room for it, it is
     * dropped.
     */
    public void send(byte[] message) {
        StreamLink to = link;
        if (to != null && !closed) {
            boolean unused = to.write(ByteBuffer.wrap(message));
        }
    }

    /** Closes the stream after the messages already sent. */
    public void close() {
        closed = true;
        StreamLink open = link;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void connected(StreamLink opened) {}

    @Override
    public void received(StreamLink from, ByteBuffer bytes) {
        if (closed) {
            return;
        }
        framer.feed(bytes).forEach(messages);
        if (framer.isBroken()) {
            end();
        }
    }

    @Override
    public void closed(StreamLink gone, @Nullable IOException cause) {
        end();
    }

    private void end() {
        if (!closed) {
            close();
            lost.run();
        }
    }
}
