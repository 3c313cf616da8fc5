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
import java.util.function.Consumer;

/** A group of polled sockets of a {@link SimulatedHost}. */
final class SimulatedPoller implements DatagramPoller {
    private static final int MOST_PER_LINK = 32;

    private final Binder binder;
    private final Consumer<SimulatedPoller> ended;
    private final Set<SimulatedDatagramLink> links = new LinkedHashSet<>();
    private boolean closed;

    /** Opens a polled socket. */
    interface Binder {
        SimulatedDatagramLink open(InetSocketAddress local, DatagramReceiver receiver) throws IOException;
    }

    SimulatedPoller(Binder binder, Consumer<SimulatedPoller> ended) {
        this.binder = binder;
        this.ended = ended;
    }

    @Override
    public DatagramLink open(InetSocketAddress local, DatagramReceiver receiver) throws IOException {
        if (closed) {
            throw new IOException("the poller is closed");
        }
        SimulatedDatagramLink link = binder.open(local, receiver);
        links.add(link);
        return link;
    }

    @Override
    public int poll() {
        int count = 0;
        links.removeIf(SimulatedDatagramLink::isClosed);
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
            ended.accept(this);
        }
    }
}
