// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import com.techpro.callclient.engine.internal.media.srtp.SrtpContext;
import com.techpro.callclient.engine.internal.media.srtp.SrtpKeys;
import com.techpro.callclient.engine.internal.media.srtp.SrtpStatus;
import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.DatagramReceiver;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One leg's media socket with its SRTP contexts. RTP and RTCP share it. Configured from any thread; packets are handled on the media
 * loop. Sends to where authentic packets come from (RFC 4961), and to where signalling said until the first.
 */
public final class MediaPort implements DatagramReceiver, AutoCloseable {
    private final MediaPlane plane;
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable DatagramLink link;

    // Of the media loop:
    private @Nullable MediaAgreement agreement;
    private @Nullable InetSocketAddress remoteRtp;
    private @Nullable InetSocketAddress remoteRtcp;
    private @Nullable SrtpContext inbound;
    private @Nullable SrtpContext outbound;
    private PacketSink sink = PacketSink.NOWHERE;

    MediaPort(MediaPlane plane) {
        this.plane = plane;
    }

    void bind(DatagramLink opened) {
        this.link = opened;
    }

    public InetSocketAddress localAddress() {
        return link().localAddress();
    }

    /** Puts an agreement in force. A key that stays keeps its counters; a new key starts afresh. */
    public void configure(MediaAgreement agreed) {
        plane.loop().execute(() -> {
            MediaAgreement before = agreement;
            inbound = context(inbound, before == null ? null : before.remote(), agreed.remote());
            outbound = context(outbound, before == null ? null : before.local(), agreed.local());
            if (before == null
                    || agreed.remoteRtp() == null
                    || !agreed.remoteRtp().equals(before.remoteRtp())) {
                remoteRtp = agreed.remoteRtp();
                remoteRtcp = agreed.remoteRtcp();
            }
            agreement = agreed;
        });
    }

    /** Chooses who gets what arrives from now on. */
    public void deliverTo(PacketSink chosen) {
        plane.loop().execute(() -> sink = chosen);
    }

    @Override
    public void received(ByteBuffer packet, InetSocketAddress from) {
        try {
            deliver(packet, from);
        } catch (RuntimeException | Error e) {
            // The network would log it and go on.
            plane.failures().uncaughtException(Thread.currentThread(), e);
        }
    }

    private void deliver(ByteBuffer packet, InetSocketAddress from) {
        MediaAgreement agreed = agreement;
        if (agreed == null
                || packet.remaining() < 8
                || !MediaPlane.fits(packet)
                || plane.faults().loses()) {
            plane.countRefused();
            return;
        }
        // RFC 5761 §4: packet types 192 to 223 are RTCP.
        int type = packet.get(packet.position() + 1) & 0xff;
        boolean rtcp = type >= 192 && type <= 223;
        ByteBuffer clear = plane.scratchCopyOf(packet);
        SrtpContext context = inbound;
        if (context != null) {
            SrtpStatus status = rtcp ? context.unprotectRtcp(clear) : context.unprotectRtp(clear);
            if (status != SrtpStatus.OK) {
                plane.countRefused();
                return;
            }
        }
        plane.countIn();
        if (rtcp) {
            sink.rtcp(clear);
        } else {
            latch(from);
            sink.rtp(clear);
        }
    }

    /** Protects and sends; the buffer is changed. Media loop only. */
    void sendRtp(ByteBuffer packet) {
        SrtpContext context = outbound;
        if (ready(packet) && (context == null || context.protectRtp(packet) == SrtpStatus.OK)) {
            transmit(packet, remoteRtp);
        }
    }

    /** Protects and sends; the buffer is changed. Media loop only. */
    void sendRtcp(ByteBuffer packet) {
        SrtpContext context = outbound;
        if (ready(packet) && (context == null || context.protectRtcp(packet) == SrtpStatus.OK)) {
            transmit(packet, remoteRtcp != null ? remoteRtcp : remoteRtp);
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            // After what was asked of the loop before: a last report may be on its way.
            plane.loop().execute(() -> {
                agreement = null;
                sink = PacketSink.NOWHERE;
                link().close();
                plane.portClosed();
            });
        }
    }

    private static @Nullable SrtpContext context(
            @Nullable SrtpContext current, @Nullable SrtpKeys before, @Nullable SrtpKeys now) {
        if (now == null) {
            return null;
        }
        return current != null && before != null && now.equals(before) ? current : new SrtpContext(now);
    }

    private boolean ready(ByteBuffer packet) {
        return agreement != null && remoteRtp != null && packet.hasRemaining();
    }

    private void transmit(ByteBuffer packet, @Nullable InetSocketAddress to) {
        if (to != null && link().send(packet, to) == DatagramLink.SendStatus.SENT) {
            plane.countOut();
        }
    }

    private void latch(InetSocketAddress from) {
        if (remoteRtp != null && !from.equals(remoteRtp)) {
            remoteRtp = from;
        }
    }

    private DatagramLink link() {
        DatagramLink opened = link;
        if (opened == null) {
            throw new IllegalStateException("not bound yet");
        }
        return opened;
    }
}
