// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import com.techpro.callclient.stack.media.MediaDirection;
import com.techpro.callclient.stack.media.PayloadTypeMap.NoiseFormat;
import com.techpro.callclient.stack.media.PayloadTypeMap.TelephoneEvents;
import com.techpro.callclient.stack.media.codec.Codec;
import com.techpro.callclient.stack.media.codec.Codecs;
import com.techpro.callclient.stack.media.codec.ComfortNoise;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.stack.media.dtls.Fingerprint;
import com.techpro.callclient.stack.media.rtp.xr.XrFormats;
import com.techpro.callclient.stack.media.srtp.CryptoAttribute;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
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
 * @param telephoneEvents RFC 4733 events, in the section's order
 * @param comfortNoise RFC 3389, in the section's order
 * @param redundancy RFC 2198, in the section's order
 * @param ptime how many milliseconds of sound its author wants in a packet; 0 if it does not say
 * @param maxptime how many it takes; 0 if it does not say
 * @param dtls whether its author would make keys by a DTLS handshake (RFC 5763)
 * @param fingerprints of certificates that its author may show in it; those of hashes that are too weak are left out
 * @param setup which end would begin it; null if that is not said
 * @param tlsId what its author calls its DTLS association (RFC 8842 §3), or null
 * @param anew whether its author says that it has a new one (RFC 4145 §5)
 * @param transport what it says of ICE and of sharing ports
 * @param direction as its author sees it; an unspecified address (RFC 3264 §8.4) counts as not receiving
 * @param extendedReports the RTCP XR that its author wants (RFC 3611 §5)
 */
