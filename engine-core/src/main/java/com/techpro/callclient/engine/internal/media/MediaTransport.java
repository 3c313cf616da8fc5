// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media;

import com.techpro.callclient.engine.internal.ice.IceAttributes;
import com.techpro.callclient.engine.internal.ice.PacketClass;
import com.techpro.callclient.ports.net.DatagramLink.SendStatus;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of one stream: by which of them a packet leaves, and what a packet is that arrives (RFC 7983). On the media loop alone, but for its making.
 *
 * <pre>
 *   first byte           is                    goes to
 *   0 to 3, 64 to 79     STUN, TURN channel    ICE, where the stream has it
 *   20 to 63             DTLS                  the stream's handshake
 *   any other            RTP or RTCP, or bad   the stream, which tells the two apart where they share a port, and counts what is bad
 * </pre>
 *
 * What leaves goes by the socket, or the relay, of the pair that ICE selected; without ICE by the first socket.
 */
final class MediaTransport {
    /** How long what is sent to a former address is heard: the other side has to hear of the new one, by a request that may need repeating. */
    static final long RETIREMENT_NANOS = 5_000_000_000L;
    /** How long servers are given to take relays back. */
    private static final long RELEASE_NANOS = 2_000_000_000L;
    /** More former sockets are not kept, however often an address changes. */
    private static final int MAX_RETIRED = 4;

    /** Takes what arrives, and is told where to send. */
    interface Receiver {
        /** A packet on the port of RTP, which may be RTCP where both share it. */
        void rtpPort(ByteBuffer packet, InetSocketAddress from);

        /** A packet on the port of RTCP. */
        void rtcpPort(ByteBuffer packet, InetSocketAddress from);

        /** A DTLS record or several, on the port of that component. */
        void dtls(int component, ByteBuffer packet, InetSocketAddress from);

        /** ICE says where the component is sent; null is nowhere. */
        void selected(int component, @Nullable InetSocketAddress remote);

        /** The other side does without ICE. */
        void iceStopped();
    }

    private final Receiver receiver;
    private final List<MediaLink> links = new ArrayList<>(2);
    private final List<MediaLink> retired = new ArrayList<>(0);
    private @Nullable IceTransport ice;
    /** By which RTP leaves, unless {@link #rtpRelay} is there. */
    private MediaLink rtp;
    /** By which RTCP leaves that has a port of its own. */
    private @Nullable MediaLink rtcp;

    private @Nullable IceTransport rtpRelay;
    private @Nullable IceTransport rtcpRelay;
    private long retiredAt;
    private long releasedAt;

    /** @param pairs each of a socket for RTP and one for RTCP; the first is used without ICE */
    MediaTransport(Receiver receiver, List<MediaLink[]> pairs) {
        this.receiver = receiver;
        rtp = pairs.get(0)[0];
        rtcp = pairs.get(0)[1];
        add(pairs);
    }

    private void add(List<MediaLink[]> pairs) {
        for (MediaLink[] pair : pairs) {
            links.addAll(List.of(pair));
        }
    }

    /** Before {@link #start}. */
    void use(IceTransport transport) {
        ice = transport;
    }

    @Nullable
    IceTransport ice() {
        return ice;
    }

    /** Whether pairs decide where media goes. */
    boolean usesIce() {
        return ice != null && !ice.isStopped();
    }

    /** Whether ICE has found that the component can go there and back. */
    boolean isValid(int component, InetSocketAddress remote) {
        return ice != null && ice.isValid(component, remote);
    }

    void start() {
        links.forEach(link -> link.attach(this));
        if (ice != null) {
            ice.start(links);
        }
    }

    void received(MediaLink link, ByteBuffer packet, InetSocketAddress from) {
        PacketClass kind = PacketClass.of(packet);
        IceTransport agent = ice;
        if (agent != null && (kind == PacketClass.STUN || kind == PacketClass.TURN_CHANNEL)) {
            agent.received(link, packet, from);
        } else {
            deliver(link.component(), kind, packet, from);
        }
    }

    /** A packet that came through a relay. */
    void received(int component, ByteBuffer packet, InetSocketAddress from) {
        deliver(component, PacketClass.of(packet), packet, from);
    }

    private void deliver(int component, PacketClass kind, ByteBuffer packet, InetSocketAddress from) {
        if (kind == PacketClass.DTLS) {
            receiver.dtls(component, packet, from);
        } else if (component == MediaLink.RTP) {
            receiver.rtpPort(packet, from);
        } else {
            receiver.rtcpPort(packet, from);
        }
    }

    SendStatus sendRtp(ByteBuffer packet, InetSocketAddress to) {
        IceTransport relay = rtpRelay;
        return relay == null ? rtp.send(packet, to) : relay.send(MediaLink.RTP, packet, to);
    }

