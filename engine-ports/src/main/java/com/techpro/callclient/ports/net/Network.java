// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Opens the engine's sockets. Clauses, each tested by {@code NetworkContract}:
 *
 * <ul>
 *   <li><b>NET-1</b> No method blocks on the network; connecting and resolving answer later.
 *   <li><b>NET-2</b> Callbacks of one link run one at a time, in order, on a thread of the network; they must not block. What
 *       they are handed (buffers) is theirs only until they return.
 *   <li><b>NET-3</b> Port 0 in a local address means: choose a free one; {@code localAddress()} then tells which.
 *   <li><b>NET-4</b> A local address that is in use, or not this host's, is an {@link IOException} at opening.
 *   <li><b>NET-5</b> Methods may be called from any thread.
 *   <li><b>NET-6</b> {@link #close} closes every link opened through it; closing twice does nothing.
 *   <li><b>NET-7</b> {@link #openLinks} counts links, listeners and pollers that are not closed yet.
 *   <li><b>NET-8</b> Sockets can be opened at each of {@link #addresses}, and none of them is a loopback or link-local address.
 * </ul>
 */
public interface Network extends AutoCloseable {
    /** Opens a UDP socket whose packets are pushed to the receiver: for signalling, and to be marked as such (RFC 4594) where that can be. */
    DatagramLink openDatagram(InetSocketAddress local, DatagramReceiver receiver) throws IOException;

    /** Opens a group of UDP sockets that the caller polls: for voice, and to be marked as such where that can be; see {@link DatagramPoller}. */
    DatagramPoller openPoller() throws IOException;

    /**
     * Starts connecting a TCP stream. The handler hears {@link StreamHandler#connected} or {@link StreamHandler#closed}, never
     * inside this call.
     */
    StreamLink connect(InetSocketAddress remote, StreamHandler handler);

    /** Accepts TCP streams. */
    StreamListener listen(InetSocketAddress local, StreamAcceptor acceptor) throws IOException;

    /** Name resolution of this network. */
    Resolver resolver();

    /**
     * The local address that packets to the given destination would leave from.
     *
     * @throws IOException if there is no route
     */
    InetAddress localAddressFor(InetSocketAddress remote) throws IOException;

    /** The addresses of this host that others may reach it at, as far as they can be told. */
    default List<InetAddress> addresses() {
        return List.of();
    }

    /** Links, listeners and pollers not closed yet; for leak checks. */
    int openLinks();

    @Override
    void close();
}
