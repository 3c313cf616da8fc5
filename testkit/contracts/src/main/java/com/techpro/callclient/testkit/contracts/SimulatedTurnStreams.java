// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.ports.net.StreamListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The TCP connections of a {@link SimulatedTurnServer}, each identified by its source address (RFC
 * 8656 §12.5).
 */
final class SimulatedTurnStreams implements AutoCloseable {
    private final StreamListener listener;
    private final BiConsumer<ByteBuffer, InetSocketAddress> messages;
    private final Consumer<InetSocketAddress> gone;
    private final Map<InetSocketAddress, StreamLink> links = new LinkedHashMap<>();
    private int slice = Integer.MAX_VALUE;

    /**
     * @param messages receives each message and its connection
     * @param gone receives each connection that has ended
     */
    SimulatedTurnStreams(
            SimulatedHost host,
            InetSocketAddress local,
            BiConsumer<ByteBuffer, InetSocketAddress> messages,
            Consumer<InetSocketAddress> gone) {
        this.messages = messages;
        this.gone = gone;
        try {
            this.listener = host.listen(local, link -> new Connection());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends data in pieces of this many bytes. */
    void slice(int bytes) {
        slice = bytes;
    }

    boolean has(InetSocketAddress client) {
        return links.containsKey(client);
    }

    int open() {
        return links.size();
    }

    void send(byte[] message, InetSocketAddress client) {
        StreamLink link = links.get(client);
        byte[] padded = Arrays.copyOf(message, (message.length + 3) / 4 * 4);
        for (int at = 0; link != null && at < padded.length; at += Math.min(slice, padded.length - at)) {
            link.write(ByteBuffer.wrap(padded, at, Math.min(slice, padded.length - at)));
        }
    }

    /** Closes every connection; new ones may follow. */
    void disconnect() {
        List.copyOf(links.values()).forEach(StreamLink::close);
    }

    @Override
    public void close() {
        listener.close();
        disconnect();
    }

    private final class Connection implements StreamHandler {
        private final ByteArrayOutputStream held = new ByteArrayOutputStream();

        @Override
        public void connected(StreamLink link) {
            links.put(link.remoteAddress(), link);
        }

        @Override
        public void received(StreamLink link, ByteBuffer bytes) {
            while (bytes.hasRemaining()) {
                held.write(bytes.get());
                byte[] so = held.toByteArray();
                if (so.length >= 4 && so.length == length(so)) {
                    held.reset();
                    messages.accept(ByteBuffer.wrap(so), link.remoteAddress());
                }
            }
        }

        private int length(byte[] start) {
            int length = ByteBuffer.wrap(start).getShort(2) & 0xFFFF;
            return (start[0] & 0xC0) == 0x40 ? 4 + (length + 3) / 4 * 4 : 20 + length;
        }

        @Override
        public void closed(StreamLink link, @Nullable IOException cause) {
            links.remove(link.remoteAddress());
            gone.accept(link.remoteAddress());
        }
    }
}
