// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.network;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.time.Loop;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Random;

/** A UDP socket that loses and delays outgoing packets. */
final class ImpairedLink implements DatagramLink {
    private final DatagramLink link;
    private final Impairment impairment;
    private final Random random;
    private final Loop loop;
    private final Runnable closeInbound;
    private volatile boolean closed;

    ImpairedLink(DatagramLink link, Impairment impairment, Random random, Loop loop, Runnable closeInbound) {
        this.link = link;
        this.impairment = impairment;
        this.random = random;
        this.loop = loop;
        this.closeInbound = closeInbound;
    }

    @Override
    public InetSocketAddress localAddress() {
        return link.localAddress();
    }

    @Override
    public SendStatus send(ByteBuffer packet, InetSocketAddress to) {
        if (closed) {
            return SendStatus.CLOSED;
        }
        if (impairment.loses(random)) {
            packet.position(packet.limit());
            return SendStatus.SENT;
        }
        if (impairment.jitter().isZero()) {
            return link.send(packet, to);
        }
        ByteBuffer copy = copyOf(packet);
        packet.position(packet.limit());
        var unused = loop.schedule(impairment.delay(random), () -> link.send(copy, to));
        return SendStatus.SENT;
    }

    @Override
    public void close() {
        closed = true;
        closeInbound.run();
        link.close();
    }

    static ByteBuffer copyOf(ByteBuffer packet) {
        ByteBuffer copy = ByteBuffer.allocate(packet.remaining());
        copy.put(packet.duplicate()).flip();
        return copy;
    }
}
