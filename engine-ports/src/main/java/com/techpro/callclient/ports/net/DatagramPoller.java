// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.net;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * A group of UDP sockets read by the caller's own thread: what media runs on.
 *
 * <ul>
 *   <li><b>POLL-1</b> Receivers are called only inside {@link #poll}, on its thread.
 *   <li><b>POLL-2</b> {@code poll} never waits: it hands out what has arrived (at most a bounded number of packets a link, so that
 *       one flooded link cannot starve the others) and returns how many packets that was.
 *   <li><b>POLL-3</b> {@link #open} may be called from any thread, also while another polls. {@code poll} is called by one thread at
 *       a time.
 *   <li><b>POLL-4</b> A link closed inside a receiver's callback gets nothing more, from this poll or later.
 *   <li><b>POLL-5</b> {@link #close} closes the group's links.
 * </ul>
 */
public interface DatagramPoller extends AutoCloseable {
    DatagramLink open(InetSocketAddress local, DatagramReceiver receiver) throws IOException;

    int poll();

    @Override
    void close();
}