    /** From the port of RTCP, if there still is one. */
    SendStatus sendRtcp(ByteBuffer packet, InetSocketAddress to) {
        IceTransport relay = rtcpRelay;
        if (relay != null) {
            return relay.send(MediaLink.RTCP, packet, to);
        }
        MediaLink second = rtcp;
        return second == null ? sendRtp(packet, to) : second.send(packet, to);
    }

    /** RTCP shares the port of RTP from now on (RFC 5761); until then it may have used its own. */
    void multiplex() {
        if (ice != null) {
            ice.multiplex();
        }
        for (MediaLink link : List.copyOf(links)) {
            if (link.component() == MediaLink.RTCP && (ice == null || !ice.uses(link))) {
                link.close();
                links.remove(link);
                rtcp = link.equals(rtcp) ? null : rtcp;
            }
        }
    }

    /** Offers other sockets from now on, and hears the former ones a little longer. Without ICE the first of them sends. */
    void moveTo(List<MediaLink[]> pairs, long now) {
        List<MediaLink> former = List.copyOf(links);
        links.clear();
        add(pairs);
        links.forEach(link -> link.attach(this));
        retiredAt = now;
        former.forEach(this::retire);
        IceTransport agent = ice;
        if (agent == null || agent.isStopped()) {
            rtp = pairs.get(0)[0];
            rtcp = pairs.get(0)[1];
        }
        if (agent != null) {
            agent.move(links, former);
        }
    }

    /** Those that are not retired. */
    List<MediaLink> links() {
        return links;
    }

    /** The other side's description. */
    void remoteIce(IceAttributes theirs) {
        if (ice != null) {
            ice.remote(theirs);
        }
    }

    /** Whether media may go where the signalling says although ICE has found no pair yet. */
    boolean doubtsIce(@Nullable InetSocketAddress rtp) {
        return ice != null && ice.doubts(rtp);
    }

    void restartIce() {
        if (ice != null) {
            ice.restart(links);
        }
    }

    private void retire(MediaLink link) {
        if (retired.size() >= MAX_RETIRED) {
            retired.stream().filter(old -> !isSending(old)).findFirst().ifPresent(this::closeRetired);
        }
        retired.add(link);
    }

    private boolean isSending(MediaLink link) {
        return usesIce() && (link.equals(rtp) || link.equals(rtcp));
    }

    private void closeRetired(MediaLink link) {
        retired.remove(link);
        if (ice != null) {
            ice.remove(link);
        }
        link.close();
    }

    /** The pair whose packets leave from this base carries the component. */
    void selected(int component, InetSocketAddress base, InetSocketAddress remote) {
        MediaLink link = find(base);
        IceTransport relay = link == null ? ice : null;
        if (component == MediaLink.RTP) {
            rtpRelay = relay;
            rtp = link == null ? rtp : link;
        } else {
            rtcpRelay = relay;
            rtcp = link == null ? rtcp : link;
        }
        receiver.selected(component, remote);
    }

    /** Nothing may be sent of the component. */
    void unselected(int component) {
        if (component == MediaLink.RTP) {
            rtpRelay = null;
            rtp = first(component, rtp);
        } else {
            rtcpRelay = null;
            rtcp = rtcp == null ? null : first(component, rtcp);
        }
        receiver.selected(component, null);
    }

    /**
     * The other side does without ICE.
     *
     * @param relayed whether the default candidate is one of a relay
     * @param base of the default candidate, or null
     */
    void iceStopped(boolean relayed, @Nullable InetSocketAddress base) {
        MediaLink link = base == null ? null : find(base);
        rtp = link == null ? first(MediaLink.RTP, rtp) : link;
        rtpRelay = relayed ? ice : null;
        rtcpRelay = rtpRelay;
        receiver.iceStopped();
    }

    private @Nullable MediaLink find(InetSocketAddress base) {
        for (MediaLink link : links) {
            if (link.localAddress().equals(base)) {
                return link;
            }
        }
        for (MediaLink link : retired) {
            if (link.localAddress().equals(base)) {
                return link;
            }
        }
        return null;
    }

    private MediaLink first(int component, MediaLink otherwise) {
        return links.stream()
                .filter(link -> link.component() == component)
                .findFirst()
                .orElse(otherwise);
    }

    /** Called once a frame. */
    void serve(long now) {
        if (ice != null) {
            ice.serve();
        }
        if (!retired.isEmpty() && now - retiredAt >= RETIREMENT_NANOS) {
            for (MediaLink link : List.copyOf(retired)) {
                if (!isSending(link)) {
                    closeRetired(link);
                }
            }
        }
    }

    /** Gives relays back, for which the sockets are needed. */
    void release(long now) {
        releasedAt = now + RELEASE_NANOS;
        if (ice != null) {
            ice.close();
        }
    }

    boolean isReleased(long now) {
        return ice == null || ice.isReleased() || now - releasedAt >= 0;
    }

    void close() {
        if (ice != null) {
            ice.dispose();
        }
        links.forEach(MediaLink::close);
        retired.forEach(MediaLink::close);
    }
}
