// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a session description line by line. Strict where a wrong reading would do harm, lenient where real phones are sloppy: bare
 * line feeds, empty lines, a missing {@code s=} or {@code t=}, lines out of order within a section. Bounded in every direction.
 */
final class SdpParser {
    private static final int MAX_BYTES = 32_768;
    private static final int MAX_LINE = 2_048;
    private static final int MAX_MEDIA = 32;
    private static final int MAX_FORMATS = 128;
    private static final int MAX_ATTRIBUTES = 256;
    private static final int MAX_PORT = 65_535;

    private final byte[] body;

    private @Nullable Origin origin;
    private @Nullable String sessionConnection;
    private final List<Attribute> sessionAttributes = new ArrayList<>();
    private final List<MediaDescription> media = new ArrayList<>();

    private @Nullable MediaLine current;
    private @Nullable String mediaConnection;
    private List<Attribute> mediaAttributes = new ArrayList<>();

    SdpParser(byte[] body) {
        this.body = body;
    }

    SessionDescription parse() throws SdpException {
        if (body.length > MAX_BYTES) {
            throw new SdpException("longer than " + MAX_BYTES + " bytes");
        }
        String text = new String(body, StandardCharsets.UTF_8);
        int first = 0;
        while (first < text.length() && endOfLine(text, first) == first) {
            first++;
        }
        int end = endOfLine(text, first);
        if (!text.substring(first, end).equals("v=0")) {
            throw new SdpException("the first line is v=0 (RFC 8866 §5.1)");
        }
        while (end < text.length()) {
            // Between CR and LF there is an empty line, which counts as none.
            int start = end + 1;
            end = endOfLine(text, start);
            if (end > start) {
                line(text.substring(start, end));
            }
        }
        finishMedia();
        if (origin == null) {
            throw new SdpException("there is an o= line (RFC 8866 §5.2)");
        }
        return new SessionDescription(origin, sessionConnection, sessionAttributes, media);
    }

    private static int endOfLine(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != '\r' && text.charAt(end) != '\n') {
            end++;
        }
        return end;
    }

    private void line(String line) throws SdpException {
        if (line.length() < 2 || line.charAt(1) != '=' || line.length() > MAX_LINE) {
            throw new SdpException("a line is a letter, an equals sign and no more than " + MAX_LINE + " characters");
        }
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) < ' ' && line.charAt(i) != '\t') {
                throw new SdpException("no control characters (RFC 8866 §9)");
            }
        }
        String value = line.substring(2);
        switch (line.charAt(0)) {
            case 'o' -> origin(value);
            case 'c' -> connection(value);
            case 'a' -> attribute(value);
            case 'm' -> startMedia(value);
            case 'v' -> throw new SdpException("v= comes once (RFC 8866 §5.1)");
            case 's', 'i', 'u', 'e', 'p', 'b', 't', 'r', 'z', 'k' -> {}
            default -> throw new SdpException("an unknown type of line (RFC 8866 §5)");
        }
    }

    private void origin(String value) throws SdpException {
        if (origin != null || current != null) {
            throw new SdpException("o= comes once, before any media (RFC 8866 §5)");
        }
        origin = Origin.parse(value);
    }

    private void connection(String value) {
        if (current == null) {
            sessionConnection = value;
        } else if (mediaConnection == null) {
            mediaConnection = value;
        }
    }

    private void attribute(String value) throws SdpException {
        List<Attribute> attributes = current == null ? sessionAttributes : mediaAttributes;
        if (attributes.size() >= MAX_ATTRIBUTES) {
            throw new SdpException("more than " + MAX_ATTRIBUTES + " attributes in a section");
        }
        attributes.add(Attribute.parse(value));
    }

    private void startMedia(String value) throws SdpException {
        finishMedia();
        if (media.size() >= MAX_MEDIA) {
            throw new SdpException("more than " + MAX_MEDIA + " media sections");
        }
        current = MediaLine.parse(value);
    }

    private void finishMedia() {
        if (current != null) {
            media.add(current.with(mediaConnection, mediaAttributes));
            mediaConnection = null;
            mediaAttributes = new ArrayList<>();
        }
        current = null;
    }

    /** The {@code m=} line itself (RFC 8866 §5.14). */
    private record MediaLine(String type, int port, String protocol, List<String> formats) {
        static MediaLine parse(String value) throws SdpException {
            List<String> words = Words.of(value, MAX_FORMATS + 4);
            if (words.size() < 4 || words.size() > MAX_FORMATS + 3) {
                throw new SdpException("m= has a type, port, protocol and formats (RFC 8866 §5.14)");
            }
            String portText = words.get(1);
            int slash = portText.indexOf('/');
            int port = Digits.parse(slash < 0 ? portText : portText.substring(0, slash), MAX_PORT);
            if (port < 0) {
                throw new SdpException("a port is 0 to 65535");
            }
            return new MediaLine(words.get(0), port, words.get(2), words.subList(3, words.size()));
        }

        MediaDescription with(@Nullable String connection, List<Attribute> attributes) {
            return new MediaDescription(type, port, protocol, formats, connection, attributes);
        }
    }
}
