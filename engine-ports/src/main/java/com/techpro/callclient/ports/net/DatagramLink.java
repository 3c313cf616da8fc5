// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.net;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * An open UDP socket.
 *
 * <ul>
 *   <li><b>DGL-1</b> {@link #send} never blocks, sends what is between position and limit, and leaves the position at the limit
 *       when the answer is {@link SendStatus#SENT}.
 *   <li><b>DGL-2</b> A packet is delivered whole or not at all; {@code SENT} does not promise delivery.
 *   <li><b>DGL-3</b> After {@link #close} nothing is delivered and {@code send} answers {@link SendStatus#CLOSED}.
 *   <li><b>DGL-4</b> The receiver learns the sender's address and port as seen here.
 *   <li><b>DGL-5</b> A packet that the local system refuses for its size answers {@link SendStatus#TOO_LARGE}.
 *   <li><b>DGL-6</b> When {@code close} has returned, the port is free again; closed inside a callback of the network, when the
 *       callback has returned.
 * </ul>
 */
public interface DatagramLink extends AutoCloseable {
    /** Where this socket is bound; never port 0. */
    InetSocketAddress localAddress();

    SendStatus send(ByteBuffer packet, InetSocketAddress to);

    @Override
    void close();

    /** What became of a packet, locally. */
    enum SendStatus {
        SENT,
        /** The local queue is full; the packet was dropped. */
        WOULD_BLOCK,
        TOO_LARGE,
        /** No route, or the destination's host said so. */
        UNREACHABLE,
        CLOSED
    }
}
