// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.trace;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.pbx.media.TappedRtp;
import java.io.ByteArrayOutputStream;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes messages as a capture for Wireshark. Each is a packet of link type
 * {@code WIRESHARK_UPPER_PDU}, which Wireshark itself uses for decrypted packets. It has the
 * message's addresses and ports, and clear text even if it went over TLS. There are no IP, TCP or
 * TLS headers, because none were captured.
 *
 * <p>RTP is in clear text too, even if it was encrypted. Wireshark would take it for encrypted
 * where SDP says so. Therefore SDP in such a file says {@code RTP/AVP} instead of an SRTP profile,
 * and a packet comment says so.
 */
public final class PcapngCapture {
    private static final int UPPER_PDU = 252;
    private static final int TAG_DISSECTOR = 12;
    private static final int TAG_IPV4_SOURCE = 20;
    private static final int TAG_IPV4_DESTINATION = 21;
    private static final int TAG_IPV6_SOURCE = 22;
    private static final int TAG_IPV6_DESTINATION = 23;
    private static final int TAG_PORT_TYPE = 24;
    private static final int TAG_SOURCE_PORT = 25;
    private static final int TAG_DESTINATION_PORT = 26;
    private static final int TAG_END = 0;
    private static final int PORT_TYPE_TCP = 2;
    private static final int PORT_TYPE_UDP = 3;

    /** An event without a meaning in RFC 4733. */
    private static final int NO_EVENT = 255;

    private static final int EVENT_LENGTH = 4;

    /** The profiles of SRTP, by SDES or DTLS, and with feedback. */
    private static final Pattern SRTP_PROFILE = Pattern.compile("(\r\nm=audio \\d+ )((?:UDP/TLS/)?RTP/SAVPF?)(?= )");

    private PcapngCapture() {}

    /** Writes messages without secrets and bodies other than SDP; Content-Length is adjusted. */
    public static byte[] redacted(List<TracedMessage> messages) {
        return redacted(messages, List.of());
    }

    /**
     * As above, with RTP in clear text; the digits of telephone events are removed (RFC 4733 §2.3).
     */
    static byte[] redacted(List<TracedMessage> messages, List<TappedRtp> media) {
        return capture(messages, media, false);
    }

    /**
     * For a lab: writes messages unchanged, with digest responses, media keys and message texts.
     */
    public static byte[] raw(List<TracedMessage> messages) {
        return capture(messages, List.of(), true);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Packet(Instant at, byte[] bytes, String comment) {}

    private static byte[] capture(List<TracedMessage> messages, List<TappedRtp> media, boolean raw) {
        String comment = raw
                ? "SIP after TLS was taken off, with secrets"
                : "SIP after TLS was taken off; credentials, keys, tokens and bodies other than SDP are left out";
        PcapngWriter file = new PcapngWriter(
                UPPER_PDU,
                media.isEmpty() ? comment : comment + ". RTP as the PBX decrypted it; pressed keys are left out");
        Stream.concat(
                        messages.stream().map(message -> packet(message, raw, !media.isEmpty())),
                        media.stream().map(PcapngCapture::packet))
                .sorted(Comparator.comparing(Packet::at))
                .forEach(packet -> file.packet(packet.at, packet.bytes, packet.comment));
        return file.bytes();
    }

    private static Packet packet(TracedMessage message, boolean raw, boolean decrypted) {
        byte[] sip = raw ? message.wire() : redacted(message, decrypted);
        String comment = "over " + message.transport();
        Matcher profile = SRTP_PROFILE.matcher(message.redactedText());
        if (decrypted && profile.find()) {
            comment += "; says " + profile.group(2) + ", here RTP/AVP, for the RTP in this file is decrypted";
        }
        boolean datagram = message.transport() == SipTransport.UDP;
        return new Packet(
                message.at(),
                packet(
                        "sip",
                        message.from().address(),
                        message.to().address(),
                        datagram ? PORT_TYPE_UDP : PORT_TYPE_TCP,
                        sip),
                comment);
    }

    private static Packet packet(TappedRtp rtp) {
        byte[] bytes = rtp.packet();
        String comment = rtp.decrypted() ? "SRTP, decrypted by the PBX" : "not encrypted";
        if (rtp.key()) {
            bytes = withoutKey(bytes);
            comment += "; which key is left out";
        }
        return new Packet(rtp.at(), packet("rtp", rtp.from(), rtp.to(), PORT_TYPE_UDP, bytes), comment);
    }

    private static byte[] withoutKey(byte[] rtp) {
        byte[] blank = rtp.clone();
        for (int event = RecordedSound.payload(rtp); event < blank.length; event += EVENT_LENGTH) {
            blank[event] = (byte) NO_EVENT;
        }
        return blank;
    }

    private static byte[] redacted(TracedMessage message, boolean inClear) {
        String text = message.redactedText();
        int end = text.indexOf("\r\n\r\n") + 4;
        // Redacted keys and challenges get another name, because Wireshark would call them
        // malformed.
        String body = text.substring(end).replace("\r\na=crypto:", "\r\na=x-redacted-crypto:");
        if (inClear) {
            body = SRTP_PROFILE.matcher(body).replaceAll("$1RTP/AVP");
        }
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        String head = text.substring(0, end)
                .replaceAll("(?i)\r\n(Content-Length|l): [^\r\n]*", "\r\nContent-Length: " + length)
                .replaceAll("\r\n([\\w-]+: \\[redacted\\])", "\r\nX-Redacted-$1");
        return (head + body).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] packet(
            String dissector, InetSocketAddress from, InetSocketAddress to, int portType, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        tag(out, TAG_DISSECTOR, dissector.getBytes(StandardCharsets.US_ASCII));
        address(out, from, TAG_IPV4_SOURCE, TAG_IPV6_SOURCE);
        address(out, to, TAG_IPV4_DESTINATION, TAG_IPV6_DESTINATION);
        number(out, TAG_PORT_TYPE, portType);
        number(out, TAG_SOURCE_PORT, from.getPort());
        number(out, TAG_DESTINATION_PORT, to.getPort());
        tag(out, TAG_END, new byte[0]);
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static void address(ByteArrayOutputStream out, InetSocketAddress address, int ipv4, int ipv6) {
        if (!address.isUnresolved()) {
            tag(
                    out,
                    address.getAddress() instanceof Inet6Address ? ipv6 : ipv4,
                    address.getAddress().getAddress());
        }
    }

    private static void number(ByteArrayOutputStream out, int tag, int value) {
        tag(out, tag, ByteBuffer.allocate(4).putInt(value).array());
    }

    /** In network order, padded to four bytes, with the padding counted. */
    private static void tag(ByteArrayOutputStream out, int tag, byte[] value) {
        int padded = (value.length + 3) / 4 * 4;
        out.writeBytes(ByteBuffer.allocate(4 + padded)
                .putShort((short) tag)
                .putShort((short) padded)
                .put(value)
                .array());
    }
}
