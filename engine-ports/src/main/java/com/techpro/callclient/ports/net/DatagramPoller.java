// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.net;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * A group of UDP sockets that the caller's own thread reads. Media runs on it.
 *
 * <ul>
 *   <li><b>POLL-1</b> Receivers are called only inside {@link #poll}, on its thread.
 *   <li><b>POLL-2</b> {@code poll} never waits. It delivers the packets that have arrived, at most
 *       a bounded number per link so that one flooded link cannot starve the others. It returns how
 *       many it delivered.
 *   <li><b>POLL-3</b> {@link #open} may be called from any thread, also while another thread polls.
 *       Only one thread at a time calls {@code poll}.
 *   <li><b>POLL-4</b> A link closed inside a receiver's callback receives nothing more, in this
 *       poll or later.
 *   <li><b>POLL-5</b> {@link #close} closes the group's links.
 * </ul>
 */
public interface DatagramPoller extends AutoCloseable {
    DatagramLink open(InetSocketAddress local, DatagramReceiver receiver) throws IOException;

    int poll();

    @Override
    void close();
}
