// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A CPIM message (RFC 3862): headers, an empty line, and a MIME part. Immutable. */
final class CpimMessage {
    static final String CONTENT_TYPE = "message/cpim";

    private static final String IMDN = "urn:ietf:params:imdn";
    private static final int MOST_HEADERS = 64;
    private static final int LONGEST_LINE = 1_024;

    /** One header. */
    record Header(String name, String value) {}

    private final List<Header> headers;
    private final String contentType;
    private final boolean transferEncoded;
    private final byte[] content;

    private CpimMessage(List<Header> headers, String contentType, boolean transferEncoded, byte[] content) {
        this.headers = List.copyOf(headers);
        this.contentType = contentType;
        this.transferEncoded = transferEncoded;
        this.content = content;
    }

    /** Returns the content type of the part, with its parameters. */
    String contentType() {
        return contentType;
    }

    /** Whether the part has a transfer encoding to decode first. */
    boolean transferEncoded() {
        return transferEncoded;
    }

    byte[] content() {
        return content.clone();
    }

    /** Creates a message with the IMDN name space, whose headers receipts need (RFC 5438 §6). */
    static CpimMessage of(List<Header> headers, String contentType, byte[] content) {
        List<Header> all = new ArrayList<>(headers);
        all.add(2, new Header("NS", "imdn <" + IMDN + ">"));
        return new CpimMessage(all, contentType, false, content);
    }

    /** @return null if it cannot be parsed, or is too large */
    static @Nullable CpimMessage parse(byte[] body) {
        int envelope = endOfHeaders(body, 0);
        int part = envelope < 0 ? -1 : endOfHeaders(body, envelope);
        List<Header> headers = part < 0 ? null : headers(body, 0, envelope);
        List<Header> mime = part < 0 ? null : headers(body, envelope, part);
        if (headers == null || mime == null) {
            return null;
        }
        String type = "text/plain";
        boolean encoded = false;
        for (Header header : mime) {
            switch (header.name().toLowerCase(Locale.ROOT)) {
                case "content-type" -> type = header.value();
                case "content-transfer-encoding" ->
                    encoded = !List.of("7bit", "8bit", "binary")
                            .contains(header.value().toLowerCase(Locale.ROOT));
                default -> {}
            }
        }
        return new CpimMessage(headers, type, encoded, Arrays.copyOfRange(body, part, body.length));
    }

    /** Returns where the text after the next empty line begins, or -1. */
    private static int endOfHeaders(byte[] body, int from) {
        int lineStart = from;
        for (int i = from; i < body.length; i++) {
            if (body[i] == '\n') {
                int length = i - lineStart - (i > lineStart && body[i - 1] == '\r' ? 1 : 0);
                if (length == 0) {
                    return i + 1;
                }
                lineStart = i + 1;
            }
        }
        return -1;
    }

    private static @Nullable List<Header> headers(byte[] body, int from, int to) {
        List<Header> headers = new ArrayList<>();
        for (String line : new String(body, from, to - from, StandardCharsets.UTF_8).split("\r?\n")) {
            int colon = line.indexOf(':');
            if (line.isEmpty()) {
                continue;
            }
            if (colon < 1 || line.length() > LONGEST_LINE || headers.size() == MOST_HEADERS) {
                return null;
            }
            headers.add(new Header(
                    line.substring(0, colon).trim(), line.substring(colon + 1).trim()));
        }
        return headers;
    }

    /** Returns the first header of a name, which is case-sensitive (§2.3), or null. */
    @Nullable
    String header(String name) {
        for (Header header : headers) {
            if (header.name().equals(name)) {
                return header.value();
            }
        }
        return null;
    }

    /**
     * Returns a header of RFC 5438, whatever prefix the sender chose for its name space (RFC 3862
     * §3.3), or null.
     */
    @Nullable
    String imdnHeader(String name) {
        for (Header header : headers) {
            if (header.name().equals("NS") && header.value().endsWith("<" + IMDN + ">")) {
                String prefix = header.value()
                        .substring(0, header.value().length() - IMDN.length() - 2)
                        .trim();
                return header(prefix.isEmpty() ? name : prefix + "." + name);
            }
        }
        return null;
    }

    byte[] encode() {
        StringBuilder head = new StringBuilder(256);
        for (Header header : headers) {
            head.append(header.name()).append(": ").append(header.value()).append("\r\n");
        }
        head.append("\r\nContent-Type: ").append(contentType).append("\r\nContent-Length: ");
        head.append(content.length).append("\r\n\r\n");
        byte[] start = head.toString().getBytes(StandardCharsets.UTF_8);
        byte[] whole = Arrays.copyOf(start, start.length + content.length);
        System.arraycopy(content, 0, whole, start.length, content.length);
        return whole;
    }

    @Override
    public String toString() {
        return "CpimMessage[redacted]";
    }
}
