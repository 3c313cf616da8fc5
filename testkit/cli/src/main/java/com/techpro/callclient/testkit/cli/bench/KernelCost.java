// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures the cost of only sending and receiving the packets of calls, at the pace of a media loop:
 * it wakes every 4 ms, reads what arrived since, and sends for a fifth of the calls. Without that pace
 * the sockets of a few calls would stay in the processor's cache, and the bare cost would be too low.
 */
final class KernelCost implements AutoCloseable {
    /** 12 bytes of RTP, 160 of G.711, 16 of AES-GCM's tag. */
    private static final int PACKET = 188;

    private static final int PACKETS_PER_SECOND = 50;
    private static final int SLOTS = 5;
    /** The share of packets that may be missing without a noticeable effect on the cost. */
    private static final double MOST_MISSING = 0.01;

    private static final long SLOT_NANOS = 1_000_000_000L / PACKETS_PER_SECOND / SLOTS;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final List<DatagramChannel> sockets = new ArrayList<>();
    private final List<InetSocketAddress> addresses = new ArrayList<>();
    private final ByteBuffer out = ByteBuffer.allocateDirect(PACKET);
    private final ByteBuffer in = ByteBuffer.allocateDirect(2048);

    /** Opens a socket for each call. */
    KernelCost(int calls) throws IOException {
        try {
            for (int i = 0; i < calls; i++) {
                DatagramChannel socket = DatagramChannel.open(StandardProtocolFamily.INET);
                sockets.add(socket);
                socket.configureBlocking(false);
                socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
                addresses.add((InetSocketAddress) socket.getLocalAddress());
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Returns this thread's CPU nanoseconds for a second of one call. */
    double nanosPerCallSecond(int seconds) throws IOException {
        long missing = 0;
        long before = threads.getCurrentThreadCpuTime();
        long due = System.nanoTime();
        for (int slot = 0; slot < seconds * PACKETS_PER_SECOND * SLOTS; slot++) {
            awaitTime(due);
            if (slot > 0) {
                missing += receive((slot - 1) % SLOTS);
            }
            send(slot % SLOTS);
            due += SLOT_NANOS;
        }
        missing += receive(SLOTS - 1);
        double nanos = (threads.getCurrentThreadCpuTime() - before) / (double) sockets.size() / seconds;
        if (missing > MOST_MISSING * seconds * PACKETS_PER_SECOND * sockets.size()) {
            throw new IOException("packets were lost on loopback");
        }
        return nanos;
    }

    private static void awaitTime(long due) {
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
            LockSupport.parkNanos(wait);
        }
    }

    /** Each socket of the slot sends to the next one of the same slot. */
    private void send(int slot) throws IOException {
        for (int i = slot; i < sockets.size(); i += SLOTS) {
            out.clear();
            int to = i + SLOTS < sockets.size() ? i + SLOTS : slot;
            sockets.get(i).send(out, addresses.get(to));
        }
    }

    /** Returns how many sockets had nothing to receive; on a busy machine a packet may come later. */
    private int receive(int slot) throws IOException {
        int missing = 0;
        for (int i = slot; i < sockets.size(); i += SLOTS) {
            in.clear();
            missing += sockets.get(i).receive(in) == null ? 1 : 0;
        }
        return missing;
    }

    @Override
    public void close() throws IOException {
        for (DatagramChannel socket : sockets) {
            socket.close();
        }
    }
}
