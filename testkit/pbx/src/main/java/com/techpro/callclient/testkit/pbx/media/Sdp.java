// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session description as far as a relay has to understand it (RFC 8866): its media sections, with
 * attributes unchanged. It is independent of the engine's SDP code on purpose, so that a mistake
 * there is noticed.
 *
 * @param connection the session-level address, or null
 * @param attributes session-level attributes, without {@code a=}
 */
public record Sdp(@Nullable String connection, List<String> attributes, List<Section> sections) {
    private static final int MAX_LINES = 500;
    private static final int MAX_SECTIONS = 16;

    public Sdp {
        attributes = List.copyOf(attributes);
        sections = List.copyOf(sections);
    }

    /** Parses a session description; null if it is not one. */
    public static @Nullable Sdp parse(byte[] body) {
        String[] lines = new String(body, StandardCharsets.UTF_8).split("\r?\n", -1);
        if (lines.length > MAX_LINES || !lines[0].equals("v=0")) {
            return null;
        }
        String sessionConnection = null;
        List<String> sessionAttributes = new ArrayList<>();
        List<Section> sections = new ArrayList<>();
        Section open = null;
        for (String line : lines) {
            if (line.isEmpty()) {
                continue;
            }
            if (line.length() < 2 || line.charAt(1) != '=') {
                return null;
            }
            String value = line.substring(2).trim();
            switch (line.charAt(0)) {
                case 'm' -> {
                    open = Section.parse(value);
                    if (open == null || sections.size() == MAX_SECTIONS) {
                        return null;
                    }
                    sections.add(open);
                }
                case 'c' -> {
                    String address = address(value);
                    if (address == null) {
                        return null;
                    }
                    if (open == null) {
                        sessionConnection = address;
                    } else {
                        open = replaceLast(sections, open.withConnection(address));
                    }
                }
                case 'a' -> {
                    if (open == null) {
                        sessionAttributes.add(value);
                    } else {
                        open = replaceLast(sections, open.withAttribute(value));
                    }
                }
                default -> {
                    // A relay ignores origin, timing, bandwidth and the rest.
                }
            }
        }
        return new Sdp(sessionConnection, sessionAttributes, sections);
    }

    /** Returns the index of the first audio section that is not refused; -1 if there is none. */
    public int audioIndex() {
        for (int i = 0; i < sections.size(); i++) {
            Section section = sections.get(i);
            if (section.media().equals("audio") && section.port() != 0 && section.isRtp()) {
                return i;
            }
        }
        return -1;
    }

    /** Returns the address of a section: its own, or the session's. */
    @Nullable
    String connectionOf(Section section) {
        return section.connection() != null ? section.connection() : connection;
    }

    /** Returns the values of the session's attributes of that name, in order. */
    List<String> values(String name) {
        return valuesOf(name, attributes);
    }

    private static List<String> valuesOf(String name, List<String> attributes) {
        List<String> values = new ArrayList<>();
        for (String attribute : attributes) {
            if (attribute.startsWith(name + ":")) {
                values.add(attribute.substring(name.length() + 1));
            }
        }
        return values;
    }

    /** Returns a section's direction, else the session's, else {@code sendrecv} (RFC 3264 §5.1). */
    public String directionOf(Section section) {
        // Older phones hold with the address 0.0.0.0 (RFC 3264 §8.4); for the far end it is the
        // same as a=sendonly. With ICE it only means that no candidate is known yet (RFC 8840
        // §4.1.1).
        boolean nowhere =
                "0.0.0.0".equals(connectionOf(section)) && values("ice-ufrag").isEmpty();
        String fallback = nowhere && section.values("ice-ufrag").isEmpty() ? "sendonly" : "sendrecv";
        for (List<String> level : List.of(section.attributes(), attributes)) {
            for (String attribute : level) {
                if (isDirection(attribute)) {
                    return attribute.equals("sendrecv") ? fallback : attribute;
                }
            }
        }
        return fallback;
    }

    static boolean isDirection(String attribute) {
        return attribute.equals("sendrecv")
                || attribute.equals("sendonly")
                || attribute.equals("recvonly")
                || attribute.equals("inactive");
    }

    private static Section replaceLast(List<Section> sections, Section changed) {
        sections.set(sections.size() - 1, changed);
        return changed;
    }

    /** Parses the address in {@code IN IP4 192.0.2.1}; null if the format differs. */
    private static @Nullable String address(String value) {
        String[] words = value.split(" +", -1);
        return words.length == 3 && words[0].equals("IN") ? words[2].split("/", -1)[0] : null;
    }

    /** One {@code m=} line and the lines that belong to it. */
    public record Section(
            String media,
            int port,
            String protocol,
            List<String> formats,
            @Nullable String connection,
            List<String> attributes) {
        public Section {
            formats = List.copyOf(formats);
            attributes = List.copyOf(attributes);
        }

        public static @Nullable Section parse(String value) {
            String[] words = value.split(" +", -1);
            if (words.length < 4) {
                return null;
            }
            try {
                int port = Integer.parseInt(words[1].split("/", -1)[0]);
                List<String> formats = List.of(words).subList(3, words.length);
                return port < 0 || port > 65535
                        ? null
                        : new Section(words[0], port, words[2], formats, null, List.of());
            } catch (NumberFormatException e) {
                return null;
            }
        }

        boolean isRtp() {
            return protocol.equals("RTP/AVP") || isSecure() || isDtls();
        }

        /** Keyed by DTLS (RFC 5764 §8). */
        boolean isDtls() {
            return protocol.equals("UDP/TLS/RTP/SAVP") || protocol.equals("UDP/TLS/RTP/SAVPF");
        }

        /** Keyed by SDES. */
        boolean isSecure() {
            return protocol.equals("RTP/SAVP");
        }

        boolean has(String attribute) {
            return attributes.contains(attribute);
        }

        /** Returns the values of the attributes of that name, in order. */
        List<String> values(String name) {
            return valuesOf(name, attributes);
        }

        /** Returns a payload type's encoding name in upper case; null if it has none. */
        @Nullable
        String encodingOf(String format) {
            for (String map : values("rtpmap")) {
                String[] words = map.split(" +", 2);
                if (words.length == 2 && words[0].equals(format)) {
                    return words[1].split("/", -1)[0].toUpperCase(java.util.Locale.ROOT);
                }
            }
            return switch (format) {
                case "0" -> "PCMU";
                case "8" -> "PCMA";
                default -> null;
            };
        }

        /** Returns the parameters of a format; empty if there are none. */
        String parametersOf(String format) {
            for (String value : values("fmtp")) {
                if (value.startsWith(format + " ")) {
                    return value.substring(format.length() + 1).trim();
                }
            }
            return "";
        }

        /** Returns the rate in {@code a=rtpmap}, else that of G.711. */
        String clockRateOf(String format) {
            for (String map : values("rtpmap")) {
                String[] words = map.split(" +", 2);
                String[] parts = words.length == 2 ? words[1].trim().split("/", -1) : words;
                if (words[0].equals(format) && parts.length > 1) {
                    return parts[1];
                }
            }
            return "8000";
        }

        Section withConnection(String address) {
            return new Section(media, port, protocol, formats, address, attributes);
        }

        Section withAttribute(String attribute) {
            List<String> more = new ArrayList<>(attributes);
            more.add(attribute);
            return new Section(media, port, protocol, formats, connection, more);
        }
    }

    /** Shows no addresses and no keys. */
    @Override
    public String toString() {
        return "Sdp[" + sections.size() + " sections]";
    }
}
