// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.jdk;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.DatagramPoller;
import com.techpro.callclient.ports.net.DatagramReceiver;
import com.techpro.callclient.stack.log.Loggers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * UDP sockets that the caller's thread reads.
 *
 * <p>A round reads one packet from each socket that has some. A round costs one system call for the
 * group; reading each socket until it is empty would cost one more per socket.
 */
final class JdkPoller implements DatagramPoller {
    private static final int MOST_PER_LINK = 32;
    // More than a second of one call's packets, in case the poller's thread is held up.
    private static final int RECEIVE_BUFFER = 1 << 17;
    private static final int LARGEST_PACKET = 1 << 16;

    private final JdkNetwork network;
    private final Selector selector;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    // Direct: the JDK would receive into one of its own first, and copy.
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST_PACKET);
    // A closed channel keeps its port until its selector has run once more; the holder of this lock
    // ensures that.
    private final ReentrantLock polling = new ReentrantLock();
    private final AtomicBoolean someClosed = new AtomicBoolean();
    private volatile boolean closed;

    JdkPoller(JdkNetwork network) throws IOException {
        this.network = network;
        this.selector = Selector.open();
    }

    @Override
    public DatagramLink open(InetSocketAddress local, DatagramReceiver receiver) throws IOException {
        var link = new Link(local, receiver);
        links.add(link);
        network.remember(link);
        try {
            link.channel.register(selector, SelectionKey.OP_READ, link);
        } catch (ClosedSelectorException e) {
            link.close();
            throw new IOException("the poller is closed", e);
        }
        if (closed) {
            link.close();
            throw new IOException("the poller is closed");
        }
        return link;
    }

    @Override
    public int poll() {
        int count = 0;
        polling.lock();
        try {
            for (int round = 0; round < MOST_PER_LINK; round++) {
                int packets = pollOnce();
                count += packets;
                if (packets == 0) {
                    break;
                }
            }
        } catch (ClosedSelectorException | IOException e) {
            // Closed meanwhile: there is nothing to deliver.
            return count;
        } finally {
            polling.unlock();
        }
        tidy();
        return count;
    }

    @Override
    public void close() {
        if (network.forget(this)) {
            links.forEach(Link::close);
            closed = true;
            tidy();
        }
    }

    private int pollOnce() throws IOException {
        selector.selectNow();
        Set<SelectionKey> ready = selector.selectedKeys();
        if (ready.isEmpty()) {
            return 0;
        }
        int count = 0;
        Iterator<SelectionKey> keys = ready.iterator();
        while (keys.hasNext()) {
            SelectionKey key = keys.next();
            keys.remove();
            if (key.attachment() instanceof Link link && link.receive()) {
                count++;
            }
        }
        return count;
    }

    /**
     * Releases closed channels, unless another thread is polling: that one does it when it has
     * finished.
     */
    private void tidy() {
        while (isUntidy() && !polling.isHeldByCurrentThread() && polling.tryLock()) {
            try {
                if (closed) {
                    selector.close();
                } else if (someClosed.getAndSet(false)) {
                    selector.selectNow();
                }
            } catch (IOException e) {
                Loggers.NETWORK.warn("a selector failed: {}", e.getClass().getName());
                return;
            } finally {
                polling.unlock();
            }
        }
    }

    private boolean isUntidy() {
        return selector.isOpen() && (closed || someClosed.get());
    }

    private final class Link implements DatagramLink {
        private final DatagramChannel channel;
        private final InetSocketAddress local;
        private final DatagramReceiver receiver;

        Link(InetSocketAddress local, DatagramReceiver receiver) throws IOException {
            this.channel = DatagramSockets.open(local, RECEIVE_BUFFER, TrafficClass.VOICE);
            this.local = DatagramSockets.localAddress(channel);
            this.receiver = receiver;
        }

        @Override
        public InetSocketAddress localAddress() {
            return local;
        }

        @Override
        public SendStatus send(ByteBuffer packet, InetSocketAddress to) {
            return DatagramSockets.send(channel, packet, to);
        }

        @Override
        public void close() {
            if (network.forget(this)) {
                links.remove(this);
                JdkNetwork.closeQuietly(channel);
                someClosed.set(true);
                tidy();
            }
        }

        /** Delivers one packet, and returns whether there was one. */
        private boolean receive() {
            if (!channel.isOpen()) {
                return false;
            }
            ((Buffer) buffer).clear();
            try {
                if (!(channel.receive(buffer) instanceof InetSocketAddress from)) {
                    return false;
                }
                ((Buffer) buffer).flip();
                receiver.received(buffer, from);
            } catch (IOException e) {
                // A bad packet, or closed meanwhile; the other sockets must not suffer.
                return false;
            }
            return true;
        }
    }
}
