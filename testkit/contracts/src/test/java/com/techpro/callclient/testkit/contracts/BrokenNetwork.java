// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.DatagramPoller;
import com.techpro.callclient.ports.net.DatagramReceiver;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.net.StreamAcceptor;
import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.ports.net.StreamListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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
        POLLER_TELLS_ANOTHER_SENDER,
        POLLER_TELLS_THE_FIRST_SENDER,
        RECEIVES_500_PACKETS,
        SENDS_500_PACKETS,
        POLLER_RECEIVES_500_PACKETS,
        POLLER_SENDS_500_PACKETS,
        LISTENER_ENDS_WHAT_IT_ACCEPTED,
        ACCEPTED_STREAMS_TAKE_AND_LOSE,
        ONE_CLOSED_STREAM_CLOSES_ALL,
        SENDS_ZEROS_AFTER_A_MEBIBYTE,
        ACCEPTED_STREAMS_SEND_ZEROS_AFTER_A_MEBIBYTE
    }

    private static final int CUT = 1_000;
    private static final Duration SLEEP = Duration.ofMillis(50);

    private static final int FEW = 500;
    private static final int MEBIBYTE = 1 << 20;

    private final Break broken;
    private final List<StreamLink> connected = new CopyOnWriteArrayList<>();

    BrokenNetwork(Network good, Break broken) {
        super(good);
        this.broken = broken;
    }

    @Override
    public DatagramLink openDatagram(InetSocketAddress local, DatagramReceiver receiver) throws IOException {
        DatagramReceiver hearing = switch (broken) {
            case RECEIVED_PACKETS_ARE_CUT -> cutting(receiver);
            case RECEIVES_500_PACKETS -> stopping(receiver);
            default -> receiver;
        };
        DatagramLink link = super.openDatagram(local, hearing);
        return switch (broken) {
            case SENT_AFTER_CLOSE -> new SentAfterClose(link);
            case SENDS_500_PACKETS -> new StoppingLink(link);
            default -> link;
        };
    }

    @Override
    public StreamLink connect(InetSocketAddress remote, StreamHandler handler) {
        StreamLink link = super.connect(remote, handler);
        connected.add(link);
        return switch (broken) {
            case ONE_CLOSED_STREAM_CLOSES_ALL, SENDS_ZEROS_AFTER_A_MEBIBYTE -> new BrokenStream(link);
            default -> link;
        };
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
            return acceptor.accepted(
                    broken == Break.ACCEPTED_STREAMS_TAKE_AND_LOSE
                                    || broken == Break.ACCEPTED_STREAMS_SEND_ZEROS_AFTER_A_MEBIBYTE
                            ? new BrokenStream(link)
                            : link);
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

    private static DatagramReceiver stopping(DatagramReceiver receiver) {
        AtomicInteger packets = new AtomicInteger();
        return (packet, from) -> {
            if (packets.incrementAndGet() <= FEW) {
                receiver.received(packet, from);
            }
        };
    }

    private static DatagramReceiver withFirstSender(DatagramReceiver receiver) {
        AtomicReference<InetSocketAddress> first = new AtomicReference<>();
        return (packet, from) -> {
            first.compareAndSet(null, from);
            receiver.received(packet, first.get());
        };
    }

    private static DatagramReceiver withAnotherSender(DatagramReceiver receiver) {
        return (packet, from) ->
                receiver.received(packet, new InetSocketAddress(from.getAddress(), from.getPort() ^ 1));
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
                case POLLER_TELLS_ANOTHER_SENDER -> withAnotherSender(receiver);
                case POLLER_TELLS_THE_FIRST_SENDER -> withFirstSender(receiver);
                case POLLER_RECEIVES_500_PACKETS -> stopping(receiver);
                default -> receiver;
            };
            DatagramLink link = good.open(local, hearing);
            return switch (broken) {
                case POLLED_SENT_AFTER_CLOSE -> new SentAfterClose(link);
                case POLLER_SENDS_500_PACKETS -> new StoppingLink(link);
                default -> link;
            };
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

    private record StoppingLink(DatagramLink good, AtomicInteger packets) implements DatagramLink {
        StoppingLink(DatagramLink good) {
            this(good, new AtomicInteger());
        }

        @Override
        public InetSocketAddress localAddress() {
            return good.localAddress();
        }

        @Override
        public SendStatus send(ByteBuffer packet, InetSocketAddress to) {
            return packets.incrementAndGet() <= FEW ? good.send(packet, to) : SendStatus.SENT;
        }

        @Override
        public void close() {
            good.close();
        }
    }

    private final class BrokenStream implements StreamLink {
        private final StreamLink good;
        private int written;

        BrokenStream(StreamLink good) {
            this.good = good;
        }

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
            int length = bytes.remaining();
            boolean taken = switch (broken) {
                case ACCEPTED_STREAMS_TAKE_AND_LOSE -> true;
                case ONE_CLOSED_STREAM_CLOSES_ALL -> good.write(bytes);
                default -> good.write(written < MEBIBYTE ? bytes : ByteBuffer.allocate(length));
            };
            if (taken) {
                written += length;
                bytes.position(bytes.limit());
            }
            return taken;
        }

        @Override
        public void close() {
            good.close();
            if (broken == Break.ONE_CLOSED_STREAM_CLOSES_ALL) {
                connected.forEach(StreamLink::close);
            }
        }
    }
}
