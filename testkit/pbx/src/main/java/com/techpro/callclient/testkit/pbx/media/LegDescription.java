// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the SDP of one leg (RFC 8866), with the addresses of the PBX or of another device. */
final class LegDescription {
    private final MediaPort port;
    private final MediaPolicy policy;
    private final long sessionId;
    private long version;
    private String lastBody = "";

    LegDescription(MediaPort port, MediaPolicy policy, long sessionId) {
        this.port = port;
        this.policy = policy;
        this.sessionId = sessionId;
    }

    /**
     * Appends the audio section.
     *
     * @param like has its formats
     * @param mux whether the device multiplexes RTCP (RFC 5761)
     * @param other the device that receives the media, if not the PBX
     */
    void audio(
            StringBuilder body,
            String protocol,
            Sdp.Section like,
            String direction,
            List<String> crypto,
            boolean mux,
            @Nullable MediaAgreement other) {
        InetSocketAddress rtp = rtp(other);
        InetSocketAddress rtcp = other == null ? null : other.remoteRtcp();
        body.append("m=audio ").append(rtp.getPort()).append(' ').append(protocol);
        like.formats().forEach(format -> body.append(' ').append(format));
        body.append("\r\n");
        for (String attribute : like.attributes()) {
            if (attribute.startsWith("rtpmap:")
                    || attribute.startsWith("fmtp:")
                    || attribute.startsWith("ptime:")
                    || attribute.startsWith("maxptime:")
                    || attribute.startsWith("rtcp-xr:")) {
                body.append("a=").append(attribute).append("\r\n");
            }
        }
        crypto.forEach(value -> body.append("a=crypto:").append(value).append("\r\n"));
        if (mux && rtcp == null) {
            body.append("a=rtcp-mux\r\n");
        }
        // RTP and RTCP share a port and are told apart by packet type, even for devices that do not
        // multiplex.
        body.append("a=rtcp:").append((rtcp == null ? rtp : rtcp).getPort()).append("\r\n");
        if (policy.deadCandidates() && other == null) {
            appendDeadCandidates(body);
        }
        body.append("a=").append(direction).append("\r\n");
    }

    /**
     * RFC 8839 §5.1, §5.4: candidates with documentation addresses (RFC 5737), where nothing
     * answers.
     */
    private void appendDeadCandidates(StringBuilder body) {
        body.append("a=ice-ufrag:")
                .append(Long.toHexString(sessionId))
                .append("pbx\r\na=ice-pwd:")
                .append("dead".repeat(6))
                .append("\r\na=candidate:1 1 UDP 2130706431 203.0.113.7 40000 typ host\r\n")
                .append(
                        "a=candidate:2 1 UDP 1694498815 198.51.100.7 40001 typ srflx raddr 203.0.113.7 rport 40000\r\n");
    }

    private InetSocketAddress rtp(@Nullable MediaAgreement other) {
        InetSocketAddress there = other == null ? null : other.remoteRtp();
        return there == null ? port.localAddress() : there;
    }

    /** Returns the body. Its version grows when it differs from the last one (RFC 3264 §8). */
    byte[] whole(String sections, String sessionLines, @Nullable MediaAgreement other) {
        String connection = connection(rtp(other).getAddress());
        String described = connection + sessionLines + sections;
        if (!described.equals(lastBody)) {
            lastBody = described;
            version++;
        }
        String session = "v=0\r\no=pbx " + sessionId + " " + version + " "
                + connection(port.localAddress().getAddress()) + "\r\ns=-\r\nc=" + connection + "\r\nt=0 0\r\n"
                + sessionLines;
        return (session + sections).getBytes(StandardCharsets.UTF_8);
    }

    private static String connection(InetAddress address) {
        return (address instanceof Inet6Address ? "IN IP6 " : "IN IP4 ") + address.getHostAddress();
    }
}