record AudioSection(
        MediaDescription line,
        @Nullable RtpProfile profile,
        @Nullable InetSocketAddress rtp,
        @Nullable InetSocketAddress rtcp,
        List<PayloadFormat> codecs,
        List<TelephoneEvents> telephoneEvents,
        List<NoiseFormat> comfortNoise,
        List<RedundancyFormat> redundancy,
        int ptime,
        int maxptime,
        boolean dtls,
        List<Fingerprint> fingerprints,
        @Nullable Setup setup,
        @Nullable String tlsId,
        boolean anew,
        TransportDescription transport,
        MediaDirection direction,
        List<CryptoAttribute> cryptos,
        XrFormats extendedReports) {
    private static final int MAX_CRYPTOS = 16;
    private static final int MAX_FINGERPRINTS = 8;
    private static final String TELEPHONE_EVENT = "telephone-event/";
    private static final String COMFORT_NOISE = "cn/";
    private static final String FINGERPRINT = "fingerprint";
    /** By RFC 3551 §6. */
    private static final Map<Integer, String> ASSIGNED = assigned();

    static AudioSection read(SessionDescription session, MediaDescription line) {
        String connection = line.connection() != null ? line.connection() : session.connection();
        InetAddress address = connection == null ? null : LiteralAddress.parseConnection(connection);
        TransportDescription transport = TransportDescription.read(session, line);
        Map<Integer, String> encodings = encodings(line);
        List<PayloadFormat> codecs = codecs(line, encodings);
        return new AudioSection(
                line,
                RtpProfile.of(line.protocol()),
                address == null ? null : new InetSocketAddress(address, line.port()),
                address == null || transport.rtcpMux() ? null : rtcp(line, address),
                codecs,
                telephoneEvents(line, encodings),
                comfortNoise(line, encodings),
                RedundancyFormat.read(line, encodings, codecs),
                millis(line, "ptime"),
                millis(line, "maxptime"),
                isDtls(session, line),
                fingerprints(session, line),
                setup(session, line),
                tlsId(line),
                isAnew(session, line),
                transport,
                direction(session, line, address != null && address.isAnyLocalAddress() && !isFound(transport)),
                cryptos(line),
                XrAttribute.parse(values(session, line, XrAttribute.NAME)));
    }

    /** Whether RTCP may share the port of RTP (RFC 5761). */
    boolean multiplexed() {
        return transport.rtcpMux();
    }

    /** Whether it says which extended reports its author wants, even if none of ours. */
    boolean wantsExtendedReports() {
        return line.has(XrAttribute.NAME) || !extendedReports.equals(XrFormats.NONE);
    }

    /** By ICE: then an address of zeros is that of somebody who has no candidate yet (RFC 8840 §4.1.1). */
    private static boolean isFound(TransportDescription transport) {
        return transport.ice().credentials() != null;
    }

    /** Names by payload type: what {@code a=rtpmap} says, else what RFC 3551 §6 assigns. */
    private static Map<Integer, String> encodings(MediaDescription line) {
        Map<Integer, String> encodings = new HashMap<>(ASSIGNED);
        for (String map : line.values("rtpmap")) {
            List<String> words = Words.of(map, 2);
            int payloadType = Digits.parse(words.get(0), 127);
            if (payloadType >= 0 && words.size() == 2) {
                encodings.put(payloadType, words.get(1).trim());
            }
        }
        return encodings;
    }

    private static Map<Integer, String> assigned() {
        Map<Integer, String> encodings = new HashMap<>();
        encodings.put(ComfortNoise.PAYLOAD_TYPE, COMFORT_NOISE + G711.ULAW.clockRate());
        for (Codec codec : Codecs.ALL) {
            if (codec.staticPayloadType() != Codec.DYNAMIC) {
                encodings.put(codec.staticPayloadType(), Codecs.rtpmap(codec));
            }
        }
        return encodings;
    }

    private static List<PayloadFormat> codecs(MediaDescription line, Map<Integer, String> encodings) {
        List<PayloadFormat> codecs = new ArrayList<>();
        for (String format : line.formats()) {
            int payloadType = Digits.parse(format, 127);
            Codec codec = Codecs.find(encodings.getOrDefault(payloadType, ""));
            String fmtp = fmtp(line, payloadType);
            if (codec != null && codec.matches(fmtp)) {
                codecs.add(new PayloadFormat(codec, payloadType, fmtp));
            }
        }
        return codecs;
    }

    static String fmtp(MediaDescription line, int payloadType) {
        for (String value : line.values("fmtp")) {
            List<String> words = Words.of(value, 2);
            if (words.size() == 2 && Digits.parse(words.get(0), 127) == payloadType) {
                return words.get(1).trim();
            }
        }
        return "";
    }

    private static List<NoiseFormat> comfortNoise(MediaDescription line, Map<Integer, String> encodings) {
        List<NoiseFormat> noises = new ArrayList<>();
        for (String format : line.formats()) {
            int payloadType = Digits.parse(format, 127);
            int clockRate = clockRate(encodings.getOrDefault(payloadType, ""), COMFORT_NOISE);
            if (clockRate > 0) {
                noises.add(new NoiseFormat(payloadType, clockRate));
            }
        }
        return noises;
    }

    /** The payload type of comfort noise that goes with a codec, or -1. */
    int comfortNoise(Codec codec) {
        for (NoiseFormat noise : comfortNoise) {
            if (noise.isFor(codec)) {
                return noise.payloadType();
            }
        }
        return -1;
    }

    /** The payload type of redundant audio data that goes with a codec, or -1. */
    int redundancy(Codec codec) {
        for (RedundancyFormat format : redundancy) {
            if (format.isFor(codec)) {
                return format.payloadType();
            }
        }
        return -1;
    }

    /** Of an encoding in one channel, if it has this name; else 0. */
    private static int clockRate(String encoding, String name) {
        String wanted = encoding.toLowerCase(Locale.ROOT);
        if (!wanted.startsWith(name)) {
            return 0;
        }
        String rate = wanted.substring(name.length());
        int clockRate = Digits.parse(rate.endsWith("/1") ? rate.substring(0, rate.length() - 2) : rate, 96_000);
        return clockRate >= 1000 ? clockRate : 0;
    }

    private static List<TelephoneEvents> telephoneEvents(MediaDescription line, Map<Integer, String> encodings) {
        List<TelephoneEvents> events = new ArrayList<>();
        for (String format : line.formats()) {
            int payloadType = Digits.parse(format, 127);
            int clockRate = clockRate(encodings.getOrDefault(payloadType, ""), TELEPHONE_EVENT);
            if (clockRate > 0) {
                events.add(new TelephoneEvents(payloadType, clockRate));
            }
        }
        return events;
    }

    /** The payload type of events that go with a codec of this clock rate (RFC 4733 §2.1), or -1. */
    int telephoneEvent(int clockRate) {
        for (TelephoneEvents events : telephoneEvents) {
            if (events.clockRate() == clockRate) {
                return events.payloadType();
            }
        }
        return -1;
    }

    /**
     * The clock rate of the events that go with a codec: its own (RFC 4733 §2.1), or that of G.711 where there are no others, as from phone systems that were there before Opus; their
     * durations count in it, and their timestamps in the codec's.
     */
    int telephoneEventClock(Codec codec) {
        int usual = G711.ULAW.clockRate();
        return telephoneEvent(codec.clockRate()) < 0 && telephoneEvent(usual) >= 0 ? usual : codec.clockRate();
    }

    /** How much sound its author wants in a packet of a codec, as far as it takes that much. */
    int packetMillis(Codec codec) {
        int packet = ptime > 0 ? ptime : codec.usualPacketMillis();
        return maxptime > 0 ? Math.min(packet, maxptime) : packet;
    }

    /** 0 if it is not there or makes no sense. */
    private static int millis(MediaDescription line, String attribute) {
        List<String> values = line.values(attribute);
        return values.isEmpty() ? 0 : Math.max(0, Digits.parse(values.get(0).trim(), 10_000));
    }

    /** By its profile (RFC 5764 §8), or by a fingerprint under one that is older than that. */
    private static boolean isDtls(SessionDescription session, MediaDescription line) {
        return line.protocol().toUpperCase(Locale.ROOT).contains("TLS/")
                || line.has(FINGERPRINT)
                || Attribute.has(session.attributes(), FINGERPRINT);
    }

    /** Those of the section, else of the session (RFC 8122 §5). */
    private static List<Fingerprint> fingerprints(SessionDescription session, MediaDescription line) {
        List<Fingerprint> fingerprints = new ArrayList<>();
        for (String value : values(session, line, FINGERPRINT)) {
            Fingerprint fingerprint = Fingerprint.parse(value.trim());
            if (fingerprint != null && fingerprints.size() < MAX_FINGERPRINTS) {
                fingerprints.add(fingerprint);
            }
        }
        return fingerprints;
    }

    private static @Nullable String tlsId(MediaDescription line) {
        List<String> values = line.values("tls-id");
        return values.isEmpty() ? null : values.get(0).trim();
    }

    private static boolean isAnew(SessionDescription session, MediaDescription line) {
        for (String value : values(session, line, "connection")) {
            if (value.trim().equalsIgnoreCase("new")) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Setup setup(SessionDescription session, MediaDescription line) {
        List<String> values = values(session, line, "setup");
        return values.isEmpty() ? null : Setup.of(values.get(0));
    }

    private static List<String> values(SessionDescription session, MediaDescription line, String attribute) {
        return line.has(attribute) ? line.values(attribute) : session.values(attribute);
    }

    /** The section's attribute, else the session's, else both ways (RFC 8866 §6.7). */
    private static MediaDirection direction(
            SessionDescription session, MediaDescription line, boolean unspecifiedAddress) {
        MediaDirection direction = direction(line.attributes());
        if (direction == null) {
            direction = direction(session.attributes());
        }
        if (direction == null) {
            direction = MediaDirection.SENDRECV;
        }
        return unspecifiedAddress ? of(direction.sends(), false) : direction;
    }

    private static @Nullable MediaDirection direction(List<Attribute> attributes) {
        for (Attribute attribute : attributes) {
            switch (attribute.name()) {
                case "sendrecv":
                    return MediaDirection.SENDRECV;
                case "sendonly":
                    return MediaDirection.SENDONLY;
                case "recvonly":
                    return MediaDirection.RECVONLY;
                case "inactive":
                    return MediaDirection.INACTIVE;
                default:
                    break;
            }
        }
        return null;
    }

    static String attributeOf(MediaDirection direction) {
        return direction.name().toLowerCase(Locale.ROOT);
    }

    static MediaDirection of(boolean sends, boolean receives) {
        if (sends) {
            return receives ? MediaDirection.SENDRECV : MediaDirection.SENDONLY;
        }
        return receives ? MediaDirection.RECVONLY : MediaDirection.INACTIVE;
    }

    /** {@code a=rtcp} (RFC 3605), else the next port. */
    private static @Nullable InetSocketAddress rtcp(MediaDescription line, InetAddress address) {
        for (String value : line.values("rtcp")) {
            List<String> words = Words.of(value, 2);
            int port = Digits.parse(words.get(0), 65_535);
            InetAddress own = words.size() == 2 ? LiteralAddress.parseConnection(words.get(1)) : address;
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
