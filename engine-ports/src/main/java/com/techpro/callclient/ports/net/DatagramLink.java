// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.net;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * An open UDP socket.
 *
 * <ul>
 *   <li><b>DGL-1</b> {@link #send} never blocks and sends the bytes between position and limit. If
 *       it returns {@link SendStatus#SENT}, the position is at the limit.
 *   <li><b>DGL-2</b> A packet is delivered whole or not at all; {@code SENT} does not promise
 *       delivery.
 *   <li><b>DGL-3</b> After {@link #close} no packet is delivered, and {@code send} returns
 *       {@link SendStatus#CLOSED}.
 *   <li><b>DGL-4</b> The receiver gets the sender's address and port as seen by this socket.
 *   <li><b>DGL-5</b> If the local system refuses a packet for its size, {@code send} returns
 *       {@link SendStatus#TOO_LARGE}.
 *   <li><b>DGL-6</b> When {@code close} has returned, the port is free again. If it was called
 *       inside a callback of the network, the port is free when that callback has returned.
 * </ul>
 */
public interface DatagramLink extends AutoCloseable {
    /** Returns the address that this socket is bound to; never port 0. */
    InetSocketAddress localAddress();

    SendStatus send(ByteBuffer packet, InetSocketAddress to);

    @Override
    void close();

    /** The local result of sending a packet. */
    enum SendStatus {
        SENT,
        /** The local queue is full; the packet was dropped. */
        WOULD_BLOCK,
        TOO_LARGE,
        /** There is no route, or the destination host reported that it is unreachable. */
        UNREACHABLE,
        CLOSED
    }
}
