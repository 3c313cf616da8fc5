// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import com.techpro.callclient.engine.internal.media.codec.PayloadFormat;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tells the taps of a {@link MediaPlane} of one port's RTP. Copies nothing while there are none. Media loop only, but for {@link #describe}.
 *
 * <p>What is sent is told when it leaves, so that a packet which a fault loses or holds is lost or late here too. By then it is encrypted; its header is not (RFC 3711 §3.1), and says
 * which of the packets in clear text it was.
 */
final class PortTap {
    /** Five seconds of sound: what a fault holds for longer is not told. */
    private static final int MOST_ON_THEIR_WAY = 250;

    private static final int RTP_HEADER = 12;

    private final MediaPlane plane;
    private final int leg;
    private final String extension;
    /** What payload types mean, until that was read. */
    private final AtomicReference<Sdp.@Nullable Section> described = new AtomicReference<>();

    private @Nullable InetSocketAddress local;
    private final Map<Integer, PayloadFormat> speech = new HashMap<>();
    private final Set<Integer> keys = new HashSet<>();
    private final Map<Long, Sending> onTheirWay = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Sending> eldest) {
            return size() > MOST_ON_THEIR_WAY;
        }
    };

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Sending(byte[] clear, boolean encrypted) {}

    PortTap(MediaPlane plane, int leg, @Nullable String extension) {
        this.plane = plane;
        this.leg = leg;
        this.extension = extension == null ? "" : extension;
    }

    int leg() {
        return leg;
    }

    /** Where the PBX's end is, before anything comes or goes. */
    void bound(InetSocketAddress address) {
        local = address;
    }

    /** What payload types mean from now on. From any thread. */
    void describe(Sdp.Section section) {
        described.set(section);
    }

    /** The phone sent this; it is in clear text. */
    void received(ByteBuffer clear, InetSocketAddress from, boolean encrypted) {
        if (plane.isTapped() && clear.remaining() >= RTP_HEADER) {
            tell(true, from, copyOf(clear), encrypted);
        }
    }

    /** This will be sent; it is in clear text still. */
    void sending(ByteBuffer clear, boolean encrypted) {
        if (!plane.isTapped()) {
            onTheirWay.clear();
        } else if (clear.remaining() >= RTP_HEADER) {
            onTheirWay.put(identityOf(clear, clear.position()), new Sending(copyOf(clear), encrypted));
        }
    }

    /** This was sent, as it is on the wire from that position to the limit. */
    void sent(ByteBuffer wire, int start, InetSocketAddress to) {
        if (onTheirWay.isEmpty() || wire.limit() - start < RTP_HEADER || MediaPort.isRtcp(wire.get(start + 1))) {
            return;
        }
        Sending packet = onTheirWay.get(identityOf(wire, start));
        if (packet != null) {
            tell(false, to, packet.clear, packet.encrypted);
        }
    }

    private void tell(boolean fromPhone, InetSocketAddress phone, byte[] packet, boolean encrypted) {
        InetSocketAddress pbx = local;
        if (pbx == null) {
            return;
        }
        understand();
        int type = packet[1] & 0x7f;
        plane.tell(new TappedRtp(
                plane.loop().now(),
                leg,
                extension,
                fromPhone,
                fromPhone ? phone : pbx,
                fromPhone ? pbx : phone,
                packet,
                encrypted,
                speech.get(type),
                keys.contains(type)));
    }

    private void understand() {
        Sdp.Section section = described.getAndSet(null);
        if (section == null) {
            return;
        }
        speech.clear();
        keys.clear();
        SupportedFormats.speech(section).forEach(format -> speech.put(format.payloadType(), format));
        for (String format : section.formats()) {
            if ("TELEPHONE-EVENT".equals(section.encodingOf(format))) {
                keys.add(Integer.valueOf(format));
            }
        }
    }

    /** Source and sequence number. */
    private static long identityOf(ByteBuffer packet, int at) {
        return ((long) packet.getInt(at + 8) << 16) | (packet.getShort(at + 2) & 0xffff);
    }

    private static byte[] copyOf(ByteBuffer packet) {
        byte[] copy = new byte[packet.remaining()];
        packet.duplicate().get(copy);
        return copy;
    }
}
