// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.DatagramPoller;
import com.techpro.callclient.ports.net.DatagramReceiver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A group of polled sockets of a {@link SimulatedHost}. */
final class SimulatedPoller implements DatagramPoller {
    private static final int MOST_PER_LINK = 32;

    private final SimulatedHost host;
    private final Set<SimulatedDatagramLink> links = new LinkedHashSet<>();
    private boolean closed;

    SimulatedPoller(SimulatedHost host) {
        this.host = host;
    }

    @Override
    public DatagramLink open(InetSocketAddress local, DatagramReceiver receiver) throws IOException {
        if (closed) {
            throw new IOException("the poller is closed");
        }
        SimulatedDatagramLink link = host.open(local, receiver, this);
        links.add(link);
        return link;
    }

    @Override
    public int poll() {
        int count = 0;
        for (SimulatedDatagramLink link : List.copyOf(links)) {
            count += link.poll(MOST_PER_LINK);
        }
        return count;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            List.copyOf(links).forEach(SimulatedDatagramLink::close);
            host.closed(this);
        }
    }

    void closed(SimulatedDatagramLink link) {
        links.remove(link);
    }
}
