// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.net;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * A TCP stream, connecting or connected.
 *
 * <ul>
 *   <li><b>STR-1</b> {@link #write} copies the bytes before it returns and never blocks. Bytes
 *       arrive in order or the stream closes.
 *   <li><b>STR-2</b> Bytes written before the stream is connected are queued. After it closed,
 *       {@code write} does nothing and returns false.
 *   <li><b>STR-3</b> While more than a bounded number of bytes (at least 1 MiB) waits to be sent,
 *       {@code write} takes nothing and returns false.
 *   <li><b>STR-4</b> {@link #close} sends the bytes written before it, then ends the stream. A peer
 *       that reads nothing cannot keep it open for longer than some seconds. Other streams stay
 *       open.
 *   <li><b>STR-5</b> The handler's {@link StreamHandler#closed} is called exactly once, whichever
 *       side ended the stream, and nothing after it.
 *   <li><b>STR-6</b> When the other side ends the stream in the orderly way, it closes here as
 *       well: SIP has no half-open streams.
 * </ul>
 */
public interface StreamLink extends AutoCloseable {
    /**
     * Returns the local address; before the stream is connected, the wildcard address with port 0.
     */
    InetSocketAddress localAddress();

    InetSocketAddress remoteAddress();

    boolean write(ByteBuffer bytes);

    @Override
    void close();
}
