// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import com.techpro.callclient.stack.media.codec.PayloadFormat;
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
 * Sends one port's RTP to the taps of a {@link MediaPlane}. Copies nothing without taps. Media loop
 * only, except {@link #describe}.
 *
 * <p>Sent packets are reported when they leave, so a packet that a fault loses or delays is lost or
 * late here too. By then the payload is encrypted, but the header is not (RFC 3711 §3.1). It
 * identifies the packet's clear text.
 */
final class PortTap {
    /** Five seconds of audio; packets that a fault delays for longer are not reported. */
    private static final int MOST_ON_THEIR_WAY = 250;

    private static final int RTP_HEADER = 12;

    private final MediaPlane plane;
    private final int leg;
    private final String extension;
    /** The payload types' SDP until it has been read. */
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

    /** Sets the PBX's address, before any packet. */
    void bound(InetSocketAddress address) {
        local = address;
    }

    /** Sets the meaning of payload types from now on. From any thread. */
    void describe(Sdp.Section section) {
        described.set(section);
    }

    /** Reports a packet from the phone, in clear text. */
    void received(ByteBuffer clear, InetSocketAddress from, boolean encrypted) {
        if (plane.isTapped() && clear.remaining() >= RTP_HEADER) {
            tell(true, from, copyOf(clear), encrypted);
        }
    }

    /** Remembers a packet about to be sent, in clear text. */
    void sending(ByteBuffer clear, boolean encrypted) {
        if (!plane.isTapped()) {
            onTheirWay.clear();
        } else if (clear.remaining() >= RTP_HEADER) {
            onTheirWay.put(identityOf(clear, clear.position()), new Sending(copyOf(clear), encrypted));
        }
    }

    /** Reports a sent packet; the wire bytes are from this position to the limit. */
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

    /** SSRC and sequence number. */
    private static long identityOf(ByteBuffer packet, int at) {
        return ((long) packet.getInt(at + 8) << 16) | (packet.getShort(at + 2) & 0xffff);
    }

    private static byte[] copyOf(ByteBuffer packet) {
        byte[] copy = new byte[packet.remaining()];
        packet.duplicate().get(copy);
        return copy;
    }
}
