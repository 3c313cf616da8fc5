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
 *   <li><b>NET-1</b> No method blocks on the network. Connecting and resolving report their results
 *       later.
 *   <li><b>NET-2</b> Callbacks of one link run one at a time, in order, on a thread of the network;
 *       they must not block. The buffers they are given are valid only until they return.
 *   <li><b>NET-3</b> Port 0 in a local address selects a free port; {@code localAddress()} returns
 *       it.
 *   <li><b>NET-4</b> Opening at a local address that is in use, or not one of this host, throws
 *       {@link IOException}.
 *   <li><b>NET-5</b> Methods may be called from any thread.
 *   <li><b>NET-6</b> {@link #close} closes every link opened through it; closing twice does
 *       nothing.
 *   <li><b>NET-7</b> {@link #openLinks} counts the links, listeners and pollers that are not closed
 *       yet.
 *   <li><b>NET-8</b> Sockets can be opened at each of {@link #addresses}. None of them is a
 *       loopback or link-local address.
 * </ul>
 */
public interface Network extends AutoCloseable {
    /**
     * Opens a UDP socket that pushes packets to the receiver. For signalling; packets carry its
     * DSCP mark (RFC 4594) if possible.
     */
    DatagramLink openDatagram(InetSocketAddress local, DatagramReceiver receiver) throws IOException;

    /**
     * Opens a group of UDP sockets that the caller polls; see {@link DatagramPoller}. For voice;
     * packets carry its DSCP mark (RFC 4594) if possible.
     */
    DatagramPoller openPoller() throws IOException;

    /**
     * Starts connecting a TCP stream. Then calls {@link StreamHandler#connected} or
     * {@link StreamHandler#closed}, never inside this call.
     */
    StreamLink connect(InetSocketAddress remote, StreamHandler handler);

    /** Listens for TCP streams. */
    StreamListener listen(InetSocketAddress local, StreamAcceptor acceptor) throws IOException;

    /** Returns the resolver of this network. */
    Resolver resolver();

    /**
     * Returns the local address that packets to the given destination would leave from.
     *
     * @throws IOException if there is no route
     */
    InetAddress localAddressFor(InetSocketAddress remote) throws IOException;

    /** Returns the addresses at which others may reach this host, as far as known. */
    default List<InetAddress> addresses() {
        return List.of();
    }

    /** Returns the number of links, listeners and pollers not closed yet; for leak checks. */
    int openLinks();

    @Override
    void close();
}
