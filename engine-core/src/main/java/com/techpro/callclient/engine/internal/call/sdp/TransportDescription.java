// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import com.techpro.callclient.stack.ice.IceAttributes;
import com.techpro.callclient.stack.ice.IceCandidate;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a media section says of the way that its packets take: ICE (RFC 8839), one port for RTP and RTCP (RFC 5761, RFC 8858), one for several sections (RFC 9143).
 * Reading is total: what makes no sense is left out, and all is bounded.
 *
 * @param rtcpMux whether RTCP may share the port of RTP
 * @param rtcpMuxOnly whether it can do nothing else
 * @param mid the section's name (RFC 5888), or null
 * @param bundled whether it shares its port with the first section of the group
 * @param bundleOnly whether it can do nothing else: its port is 0, and it is not refused for that
 */
public record TransportDescription(
        IceAttributes ice,
        boolean rtcpMux,
        boolean rtcpMuxOnly,
        @Nullable String mid,
        boolean bundled,
        boolean bundleOnly) {
    private static final String BUNDLE = "BUNDLE";
    private static final String LITE = "ice-lite";
    private static final String PACING = "ice-pacing";
    private static final int MAX_GROUP = 32;
    private static final int MAX_MID = 64;
    /** RFC 8839 §5: of these the session's hold where the section has none. */
    private static final Set<String> OF_SESSION = Set.of("ice-ufrag", "ice-pwd", "ice-options", LITE, PACING);

    private static final Set<String> OF_SECTION = Set.of(
            "ice-ufrag",
            "ice-pwd",
            "ice-options",
            "ice-mismatch",
            "candidate",
            "remote-candidates",
            "end-of-candidates");
    /** RFC 8840 §4.1.1: a default address and port of one that has no candidate yet. */
    private static final int DISCARD_PORT = 9;

    static TransportDescription read(SessionDescription session, MediaDescription line) {
        List<String> lines = new ArrayList<>();
        add(lines, session.attributes(), OF_SESSION);
        add(lines, line.attributes(), OF_SECTION);
        String mid = mid(line);
        boolean muxOnly = line.has("rtcp-mux-only");
        return new TransportDescription(
                IceAttributes.parse(lines),
                muxOnly || line.has("rtcp-mux"),
                muxOnly,
                mid,
                mid != null && bundle(session).contains(mid),
                line.port() == 0 && line.has("bundle-only"));
    }

    private static void add(List<String> lines, List<Attribute> attributes, Set<String> names) {
        for (Attribute attribute : attributes) {
            if (names.contains(attribute.name())) {
                lines.add(attribute.encode());
            }
        }
    }

    private static @Nullable String mid(MediaDescription line) {
        for (String value : line.values("mid")) {
            String mid = value.trim();
            if (!mid.isEmpty() && mid.length() <= MAX_MID && mid.indexOf(' ') < 0) {
                return mid;
            }
        }
        return null;
    }

    /** The names of the sections that would share one port, the first of which says which; of several such groups the first. */
    static List<String> bundle(SessionDescription session) {
        for (Attribute attribute : session.attributes()) {
            String value = attribute.value();
            if (value != null && attribute.name().equals("group")) {
                List<String> words = Words.of(value, MAX_GROUP + 2);
                if (words.get(0).equals(BUNDLE)) {
                    return words.subList(1, Math.min(words.size(), MAX_GROUP + 1));
                }
            }
        }
        return List.of();
    }

    /** The session's attribute of the pace of checks (RFC 8839 §5.5), where a section uses ICE. */
    static List<Attribute> pacing(@Nullable IceAttributes ours, List<MediaDescription> media) {
        return ours == null || media.stream().noneMatch(line -> line.has("ice-ufrag"))
                ? List.of()
                : List.of(new Attribute(PACING, String.valueOf(ours.pacing().toMillis())));
    }

    /** The session's attribute that these sections share one port. */
    static Attribute bundle(List<String> mids) {
        return new Attribute("group", BUNDLE + " " + String.join(" ", mids));
    }

    /**
     * Whether the addresses of {@code m=}, {@code c=} and {@code a=rtcp} are no candidates, as where a gateway changed them: then ICE is not used (RFC 8839 §4.2.5). A
     * side that has no candidate yet is no such case.
     *
     * @param rtp null where the section names no literal address
     * @param rtcp null where it shares the port of RTP
     */
    boolean isMismatch(@Nullable InetSocketAddress rtp, @Nullable InetSocketAddress rtcp) {
        if (ice.credentials() == null || ice.candidates().isEmpty() || rtp == null) {
            return false;
        }
        boolean none = rtp.getPort() == DISCARD_PORT && rtp.getAddress().isAnyLocalAddress();
        return !none && (!names(1, rtp) || (rtcp != null && !rtcpMux && !names(2, rtcp)));
    }

    private boolean names(int component, InetSocketAddress address) {
        return ice.candidates().stream()
                .anyMatch(candidate -> candidate.component() == component
                        && candidate.address().equals(address));
    }

    /** The section of somebody who finds no way by ICE with this one: media comes by the default candidates alone. */
    static MediaDescription atDefaultCandidates(IceAttributes ours, MediaDescription line) {
        IceCandidate rtp = ours.defaultCandidate(1);
        IceCandidate rtcp = ours.defaultCandidate(2);
        List<Attribute> attributes = new ArrayList<>(line.attributes());
        if (rtcp != null && !line.has("rtcp-mux")) {
            attributes.removeIf(attribute -> attribute.name().equals("rtcp"));
            attributes.add(port(rtcp.address()));
        }
        int port = rtp == null ? DISCARD_PORT : rtp.address().getPort();
        return new MediaDescription(line.type(), port, line.protocol(), line.formats(), line.connection(), attributes);
    }

    /** RFC 3605. */
    private static Attribute port(InetSocketAddress reports) {
        return new Attribute("rtcp", reports.getPort() + " " + LiteralAddress.connection(reports.getAddress()));
    }

    /**
     * The section with this transport: its attributes, and the default candidate as its address and port; without a candidate it has neither (RFC 8840 §4.1.1).
     *
     * <p>{@code a=ice-lite} and {@code a=ice-pacing} are the session's and not written here.
     *
     * @param withholdRelated whether the address that a reflexive candidate is of is left out
     */
    MediaDescription writeTo(MediaDescription line, boolean withholdRelated) {
        List<Attribute> attributes = new ArrayList<>(line.attributes());
        attributes.removeIf(attribute -> OF_SECTION.contains(attribute.name())
                || Set.of("mid", "rtcp", "rtcp-mux", "rtcp-mux-only", "bundle-only", LITE)
                        .contains(attribute.name()));
        if (mid != null) {
            attributes.add(new Attribute("mid", mid));
        }
        if (bundleOnly) {
            attributes.add(new Attribute("bundle-only", null));
        }
        IceCandidate rtp = ice.defaultCandidate(1);
        IceCandidate rtcp = ice.defaultCandidate(2);
        if (rtcp != null) {
            attributes.add(port(rtcp.address()));
        }
        if (rtcpMux) {
            attributes.add(new Attribute("rtcp-mux", null));
        }
        if (rtcpMuxOnly) {
            attributes.add(new Attribute("rtcp-mux-only", null));
        }
        for (String written : ice.write(withholdRelated)) {
            int colon = written.indexOf(':');
            if (written.equals(LITE) || written.startsWith(PACING)) {
                continue;
            }
            attributes.add(
                    colon < 0
                            ? new Attribute(written, null)
                            : new Attribute(written.substring(0, colon), written.substring(colon + 1)));
        }
        int port = rtp == null ? DISCARD_PORT : rtp.address().getPort();
        String connection = rtp == null
                ? "IN IP4 0.0.0.0"
                : LiteralAddress.connection(rtp.address().getAddress());
        return new MediaDescription(
                line.type(), bundleOnly ? 0 : port, line.protocol(), line.formats(), connection, attributes);
    }

    @Override
    public String toString() {
        return "TransportDescription[" + (ice.credentials() == null ? "no ICE" : "ICE")
                + (rtcpMux ? ", rtcp-mux]" : "]");
    }
}
