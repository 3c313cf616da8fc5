// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.network;

import com.techpro.callclient.ports.net.DatagramReceiver;
import com.techpro.callclient.ports.time.Loop;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Random;

/**
 * Loses and delays incoming packets of a pushed socket. With delay, all are delivered on the loop:
 * one call at a time (NET-2).
 */
final class InboundDelay {
    private final Impairment impairment;
    private final Random random;
    private final Loop loop;
    private final DatagramReceiver receiver;
    private volatile boolean closed;

    InboundDelay(Impairment impairment, Random random, Loop loop, DatagramReceiver receiver) {
        this.impairment = impairment;
        this.random = random;
        this.loop = loop;
        this.receiver = receiver;
    }

    void pushed(ByteBuffer packet, InetSocketAddress from) {
        if (impairment.loses(random)) {
            return;
        }
        if (impairment.jitter().isZero()) {
            receiver.received(packet, from);
            return;
        }
        ByteBuffer copy = ImpairedLink.copyOf(packet);
        var unused = loop.schedule(impairment.delay(random), () -> {
            if (!closed) {
                receiver.received(copy, from);
            }
        });
    }

    void close() {
        closed = true;
    }
}
