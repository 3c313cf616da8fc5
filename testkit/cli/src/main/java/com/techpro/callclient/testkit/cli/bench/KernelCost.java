// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;

/** Measures the cost of only sending and receiving a packet. */
final class KernelCost {
    /** 12 bytes of RTP, 160 of G.711, 16 of AES-GCM's tag. */
    private static final int PACKET = 188;

    private static final int PACKETS_PER_SECOND = 50;
    private static final int WARM_UP_ROUNDS = 200;

    private KernelCost() {}

    /** Returns the CPU nanoseconds per call-second, with one socket per call. */
    static double nanosPerCallSecond(int calls, int seconds) throws IOException {
        List<DatagramChannel> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < calls; i++) {
                DatagramChannel socket = DatagramChannel.open();
                sockets.add(socket);
                socket.configureBlocking(false);
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            }
            List<InetSocketAddress> addresses = new ArrayList<>();
            for (DatagramChannel socket : sockets) {
                addresses.add((InetSocketAddress) socket.getLocalAddress());
            }
            rounds(sockets, addresses, WARM_UP_ROUNDS);
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadCpuTime();
            rounds(sockets, addresses, PACKETS_PER_SECOND * seconds);
            return (threads.getCurrentThreadCpuTime() - before) / (double) calls / seconds;
        } finally {
            for (DatagramChannel socket : sockets) {
                socket.close();
            }
        }
    }

    /** Each socket sends to the next, and each receives. */
    private static void rounds(List<DatagramChannel> sockets, List<InetSocketAddress> addresses, int rounds)
            throws IOException {
        ByteBuffer out = ByteBuffer.allocate(PACKET);
        ByteBuffer in = ByteBuffer.allocate(2048);
        int count = sockets.size();
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < count; i++) {
                out.clear();
                sockets.get(i).send(out, addresses.get((i + 1) % count));
            }
            for (int i = 0; i < count; i++) {
                in.clear();
                if (sockets.get(i).receive(in) == null) {
                    throw new IOException("a packet was lost on loopback");
                }
            }
        }
    }
}
