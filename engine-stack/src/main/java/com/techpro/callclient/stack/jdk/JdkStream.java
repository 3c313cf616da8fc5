// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.jdk;

import com.techpro.callclient.ports.net.StreamAcceptor;
import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.stack.log.Loggers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A TCP stream served by the network's thread.
 *
 * <p>Writers on other threads pass their bytes to the kernel directly, and queue only what it does
 * not take.
 */
final class JdkStream implements StreamLink, IoLoop.ChannelHandler {
    /** STR-3 requires at least this. */
    private static final int MOST_WAITING = 1 << 20;
    /** STR-4: how long to wait for a peer that reads nothing. */
    private static final Duration LINGER = Duration.ofSeconds(5);

    private static final int MOST_DISCARDED = 16;
    private static final InetSocketAddress UNBOUND = new InetSocketAddress("0.0.0.0", 0);

    private final JdkNetwork network;
    private final InetSocketAddress remote;
    private final Object lock = new Object();
    // Guarded by lock: writers and the network's thread share it.
    private final ArrayDeque<ByteBuffer> queue = new ArrayDeque<>(1);
    private int waiting;
    private boolean connected;
    private boolean closing;
    // Owned by the network's thread.
    private @Nullable SelectionKey key;
    private @Nullable StreamHandler handler;
    private IoLoop.@Nullable SelectorTimer linger;
    private boolean ended;

    private volatile @Nullable SocketChannel channel;
    private volatile InetSocketAddress local = UNBOUND;

    JdkStream(JdkNetwork network, InetSocketAddress remote, @Nullable StreamHandler handler) {
        this.network = network;
        this.remote = remote;
        this.handler = handler;
    }

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return remote;
    }

    @Override
    public boolean write(ByteBuffer bytes) {
        synchronized (lock) {
            if (closing || waiting > MOST_WAITING) {
                return false;
            }
            SocketChannel open = channel;
            if (connected && queue.isEmpty() && open != null) {
                try {
                    open.write(bytes);
                } catch (IOException e) {
                    closing = true;
                    network.io().execute(() -> end(e));
                    return false;
                }
            }
            if (bytes.hasRemaining()) {
                ByteBuffer copy = ByteBuffer.allocate(bytes.remaining());
                copy.put(bytes);
                ((Buffer) copy).flip();
                waiting += copy.remaining();
                queue.add(copy);
                if (connected && queue.size() == 1) {
                    network.io().execute(this::awaitWritable);
                }
            }
            return true;
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            if (closing) {
                return;
            }
            closing = true;
        }
        network.io().execute(this::finish);
    }

    /** Starts connecting. On the network's thread, like everything below. */
    void connect() {
        if (ended) {
            return;
        }
        try {
            if (remote.isUnresolved()) {
                throw new UnknownHostException("unresolved address");
            }
            SocketChannel opened = SocketChannel.open();
            channel = opened;
            prepare(opened);
            if (opened.connect(remote)) {
                opened(opened, SelectionKey.OP_READ);
            } else {
                key = network.io().register(opened, SelectionKey.OP_CONNECT, this);
            }
        } catch (IOException e) {
            end(e);
        } catch (RuntimeException e) {
            end(new IOException("cannot connect", e));
        }
    }

    /** Takes over an accepted channel. */
    void accepted(SocketChannel taken, StreamAcceptor acceptor) {
        channel = taken;
        try {
            handler = acceptor.accepted(this);
            prepare(taken);
            opened(taken, SelectionKey.OP_READ);
        } catch (IOException e) {
            end(e);
        } catch (RuntimeException e) {
            Loggers.NETWORK.error(
                    "a new stream's handler failed: {}", e.getClass().getName());
            end(new IOException("its handler failed", e));
        }
    }

    @Override
    public void ready(SelectionKey ready) throws IOException {
        SocketChannel open = channel;
        if (ended || open == null) {
            return;
        }
        if (ready.isConnectable()) {
            open.finishConnect();
            opened(open, SelectionKey.OP_READ);
            return;
        }
        if (ready.isReadable()) {
            read(open);
        }
        if (!ended && ready.isValid() && ready.isWritable()) {
            flush(open);
        }
    }

    @Override
    public void failed(IOException cause) {
        end(cause);
    }

    private static void prepare(SocketChannel opened) throws IOException {
        opened.configureBlocking(false);
        // Requests are small and wait for answers: Nagle's algorithm would only delay them.
        opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
        TrafficClass.SIGNALLING.mark(opened);
    }

    private void opened(SocketChannel open, int interest) throws IOException {
        local = (InetSocketAddress) open.getLocalAddress();
        SelectionKey current = key;
        if (current == null) {
            key = network.io().register(open, interest, this);
        } else {
            current.interestOps(interest);
        }
        boolean closedEarly;
        synchronized (lock) {
            closedEarly = closing;
            if (!closedEarly) {
                // Writers may write from here on; what they queued before is sent first, below.
                connected = true;
            }
        }
        if (!closedEarly && handler != null) {
            handler.connected(this);
        }
        if (!ended) {
            flush(open);
        }
    }

    private void read(SocketChannel open) throws IOException {
        ByteBuffer bytes = network.io().buffer();
        int count = open.read(bytes);
        if (count < 0) {
            end(null);
            return;
        }
        synchronized (lock) {
            if (closing) {
                return;
            }
        }
        if (count > 0 && handler != null) {
            ((Buffer) bytes).flip();
            handler.received(this, bytes);
        }
    }

    private void awaitWritable() {
        SelectionKey current = key;
        if (!ended && current != null && current.isValid()) {
            current.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    private void flush(SocketChannel open) throws IOException {
        boolean done = false;
        synchronized (lock) {
            for (ByteBuffer next = queue.peek(); next != null; next = queue.peek()) {
                waiting -= open.write(next);
                if (next.hasRemaining()) {
                    break;
                }
                queue.remove();
            }
            connected = true;
            if (queue.isEmpty()) {
                done = closing;
                SelectionKey current = key;
                if (current != null && current.isValid()) {
                    current.interestOps(SelectionKey.OP_READ);
                }
            } else {
                awaitWritable();
            }
        }
        if (done) {
            end(null);
        }
    }

    /** Ends the stream once all written bytes are sent. */
    private void finish() {
        boolean sent;
        synchronized (lock) {
            sent = queue.isEmpty();
        }
        if (sent) {
            end(null);
        } else if (!ended) {
            linger = network.io().after(LINGER, () -> end(null));
        }
    }

    private void end(@Nullable IOException cause) {
        if (ended) {
            return;
        }
        ended = true;
        synchronized (lock) {
            closing = true;
            queue.clear();
            waiting = 0;
        }
        network.io().cancel(linger);
        SocketChannel open = channel;
        if (open != null) {
            discardUnread(open);
            JdkNetwork.closeQuietly(open);
        }
        network.forget(this);
        if (handler != null) {
            handler.closed(this, cause);
        }
    }

    // Closing with unread bytes would reset the stream and lose the last bytes sent.
    private void discardUnread(SocketChannel open) {
        try {
            boolean more = open.isConnected() && !open.isBlocking();
            for (int i = 0; i < MOST_DISCARDED && more; i++) {
                more = open.read(network.io().buffer()) > 0;
            }
        } catch (IOException e) {
            // The stream ends anyway; its cause is known.
            return;
        }
    }
}
