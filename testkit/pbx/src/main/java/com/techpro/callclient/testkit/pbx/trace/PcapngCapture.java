// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.trace;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import java.io.ByteArrayOutputStream;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/**
 * Messages as a capture that Wireshark opens: each is a packet of link type {@code WIRESHARK_UPPER_PDU}, which is what Wireshark itself makes of packets that it has
 * decrypted. It says the addresses and ports that the message went between, and is in clear though it went over TLS; there are no IP, TCP or TLS headers, for nobody
 * saw any.
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

    private PcapngCapture() {}

    /** Without secrets and bodies other than SDP; Content-Length is that of what is left. */
    public static byte[] redacted(List<TracedMessage> messages) {
        return capture(messages, false);
    }

    /** For a lab: as they were, with digest answers, media keys and what is said in text. */
    public static byte[] raw(List<TracedMessage> messages) {
        return capture(messages, true);
    }

    private static byte[] capture(List<TracedMessage> messages, boolean raw) {
        PcapngWriter file = new PcapngWriter(
                UPPER_PDU,
                raw
                        ? "SIP after TLS was taken off, with secrets"
                        : "SIP after TLS was taken off; credentials, keys, tokens and bodies other than SDP are left out");
        messages.stream()
                .sorted(Comparator.comparing(TracedMessage::at))
                .forEach(message -> file.packet(
                        message.at(),
                        packet(message, raw ? message.wire() : redacted(message)),
                        "over " + message.transport()));
        return file.bytes();
    }

    private static byte[] redacted(TracedMessage message) {
        String text = message.redactedText();
        int end = text.indexOf("\r\n\r\n") + 4;
        String body = text.substring(end).replace("\r\na=crypto:", "\r\na=x-redacted-crypto:");
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        String head = text.substring(0, end)
                .replaceAll("(?i)\r\n(Content-Length|l): [^\r\n]*", "\r\nContent-Length: " + length)
                .replaceAll("\r\n([\\w-]+: \\[redacted\\])", "\r\nX-Redacted-$1");
        // What is left of a key or a challenge has a name of its own, for Wireshark would take it for malformed.
        return (head + body).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] packet(TracedMessage message, byte[] sip) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        tag(out, TAG_DISSECTOR, "sip".getBytes(StandardCharsets.US_ASCII));
        address(out, message.from().address(), TAG_IPV4_SOURCE, TAG_IPV6_SOURCE);
        address(out, message.to().address(), TAG_IPV4_DESTINATION, TAG_IPV6_DESTINATION);
        number(out, TAG_PORT_TYPE, message.transport() == SipTransport.UDP ? PORT_TYPE_UDP : PORT_TYPE_TCP);
        number(out, TAG_SOURCE_PORT, message.from().address().getPort());
        number(out, TAG_DESTINATION_PORT, message.to().address().getPort());
        tag(out, TAG_END, new byte[0]);
        out.writeBytes(sip);
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

    /** In network order, padded to four bytes, the padding counted. */
    private static void tag(ByteArrayOutputStream out, int tag, byte[] value) {
        int padded = (value.length + 3) / 4 * 4;
        out.writeBytes(ByteBuffer.allocate(4 + padded)
                .putShort((short) tag)
                .putShort((short) padded)
                .put(value)
                .array());
    }
}
