// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media;

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
 *   first byte    is                    goes to
 *   20 to 63      DTLS                  the stream's handshake
 *   any other     RTP or RTCP, or bad   the stream, which tells the two apart where they share a port, and counts what is bad
 * </pre>
 */
final class MediaTransport {
    /** How long what is sent to a former address is heard: the other side has to hear of the new one, by a request that may need repeating. */
    static final long RETIREMENT_NANOS = 5_000_000_000L;
    /** More former sockets are not kept, however often an address changes. */
    private static final int MAX_RETIRED = 4;

    /** Takes what arrives. */
    interface Receiver {
        /** A packet on the port of RTP, which may be RTCP where both share it. */
        void rtpPort(ByteBuffer packet, InetSocketAddress from);

        /** A packet on the port of RTCP. */
        void rtcpPort(ByteBuffer packet, InetSocketAddress from);

        /** A DTLS record or several, on whichever port. */
        void dtls(ByteBuffer packet, InetSocketAddress from);
    }

    private final Receiver receiver;
    private final List<MediaLink> retired = new ArrayList<>(0);
    private MediaLink rtp;
    private @Nullable MediaLink rtcp;
    private long retiredAt;

    MediaTransport(Receiver receiver, MediaLink rtp, MediaLink rtcp) {
        this.receiver = receiver;
        this.rtp = rtp;
        this.rtcp = rtcp;
    }

    void start() {
        rtp.attach(this);
        MediaLink second = rtcp;
        if (second != null) {
            second.attach(this);
        }
    }

    void received(MediaLink link, ByteBuffer packet, InetSocketAddress from) {
        if (PacketClass.of(packet) == PacketClass.DTLS) {
            receiver.dtls(packet, from);
        } else if (link.component() == MediaLink.RTP) {
            receiver.rtpPort(packet, from);
        } else {
            receiver.rtcpPort(packet, from);
        }
    }

    SendStatus sendRtp(ByteBuffer packet, InetSocketAddress to) {
        return rtp.send(packet, to);
    }

    /** From the port of RTCP, if there still is one. */
    SendStatus sendRtcp(ByteBuffer packet, InetSocketAddress to) {
        MediaLink second = rtcp;
        return (second == null ? rtp : second).send(packet, to);
    }

    /** RTCP shares the port of RTP from now on (RFC 5761); until then it may have used its own. */
    void multiplex() {
        MediaLink second = rtcp;
        if (second != null) {
            second.close();
            rtcp = null;
        }
    }

    /** Sends by other sockets from now on, and hears the former ones a little longer. */
    void moveTo(MediaLink media, MediaLink control, long now) {
        retire(rtp);
        MediaLink second = rtcp;
        if (second != null) {
            retire(second);
        }
        retiredAt = now;
        rtp = media;
        rtcp = control;
        start();
    }

    private void retire(MediaLink link) {
        if (retired.size() == MAX_RETIRED) {
            retired.remove(0).close();
        }
        retired.add(link);
    }

    /** Called once a frame. */
    void serve(long now) {
        if (!retired.isEmpty() && now - retiredAt >= RETIREMENT_NANOS) {
            closeRetired();
        }
    }

    private void closeRetired() {
        retired.forEach(MediaLink::close);
        retired.clear();
    }

    void close() {
        closeRetired();
        rtp.close();
        multiplex();
    }
}
