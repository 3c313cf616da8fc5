// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.network;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.DatagramPoller;
import com.techpro.callclient.ports.net.DatagramReceiver;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.testkit.contracts.ForwardingNetwork;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A network that loses and delays UDP packets in both directions, by a seed. Each socket, in the
 * order of opening, has its own random sequence. TCP is not impaired, because the operating system
 * hides loss there.
 */
public final class ImpairedNetwork extends ForwardingNetwork {
    private final Impairment impairment;
    private final Loop loop;
    private final long seed;
    private final AtomicLong opened = new AtomicLong();

    /**
     * Wraps a network.
     *
     * @param network closed with this
     * @param loop where late packets wait; closed with this
     */
    public ImpairedNetwork(Network network, Impairment impairment, Loop loop, long seed) {
        super(network);
        this.impairment = impairment;
        this.loop = loop;
        this.seed = seed;
    }

    @Override
    public DatagramLink openDatagram(InetSocketAddress local, DatagramReceiver receiver) throws IOException {
        var inbound = new InboundDelay(impairment, nextRandom(), loop, receiver);
        return new ImpairedLink(
                super.openDatagram(local, inbound::pushed), impairment, nextRandom(), loop, inbound::close);
    }

    @Override
    public DatagramPoller openPoller() throws IOException {
        return new ImpairedPoller(super.openPoller());
    }

    @Override
    public void close() {
        super.close();
        loop.close();
    }

    private Random nextRandom() {
        return new Random(seed * 1_000_003 + opened.getAndIncrement());
    }

    /** A later poll delivers the late packets of polled links (POLL-1). */
    private final class ImpairedPoller implements DatagramPoller {
        private final DatagramPoller poller;
        private final PolledDelay delayed = new PolledDelay(impairment, loop);

        ImpairedPoller(DatagramPoller poller) {
            this.poller = poller;
        }

        @Override
        public DatagramLink open(InetSocketAddress local, DatagramReceiver receiver) throws IOException {
            var line = delayed.line(nextRandom(), receiver);
            return new ImpairedLink(poller.open(local, line::polled), impairment, nextRandom(), loop, line::close);
        }

        @Override
        public int poll() {
            return delayed.poll(poller);
        }

        @Override
        public void close() {
            poller.close();
        }
    }
}
