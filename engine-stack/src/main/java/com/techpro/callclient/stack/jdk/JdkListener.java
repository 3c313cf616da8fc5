// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.jdk;

import com.techpro.callclient.ports.net.StreamAcceptor;
import com.techpro.callclient.ports.net.StreamListener;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A TCP server socket served by the network's thread. */
final class JdkListener implements StreamListener, IoLoop.ChannelHandler {
    private static final int BACKLOG = 1024;
    private static final int MOST_IN_A_ROW = 16;
    // Without free descriptors, the waiting connection stays ready for ever; the pause prevents
    // spinning.
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(200);

    private final JdkNetwork network;
    private final ServerSocketChannel channel;
    private final InetSocketAddress local;
    private final StreamAcceptor acceptor;
    private @Nullable SelectionKey key;

    JdkListener(JdkNetwork network, InetSocketAddress local, StreamAcceptor acceptor) throws IOException {
        this.network = network;
        this.acceptor = acceptor;
        if (local.isUnresolved()) {
            throw new BindException("the local address is not resolved");
        }
        this.channel = ServerSocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.bind(local, BACKLOG);
            this.local = (InetSocketAddress) channel.getLocalAddress();
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    void start() {
        network.io().execute(() -> {
            try {
                key = network.io().register(channel, SelectionKey.OP_ACCEPT, this);
            } catch (IOException e) {
                close();
            }
        });
    }

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public void ready(SelectionKey ready) throws IOException {
        for (int i = 0; i < MOST_IN_A_ROW && channel.isOpen(); i++) {
            SocketChannel taken = channel.accept();
            if (taken == null) {
                return;
            }
            var stream = new JdkStream(network, (InetSocketAddress) taken.getRemoteAddress(), null);
            network.remember(stream);
            stream.accepted(taken, acceptor);
        }
    }

    @Override
    public void failed(IOException cause) {
        accepting(0);
        network.io().after(PAUSE_AFTER_FAILURE, () -> accepting(SelectionKey.OP_ACCEPT));
    }

    @Override
    public void close() {
        if (network.forget(this)) {
            JdkNetwork.closeQuietly(channel);
            network.io().letGo();
        }
    }

    private void accepting(int interest) {
        SelectionKey current = key;
        if (current != null && current.isValid()) {
            current.interestOps(interest);
        }
    }
}
