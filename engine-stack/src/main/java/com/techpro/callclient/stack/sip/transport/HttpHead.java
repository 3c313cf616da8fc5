// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The start line and the fields of an HTTP message (RFC 9112 §2), as far as a WebSocket handshake
 * needs them.
 */
final class HttpHead {
    /** Collects a head from a stream, within limits, and reads nothing after it. */
    static final class Collector {
        private final StringBuilder text = new StringBuilder();
        private boolean failed;

        /** @return the head once it is complete, else null */
        @Nullable
        HttpHead feed(ByteBuffer bytes) {
            while (bytes.hasRemaining() && !failed) {
                text.append((char) (bytes.get() & 0xff));
                int length = text.length();
                if (length >= 4 && text.indexOf("\r\n\r\n", length - 4) >= 0) {
                    HttpHead head = parse(text.substring(0, length - 4));
                    failed = head == null;
                    return head;
                }
                failed = length >= LONGEST;
            }
            return null;
        }

        /** Whether it is too long, or malformed. */
        boolean hasFailed() {
            return failed;
        }
    }

    /** In bytes; far more than a server with cookies and policies sends. */
    static final int LONGEST = 8_192;

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private final String startLine;
    private final Map<String, List<String>> fields;

    private HttpHead(String startLine, Map<String, List<String>> fields) {
        this.startLine = startLine;
        this.fields = fields;
    }

    private static @Nullable HttpHead parse(String text) {
        String[] lines = text.split("\r\n", -1);
        Map<String, List<String>> fields = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            // Neither folded lines nor space before the colon (RFC 9112 §5).
            if (colon <= 0 || !TOKEN.matcher(lines[i].substring(0, colon)).matches()) {
                return null;
            }
            String name = lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
            fields.computeIfAbsent(name, key -> new ArrayList<>(1))
                    .add(lines[i].substring(colon + 1).trim());
        }
        return new HttpHead(lines[0], fields);
    }

    /** Returns the status of a response, or -1 if it is not HTTP/1.1. */
    int status() {
        if (!startLine.matches("HTTP/1\\.1 [1-5][0-9][0-9]( .*)?")) {
            return -1;
        }
        return Integer.parseInt(startLine.substring(9, 12));
    }

    /** Returns the method of an HTTP/1.1 request, or null if it is none. */
    @Nullable
    String method() {
        String[] parts = startLine.split(" ", -1);
        boolean request = parts.length == 3 && !parts[1].isEmpty() && parts[2].equals("HTTP/1.1");
        return request && TOKEN.matcher(parts[0]).matches() ? parts[0] : null;
    }

    boolean has(String name) {
        return fields.containsKey(name.toLowerCase(Locale.ROOT));
    }

    /** Returns the only value of a field, or null if there is none or more than one. */
    @Nullable
    String only(String name) {
        List<String> values = fields.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        return values.size() == 1 ? values.get(0) : null;
    }

    /** Whether one of the field's comma-separated values is the wanted one, ignoring case. */
    boolean lists(String name, String wanted) {
        for (String value : fields.getOrDefault(name.toLowerCase(Locale.ROOT), List.of())) {
            for (String each : value.split(",", -1)) {
                if (each.trim().equalsIgnoreCase(wanted)) {
                    return true;
                }
            }
        }
        return false;
    }
}
