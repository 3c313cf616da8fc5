// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.DatagramPoller;
import com.techpro.callclient.ports.net.DatagramReceiver;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.net.StreamAcceptor;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.ports.net.StreamListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** A good network with one fault. */
final class BrokenNetwork extends ForwardingNetwork {
    /** Faults that would ruin a phone. */
    enum Break {
        NOTHING,
        POLLER_DELIVERS_NOTHING,
        POLLER_COUNTS_NOTHING,
        POLLER_WAITS_FOR_PACKETS,
        POLLER_SLEEPS_WHEN_IT_DELIVERS,
        POLLER_CUTS_PACKETS,
        POLLER_HANDS_OUT_ALL_OF_A_FLOOD,
        RECEIVED_PACKETS_ARE_CUT,
        SENT_AFTER_CLOSE,
        POLLED_SENT_AFTER_CLOSE,
        LISTENER_ENDS_WHAT_IT_ACCEPTED,
        ACCEPTED_STREAMS_TAKE_AND_LOSE
    }

    private static final int CUT = 1_000;
    private static final Duration SLEEP = Duration.ofMillis(50);

    private final Break broken;

    BrokenNetwork(Network good, Break broken) {
        super(good);
        this.broken = broken;
    }

    @Override
    public DatagramLink openDatagram(InetSocketAddress local, DatagramReceiver receiver) throws IOException {
        DatagramReceiver hearing = broken == Break.RECEIVED_PACKETS_ARE_CUT ? cutting(receiver) : receiver;
        DatagramLink link = super.openDatagram(local, hearing);
        return broken == Break.SENT_AFTER_CLOSE ? new SentAfterClose(link) : link;
    }

    @Override
    public DatagramPoller openPoller() throws IOException {
        return new BrokenPoller(super.openPoller());
    }

    @Override
    public StreamListener listen(InetSocketAddress local, StreamAcceptor acceptor) throws IOException {
        List<StreamLink> accepted = new CopyOnWriteArrayList<>();
        StreamListener listener = super.listen(local, link -> {
            accepted.add(link);
            return acceptor.accepted(broken == Break.ACCEPTED_STREAMS_TAKE_AND_LOSE ? new LosingStream(link) : link);
        });
        return broken != Break.LISTENER_ENDS_WHAT_IT_ACCEPTED
                ? listener
                : new StreamListener() {
                    @Override
                    public InetSocketAddress localAddress() {
                        return listener.localAddress();
                    }

                    @Override
                    public void close() {
                        listener.close();
                        accepted.forEach(StreamLink::close);
                    }
                };
    }

    private static DatagramReceiver cutting(DatagramReceiver receiver) {
        return (packet, from) -> {
            if (packet.remaining() > CUT) {
                packet.limit(packet.position() + CUT);
            }
            receiver.received(packet, from);
        };
    }

    private final class BrokenPoller implements DatagramPoller {
        private final DatagramPoller good;

        BrokenPoller(DatagramPoller good) {
            this.good = good;
        }

        @Override
        public DatagramLink open(InetSocketAddress local, DatagramReceiver receiver) throws IOException {
            DatagramReceiver hearing = switch (broken) {
                case POLLER_CUTS_PACKETS -> cutting(receiver);
                case POLLER_DELIVERS_NOTHING -> (packet, from) -> {};
                default -> receiver;
            };
            DatagramLink link = good.open(local, hearing);
            return broken == Break.POLLED_SENT_AFTER_CLOSE ? new SentAfterClose(link) : link;
        }

        @Override
        public int poll() {
            int count = good.poll();
            switch (broken) {
                case POLLER_COUNTS_NOTHING -> count = 0;
                case POLLER_WAITS_FOR_PACKETS -> {
                    if (count == 0) {
                        LockSupport.parkNanos(SLEEP.toNanos());
                    }
                }
                case POLLER_SLEEPS_WHEN_IT_DELIVERS -> {
                    if (count > 0) {
                        LockSupport.parkNanos(SLEEP.toNanos());
                    }
                }
                case POLLER_HANDS_OUT_ALL_OF_A_FLOOD -> {
                    for (int more = count; more > 0; count += more) {
                        more = good.poll();
                    }
                }
                default -> {
                    // unchanged
                }
            }
            return count;
        }

        @Override
        public void close() {
            good.close();
        }
    }

    private record SentAfterClose(DatagramLink good) implements DatagramLink {
        @Override
        public InetSocketAddress localAddress() {
            return good.localAddress();
        }

        @Override
        public SendStatus send(ByteBuffer packet, InetSocketAddress to) {
            SendStatus status = good.send(packet, to);
            return status == SendStatus.CLOSED ? SendStatus.SENT : status;
        }

        @Override
        public void close() {
            good.close();
        }
    }

    private record LosingStream(StreamLink good) implements StreamLink {
        @Override
        public InetSocketAddress localAddress() {
            return good.localAddress();
        }

        @Override
        public InetSocketAddress remoteAddress() {
            return good.remoteAddress();
        }

        @Override
        public boolean write(ByteBuffer bytes) {
            bytes.position(bytes.limit());
            return true;
        }

        @Override
        public void close() {
            good.close();
        }
    }
}
