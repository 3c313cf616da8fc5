// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import com.techpro.callclient.engine.internal.media.Direction;
import com.techpro.callclient.engine.internal.media.codec.Codec;
import com.techpro.callclient.engine.internal.media.codec.G711;
import com.techpro.callclient.engine.internal.media.srtp.CryptoAttribute;
import com.techpro.callclient.engine.internal.media.srtp.SrtpKeys;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an {@code m=audio} section says, in our terms.
 *
 * @param profile null if it is none of ours
 * @param rtp where its author receives; null if that is not a literal unicast address
 * @param rtcp null if multiplexed or unknown
 * @param codecs those we have, in the section's order
 * @param telephoneEvent payload type of RFC 4733 events, or -1
 * @param packetMillis how much sound its author wants in a packet (a=ptime), as far as it takes that much (a=maxptime)
 * @param dtls whether its author would make keys by a DTLS handshake (RFC 5763)
 * @param direction as its author sees it; an unspecified address (RFC 3264 §8.4) counts as not receiving
 */
record AudioSection(
        MediaDescription line,
        @Nullable RtpProfile profile,
        @Nullable InetSocketAddress rtp,
        @Nullable InetSocketAddress rtcp,
        boolean multiplexed,
        List<Codec> codecs,
        int telephoneEvent,
        int packetMillis,
        boolean dtls,
        Direction direction,
        List<CryptoAttribute> cryptos) {
    private static final int MAX_CRYPTOS = 16;
    /** RFC 3551 §4.5. */
    private static final int USUAL_PACKET_MILLIS = 20;

    private static final String FINGERPRINT = "fingerprint";

    static AudioSection read(SessionDescription session, MediaDescription line) {
        String connection = line.connection() != null ? line.connection() : session.connection();
        InetAddress address = connection == null ? null : LiteralAddress.parseConnection(connection);
        boolean multiplexed = line.has("rtcp-mux");
        Map<Integer, String> encodings = encodings(line);
        return new AudioSection(
                line,
                RtpProfile.of(line.protocol()),
                address == null ? null : new InetSocketAddress(address, line.port()),
                address == null || multiplexed ? null : rtcp(line, address),
                multiplexed,
                codecs(line, encodings),
                telephoneEvent(line, encodings),
                packetMillis(line),
                isDtls(session, line),
                direction(session, line, address != null && address.isAnyLocalAddress()),
                cryptos(line));
    }

    /** Names by payload type: what {@code a=rtpmap} says, else what RFC 3551 §6 assigns. */
    private static Map<Integer, String> encodings(MediaDescription line) {
        Map<Integer, String> encodings = new HashMap<>();
        encodings.put(0, "PCMU/8000");
        encodings.put(8, "PCMA/8000");
        for (String map : line.values("rtpmap")) {
            String[] words = map.trim().split(" +", 2);
            int payloadType = Digits.parse(words[0], 127);
            if (payloadType >= 0 && words.length == 2) {
                String encoding = words[1].toUpperCase(Locale.ROOT);
                encodings.put(
                        payloadType, encoding.endsWith("/1") ? encoding.substring(0, encoding.length() - 2) : encoding);
            }
        }
        return encodings;
    }

    private static List<Codec> codecs(MediaDescription line, Map<Integer, String> encodings) {
        List<Codec> codecs = new ArrayList<>();
        for (String format : line.formats()) {
            int payloadType = Digits.parse(format, 127);
            String encoding = encodings.getOrDefault(payloadType, "");
            if (encoding.equals("PCMU/8000")) {
                codecs.add(new Codec(G711.ULAW, payloadType));
            } else if (encoding.equals("PCMA/8000")) {
                codecs.add(new Codec(G711.ALAW, payloadType));
            }
        }
        return codecs;
    }

    private static int telephoneEvent(MediaDescription line, Map<Integer, String> encodings) {
        for (String format : line.formats()) {
            int payloadType = Digits.parse(format, 127);
            if (encodings.getOrDefault(payloadType, "").equals("TELEPHONE-EVENT/8000")) {
                return payloadType;
            }
        }
        return -1;
    }

    private static int packetMillis(MediaDescription line) {
        int wanted = millis(line, "ptime");
        int most = millis(line, "maxptime");
        int packet = wanted > 0 ? wanted : USUAL_PACKET_MILLIS;
        return most > 0 ? Math.min(packet, most) : packet;
    }

    /** 0 or less if it is not there or makes no sense. */
    private static int millis(MediaDescription line, String attribute) {
        List<String> values = line.values(attribute);
        return values.isEmpty() ? 0 : Digits.parse(values.get(0).trim(), 10_000);
    }

    /** By its profile (RFC 5764 §8), or by a fingerprint under one that is older than that. */
    private static boolean isDtls(SessionDescription session, MediaDescription line) {
        return line.protocol().toUpperCase(Locale.ROOT).contains("TLS/")
                || line.has(FINGERPRINT)
                || session.attributes().stream().anyMatch(a -> a.name().equals(FINGERPRINT));
    }

    /** The section's attribute, else the session's, else both ways (RFC 8866 §6.7). */
    private static Direction direction(SessionDescription session, MediaDescription line, boolean unspecifiedAddress) {
        Direction direction = direction(line.attributes());
        if (direction == null) {
            direction = direction(session.attributes());
        }
        if (direction == null) {
            direction = Direction.SENDRECV;
        }
        return unspecifiedAddress ? of(direction.sends(), false) : direction;
    }

    private static @Nullable Direction direction(List<Attribute> attributes) {
        for (Attribute attribute : attributes) {
            for (Direction direction : Direction.values()) {
                if (attribute.name().equals(attributeOf(direction))) {
                    return direction;
                }
            }
        }
        return null;
    }

    static String attributeOf(Direction direction) {
        return direction.name().toLowerCase(Locale.ROOT);
    }

    static Direction of(boolean sends, boolean receives) {
        if (sends) {
            return receives ? Direction.SENDRECV : Direction.SENDONLY;
        }
        return receives ? Direction.RECVONLY : Direction.INACTIVE;
    }

    /** {@code a=rtcp} (RFC 3605), else the next port. */
    private static @Nullable InetSocketAddress rtcp(MediaDescription line, InetAddress address) {
        for (String value : line.values("rtcp")) {
            String[] words = value.trim().split(" +", 2);
            int port = Digits.parse(words[0], 65_535);
            InetAddress own = words.length == 2 ? LiteralAddress.parseConnection(words[1]) : address;
            if (port > 0 && own != null) {
                return new InetSocketAddress(own, port);
            }
        }
        return line.port() < 65_535 ? new InetSocketAddress(address, line.port() + 1) : null;
    }

    private static List<CryptoAttribute> cryptos(MediaDescription line) {
        List<CryptoAttribute> cryptos = new ArrayList<>();
        for (String value : line.values("crypto")) {
            if (cryptos.size() < MAX_CRYPTOS) {
                cryptos.add(SrtpKeys.parse(value));
            }
        }
        return cryptos;
    }

    @Override
    public String toString() {
        return "AudioSection[" + profile + ", " + direction + "]";
    }
}
