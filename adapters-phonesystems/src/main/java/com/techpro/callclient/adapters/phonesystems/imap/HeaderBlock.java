// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.imap;

import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message's header fields (RFC 5322 §2.2): unfolded, encoded words decoded (RFC 2047), without
 * control characters. If a field occurs twice, the first counts. Anybody can send mail, so a field
 * may contain anything.
 */
final class HeaderBlock {
    private static final int MOST_FIELDS = 100;
    private static final int LONGEST_VALUE = 1_000;

    private final Map<String, String> fields = new HashMap<>();

    private HeaderBlock() {}

    static HeaderBlock parse(byte[] bytes) {
        HeaderBlock block = new HeaderBlock();
        String text = text(bytes);
        int at = 0;
        while (at < text.length() && block.fields.size() < MOST_FIELDS) {
            int end = endOfField(text, at);
            block.add(text.substring(at, end));
            at = end;
        }
        return block;
    }

    /** Returns the index after the first line end that is not followed by white space. */
    private static int endOfField(String text, int from) {
        int end = text.indexOf('\n', from);
        while (end >= 0 && end + 1 < text.length() && (text.charAt(end + 1) == ' ' || text.charAt(end + 1) == '\t')) {
            end = text.indexOf('\n', end + 1);
        }
        return end < 0 ? text.length() : end + 1;
    }

    private void add(String field) {
        int colon = field.indexOf(':');
        if (colon > 0) {
            String name = field.substring(0, colon).trim().toLowerCase(Locale.ROOT);
            String unfolded = field.substring(colon + 1).replace("\r", "").replace("\n", "");
            fields.putIfAbsent(name, unfolded.trim());
        }
    }

    /**
     * Decodes UTF-8 (RFC 6532) if the bytes are valid, otherwise Latin-1, which can decode
     * anything.
     */
    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    /** Returns the field as written; null if it is missing or empty. */
    @Nullable
    String raw(String name) {
        String value = fields.get(name.toLowerCase(Locale.ROOT));
        return value == null || value.isEmpty() || value.length() > LONGEST_VALUE ? null : value;
    }

    /** Returns the field as a reader sees it, or null. */
    @Nullable
    String shown(String name) {
        String value = raw(name);
        return value == null ? null : decoded(value);
    }

    /** Returns the field as a non-negative number, or -1. */
    long number(String name) {
        String value = raw(name);
        return value != null && value.matches("[0-9]{1,12}") ? Long.parseLong(value) : -1;
    }

    boolean has(String name) {
        return fields.containsKey(name.toLowerCase(Locale.ROOT));
    }

    static @Nullable String decoded(String value) {
        String words;
        try {
            words = MimeUtility.decodeText(value);
        } catch (UnsupportedEncodingException | RuntimeException e) {
            // An unknown character set or an invalid encoding: the text stays as it is.
            words = value;
        }
        StringBuilder clean = new StringBuilder(words.length());
        for (int i = 0; i < words.length(); i++) {
            char c = words.charAt(i);
            clean.append(Character.isISOControl(c) ? ' ' : c);
        }
        String trimmed = clean.toString().trim();
        return trimmed.isEmpty() ? null : trimmed;
    }
}
