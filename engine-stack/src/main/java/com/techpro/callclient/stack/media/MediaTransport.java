// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.ports.net.DatagramLink.SendStatus;
import com.techpro.callclient.stack.ice.IceAttributes;
import com.techpro.callclient.stack.ice.PacketClass;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of one stream. It chooses the socket for outgoing packets and classifies incoming
 * ones (RFC 7983). Belongs to the media loop, except for its construction.
 *
 * <pre>
 *   first byte           is                    goes to
 *   0 to 3, 64 to 79     STUN, TURN channel    ICE, where the stream has it
 *   20 to 63             DTLS                  the stream's handshake
 *   any other            RTP or RTCP, or bad   the stream, which tells the two apart where they share a port, and counts what is bad
 * </pre>
 *
 * With ICE, packets leave by the socket or relay of the selected pair, apart from handshakes
 * ({@link #answerDtls}); without ICE, by the first socket.
 */
final class MediaTransport {
    /**
     * How long packets to a former address are accepted: the other side must first learn the new
     * one, by a request that may need retransmission.
     */
    static final long RETIREMENT_NANOS = 5_000_000_000L;
    /** How long to wait for servers to take back their relays. */
    private static final long RELEASE_NANOS = 2_000_000_000L;
    /** The most former sockets kept, however often the address changes. */
    private static final int MAX_RETIRED = 4;
    /** A handshake that has heard nothing for longer may have lost its path. */
    private static final long PATH_NANOS = 3_000_000_000L;

    /** What ICE gives at any time. */
    sealed interface IceOutcome {
        /**
         * @param remote the destination of the component; null for none
         */
        record Selected(int component, @Nullable InetSocketAddress remote) implements IceOutcome {}

        /** The other side does not use ICE. */
        record Stopped() implements IceOutcome {}

        /** A packet that came through a relay. */
        record Relayed(int component, PacketClass kind, ByteBuffer packet, InetSocketAddress from)
                implements IceOutcome {}
    }

    /**
     * How the latest datagram of a handshake came.
     *
     * @param link null for a relay
     */
    private record HandshakePath(@Nullable MediaLink link, InetSocketAddress from, long at) {}

    private final Consumer<IceOutcome> outcomes;
    private final LongSupplier nanoTime;
    /** Of each component. */
    private final @Nullable HandshakePath[] handshakes = new HandshakePath[2];

    private final List<MediaLink> links = new ArrayList<>(2);
    private final List<MediaLink> retired = new ArrayList<>(0);
    private @Nullable IceTransport ice;
    /** The socket that sends RTP, unless there is {@link #rtpRelay}. */
    private MediaLink rtp;
    /** The socket that sends RTCP on a port of its own. */
    private @Nullable MediaLink rtcp;

    private @Nullable IceTransport rtpRelay;
    private @Nullable IceTransport rtcpRelay;
    private long retiredAt;
    private long releasedAt;

    /**
     * @param outcomes takes what ICE gives
     * @param pairs each a socket for RTP and one for RTCP; without ICE the first pair is used
     */
    MediaTransport(Consumer<IceOutcome> outcomes, List<MediaLink[]> pairs, LongSupplier nanoTime) {
        this.outcomes = outcomes;
        this.nanoTime = nanoTime;
        rtp = pairs.get(0)[0];
        rtcp = pairs.get(0)[1];
        add(pairs);
    }

    private void add(List<MediaLink[]> pairs) {
        for (MediaLink[] pair : pairs) {
            links.addAll(List.of(pair));
        }
    }

    /** Sets the ICE transport. Call it before {@link #start}. */
    void use(IceTransport transport) {
        ice = transport;
    }

    @Nullable
    IceTransport ice() {
        return ice;
    }

    /** Whether ICE pairs decide where media goes. */
    boolean usesIce() {
        return ice != null && !ice.isStopped();
    }

    /** Whether ICE has verified the path to this address in both directions. */
    boolean isValid(int component, InetSocketAddress remote) {
        return ice != null && ice.isValid(component, remote);
    }

    void start() {
        if (ice != null) {
            ice.start(links);
        }
    }

    /**
     * Classifies a packet from a socket, and lets ICE have its own.
     *
     * @return null if ICE has taken it
     */
    @Nullable
    PacketClass received(MediaLink link, ByteBuffer packet, InetSocketAddress from) {
        PacketClass kind = PacketClass.of(packet);
        IceTransport agent = ice;
        if (agent != null && (kind == PacketClass.STUN || kind == PacketClass.TURN_CHANNEL)) {
            agent.received(link, packet, from);
            return null;
        }
        note(link.component(), link, kind, from);
        return kind;
    }

    /** A packet that came through a relay. */
    void received(int component, ByteBuffer packet, InetSocketAddress from) {
        PacketClass kind = PacketClass.of(packet);
        note(component, null, kind, from);
        outcomes.accept(new IceOutcome.Relayed(component, kind, packet, from));
    }

    private void note(int component, @Nullable MediaLink link, PacketClass kind, InetSocketAddress from) {
        if (kind == PacketClass.DTLS && usesIce() && isValid(component, from)) {
            handshakes[component - 1] = new HandshakePath(link, from, nanoTime.getAsLong());
        }
    }

    /**
     * Sends a handshake's datagram back along the path by which the other side's latest one came,
     * even if ICE has selected another pair since. To either side all pairs are one association
     * (RFC 8842 §3), but peers whose DTLS knows only one address were observed to drop what comes
     * from another.
     *
     * @param to the address of the handshake; null for any
     * @return false if there is no such path; the datagram is not sent then
     */
    boolean answerDtls(int component, ByteBuffer datagram, @Nullable InetSocketAddress to) {
        HandshakePath path = handshakes[component - 1];
        IceTransport agent = ice;
        if (path == null
                || agent == null
                || nanoTime.getAsLong() - path.at > PATH_NANOS
                || (to != null && !to.equals(path.from))
                || !isValid(component, path.from)) {
            return false;
        }
        MediaLink link = path.link;
        SendStatus status =
                link == null ? agent.sendByRelay(component, datagram, path.from) : link.send(datagram, path.from);
        return status == SendStatus.SENT;
    }

    SendStatus sendRtp(ByteBuffer packet, InetSocketAddress to) {
        IceTransport relay = rtpRelay;
        return relay == null ? rtp.send(packet, to) : relay.send(MediaLink.RTP, packet, to);
    }

    /** Sends from the RTCP port, if there still is one. */
    SendStatus sendRtcp(ByteBuffer packet, InetSocketAddress to) {
        IceTransport relay = rtcpRelay;
        if (relay != null) {
            return relay.send(MediaLink.RTCP, packet, to);
        }
        MediaLink second = rtcp;
        return second == null ? sendRtp(packet, to) : second.send(packet, to);
    }

    /** RTCP shares the RTP port from now on (RFC 5761); until then it may have had its own. */
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

    /**
     * Offers other sockets from now on, and receives on the former ones a little longer. Without
     * ICE, the first new pair sends.
     */
    void moveTo(List<MediaLink[]> pairs, long now) {
        List<MediaLink> former = List.copyOf(links);
        links.clear();
        add(pairs);
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

    /** Returns the links that are not retired. */
    List<MediaLink> links() {
        return links;
    }

    /** Applies the ICE part of the other side's description. */
    void remoteIce(IceAttributes theirs) {
        if (ice != null) {
            ice.remote(theirs);
        }
    }

    /** Whether media may go to the signalled address although ICE has found no pair yet. */
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

    /** The pair with this local base carries the component. */
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
        outcomes.accept(new IceOutcome.Selected(component, remote));
    }

    /** Nothing of the component may be sent. */
    void unselected(int component) {
        if (component == MediaLink.RTP) {
            rtpRelay = null;
            rtp = first(component, rtp);
        } else {
            rtcpRelay = null;
            rtcp = rtcp == null ? null : first(component, rtcp);
        }
        outcomes.accept(new IceOutcome.Selected(component, null));
    }

    /**
     * The other side does not use ICE.
     *
     * @param relayed whether the default candidate is a relayed one
     * @param base of the default candidate, or null
     */
    void iceStopped(boolean relayed, @Nullable InetSocketAddress base) {
        MediaLink link = base == null ? null : find(base);
        rtp = link == null ? first(MediaLink.RTP, rtp) : link;
        rtpRelay = relayed ? ice : null;
        rtcpRelay = rtpRelay;
        outcomes.accept(new IceOutcome.Stopped());
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

    /** Releases the relays, which needs the sockets. */
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
