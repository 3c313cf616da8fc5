// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.net;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * A TCP stream, connecting or connected.
 *
 * <ul>
 *   <li><b>STR-1</b> {@link #write} copies the bytes before it returns and never blocks; bytes arrive in order or the stream closes.
 *   <li><b>STR-2</b> Writing before the stream is connected queues; writing after it closed does nothing and answers false.
 *   <li><b>STR-3</b> When more than a bounded number of bytes (at least 1 MiB) waits to be sent, {@code write} takes nothing and
 *       answers false.
 *   <li><b>STR-4</b> {@link #close} sends what was written before it, then ends the stream; a peer that takes nothing cannot hold
 *       it open for longer than some seconds.
 *   <li><b>STR-5</b> The handler hears {@link StreamHandler#closed} exactly once, whoever ended the stream, and nothing after it.
 *   <li><b>STR-6</b> The other side's orderly end closes the stream here as well: SIP knows no half-open streams.
 * </ul>
 */
public interface StreamLink extends AutoCloseable {
    /** The local end; before the stream is connected, the wildcard address with port 0. */
    InetSocketAddress localAddress();

    InetSocketAddress remoteAddress();

    boolean write(ByteBuffer bytes);

    @Override
    void close();
}
