// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.jdk;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.DatagramReceiver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;

/** A UDP socket whose packets the network's thread delivers. */
final class JdkDatagramLink implements DatagramLink, IoLoop.ChannelHandler {
    // Signalling of a whole engine, or of a PBX, arrives here; the kernel limits what it does not
    // grant.
    private static final int RECEIVE_BUFFER = 1 << 20;
    private static final int MOST_IN_A_ROW = 64;

    private final JdkNetwork network;
    private final DatagramChannel channel;
    private final InetSocketAddress local;
    private final DatagramReceiver receiver;

    JdkDatagramLink(JdkNetwork network, InetSocketAddress local, DatagramReceiver receiver) throws IOException {
        this.network = network;
        this.channel = DatagramSockets.open(local, RECEIVE_BUFFER, TrafficClass.SIGNALLING);
        this.local = DatagramSockets.localAddress(channel);
        this.receiver = receiver;
    }

    void start() {
        network.io().execute(() -> {
            try {
                network.io().register(channel, SelectionKey.OP_READ, this);
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
    public SendStatus send(ByteBuffer packet, InetSocketAddress to) {
        return DatagramSockets.send(channel, packet, to);
    }

    @Override
    public void ready(SelectionKey key) throws IOException {
        for (int i = 0; i < MOST_IN_A_ROW && channel.isOpen(); i++) {
            ByteBuffer packet = network.io().buffer();
            if (!(channel.receive(packet) instanceof InetSocketAddress from)) {
                return;
            }
            ((Buffer) packet).flip();
            receiver.received(packet, from);
        }
    }

    /** An error about one packet is no reason to stop receiving others. */
    @Override
    public void failed(IOException cause) {
        if (!channel.isOpen()) {
            close();
        }
    }

    @Override
    public void close() {
        if (network.forget(this)) {
            JdkNetwork.closeQuietly(channel);
            network.io().letGo();
        }
    }
}
