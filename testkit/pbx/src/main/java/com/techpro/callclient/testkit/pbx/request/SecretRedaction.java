// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.request;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Removes secrets from a message for printing: credentials, media keys and tokens. Caller and
 * callee stay, because tests are about them. Anything not known to be harmless is removed: bodies
 * other than SDP, and headers and attributes whose names suggest secrets.
 */
public final class SecretRedaction {
    static final String REDACTED = "[redacted]";

    private static final Pattern SECRET_NAME =
            Pattern.compile("auth|token|secret|passw|pwd|cookie|credential|key", Pattern.CASE_INSENSITIVE);
    /** The password of a URI (RFC 3261 §19.1.1), and push parameters (RFC 8599 §4.1). */
    private static final Pattern URI_PASSWORD =
            Pattern.compile("(sips?:[^:@;>\\s]*):[^@>\\s]*@", Pattern.CASE_INSENSITIVE);

    private static final Pattern PUSH_TOKEN = Pattern.compile("(pn-prid=)[^;>\\s]*", Pattern.CASE_INSENSITIVE);

    /**
     * URI or header parameters whose names suggest a secret, and the headers in a URI (RFC 3261
     * §19.1.1).
     */
    private static final Pattern SECRET_PARAMETER = Pattern.compile(
            "([?&;,\\s](?:[\\w.-]*(?:token|secret|passw|pwd|credential|authorization)[\\w.-]*|[\\w.-]*key)=)(\"[^\"]*\"|[^&;,>\\s]*)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern INLINE_KEY = Pattern.compile("inline:\\S+", Pattern.CASE_INSENSITIVE);
    private static final Pattern HEAD_END = Pattern.compile("\r?\n\r?\n");
    private static final Pattern FOLD = Pattern.compile("[\r\n]+[ \t]+");
    private static final Pattern FIELD = Pattern.compile("([\\w.!%*+`'~-]+)\\s*:(.*)");
    private static final Pattern CONTENT_TYPE =
            Pattern.compile("(?:content-type|c)\\s*:(.*)", Pattern.CASE_INSENSITIVE);
    private static final String UNREADABLE = "[unreadable line]";

    private SecretRedaction() {}

    /**
     * Redacts a message as it was on the wire, even an unparsable one: lines that are neither
     * headers nor SDP are removed. Folded headers are on one line. Never fails.
     */
    public static String ofWire(byte[] message) {
        String text = new String(message, StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>();
        String contentType = null;
        for (String line : head(text)) {
            Matcher type = CONTENT_TYPE.matcher(line);
            if (!lines.isEmpty() && type.matches()) {
                contentType = type.group(1).trim().toLowerCase(Locale.ROOT);
            }
            lines.add(lines.isEmpty() ? ofStart(line) : ofField(line));
        }
        Matcher end = HEAD_END.matcher(text);
        String body = end.find() ? text.substring(end.end()) : "";
        return String.join("\r\n", lines) + "\r\n\r\n" + ofBody(body, contentType);
    }

    /** Returns the first line of what {@link #ofWire} returns. */
    public static String startOfWire(byte[] message) {
        List<String> head = head(new String(message, StandardCharsets.UTF_8));
        return head.isEmpty() ? "" : ofStart(head.get(0));
    }

    /**
     * Returns the first value of a header in what {@link #ofWire} returns; empty if there is none.
     */
    public static String headerOfWire(byte[] message, String name) {
        return head(new String(message, StandardCharsets.UTF_8)).stream()
                .skip(1)
                .filter(line -> line.regionMatches(true, 0, name, 0, name.length()))
                .map(SecretRedaction::ofField)
                .filter(field -> field.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
                .map(field -> field.substring(name.length() + 2))
                .findFirst()
                .orElse("");
    }

    /** Returns start line and headers, each on one line. */
    private static List<String> head(String text) {
        Matcher end = HEAD_END.matcher(text);
        return FOLD.matcher(end.find() ? text.substring(0, end.start()) : text)
                .replaceAll(" ")
                .lines()
                .toList();
    }

    private static String ofStart(String line) {
        return line.startsWith("SIP/2.0 ") || line.endsWith(" SIP/2.0") ? ofUri(line) : UNREADABLE;
    }

    private static String ofField(String line) {
        Matcher field = FIELD.matcher(line);
        return field.matches()
                ? SECRET_PARAMETER
                        .matcher(ofHeader(field.group(1) + ": " + field.group(2).trim()))
                        .replaceAll("$1" + REDACTED)
                : UNREADABLE;
    }

    /** @param text start line, headers, an empty line, body */
    static String ofMessage(String requestUri, String text, @Nullable String contentType) {
        int end = text.indexOf("\r\n\r\n");
        String body = text.substring(end + 4);
        String head = text.substring(0, end)
                .replace(requestUri, ofUri(requestUri))
                .lines()
                .map(SecretRedaction::ofHeader)
                .collect(Collectors.joining("\r\n"));
        return head + "\r\n\r\n" + ofBody(body, contentType);
    }

    static String ofUri(String uri) {
        return PUSH_TOKEN
                .matcher(URI_PASSWORD.matcher(uri).replaceAll("$1:" + REDACTED + "@"))
                .replaceAll("$1" + REDACTED);
    }

    static String ofHeaderValue(String name, String value) {
        return ofHeader(name + ": " + value).substring(name.length() + 2);
    }

    private static String ofHeader(String line) {
        int colon = line.indexOf(": ");
        String name = colon < 0 ? "" : line.substring(0, colon);
        if (!SECRET_NAME.matcher(name).find()) {
            return ofUri(line);
        }
        boolean scheme = name.toLowerCase(Locale.ROOT).endsWith("authorization");
        int space = line.indexOf(' ', colon + 2);
        return line.substring(0, scheme && space > 0 ? space + 1 : colon + 2) + REDACTED;
    }

    private static String ofBody(String body, @Nullable String contentType) {
        if (body.isEmpty()) {
            return "";
        }
        if (!"application/sdp".equals(contentType)) {
            return "[" + body.length() + " characters of " + contentType + "]";
        }
        return body.lines().map(SecretRedaction::ofSdpLine).collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    private static String ofSdpLine(String line) {
        if (line.startsWith("a=crypto:")) {
            String[] parts = line.split(" +", 3);
            return parts.length < 3 ? "a=crypto:" + REDACTED : parts[0] + " " + parts[1] + " " + REDACTED;
        }
        if (line.startsWith("k=")) {
            return "k=" + REDACTED;
        }
        int colon = line.indexOf(':');
        if (!line.matches("[a-z]=.*")) {
            return UNREADABLE;
        }
        boolean secret = line.startsWith("a=")
                && colon > 0
                && SECRET_NAME.matcher(line.substring(2, colon)).find();
        return secret
                ? line.substring(0, colon + 1) + REDACTED
                : INLINE_KEY.matcher(line).replaceAll("inline:" + REDACTED);
    }
}
