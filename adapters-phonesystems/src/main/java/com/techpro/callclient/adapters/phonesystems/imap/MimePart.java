// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.imap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A leaf of a message's structure.
 *
 * @param section its name in a fetch (RFC 3501 §6.4.5)
 * @param type in lower case, such as {@code audio/x-wav}
 * @param encoding in lower case, such as {@code base64}
 * @param size in bytes as it is encoded, or -1
 * @param charset of text, or null
 */
record MimePart(
        String section,
        String type,
        String encoding,
        int size,
        @Nullable String charset) {
    private static final int MOST = 100;
    private static final int DEEPEST = 20;
    private static final int LONGEST_WORD = 100;

    /**
     * Returns a message's leaves, in order. It skips attached messages, which are somebody else's.
     *
     * @param structure as a server describes it (RFC 3501 §7.4.2): lists, strings as bytes, and
     *     atoms
     */
    static List<MimePart> of(List<?> structure) {
        List<MimePart> parts = new ArrayList<>();
        collect(structure, isMulti(structure) ? "" : "1", 0, parts);
        return parts;
    }

    private static boolean isMulti(List<?> structure) {
        return !structure.isEmpty() && structure.get(0) instanceof List<?>;
    }

    private static void collect(List<?> structure, String section, int depth, List<MimePart> parts) {
        if (parts.size() >= MOST || depth > DEEPEST) {
            return;
        }
        if (!isMulti(structure)) {
            parts.add(leaf(structure, section));
            return;
        }
        int number = 0;
        for (Object part : structure) {
            if (!(part instanceof List<?> child)) {
                // The subtype follows the last part.
                return;
            }
            number++;
            collect(child, section.isEmpty() ? Integer.toString(number) : section + "." + number, depth + 1, parts);
        }
    }

    /** Reads type, subtype, parameters, id, description, encoding and size. */
    private static MimePart leaf(List<?> structure, String section) {
        String encoding = word(structure, 5);
        String size = word(structure, 6);
        return new MimePart(
                section,
                word(structure, 0) + "/" + word(structure, 1),
                encoding.isEmpty() ? "7bit" : encoding,
                size.matches("[0-9]{1,9}") ? Integer.parseInt(size) : -1,
                charset(structure.size() > 2 ? structure.get(2) : null));
    }

    private static @Nullable String charset(@Nullable Object parameters) {
        List<?> pairs = parameters instanceof List<?> list ? list : List.of();
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            String value = word(pairs, i + 1);
            if (word(pairs, i).equals("charset") && !value.isEmpty()) {
                return value;
            }
        }
        return null;
    }

    /** Returns a word in lower case; empty if it is missing or too long. */
    private static String word(List<?> list, int index) {
        Object item = index < list.size() ? list.get(index) : null;
        String text = item instanceof byte[] bytes
                ? new String(bytes, StandardCharsets.ISO_8859_1)
                : item instanceof String atom && !atom.equalsIgnoreCase("NIL") ? atom : "";
        return text.length() <= LONGEST_WORD ? text.toLowerCase(Locale.ROOT) : "";
    }

    /** Asterisk writes Ogg as {@code application/ogg}. */
    boolean isAudio() {
        return type.startsWith("audio/") || type.equals("application/ogg");
    }

    boolean isText() {
        return type.equals("text/plain");
    }

    /** Returns the decoded size in bytes, if the encoding allows it to be calculated. */
    long decodedSize() {
        return switch (encoding) {
            case "7bit", "8bit", "binary" -> size;
            default -> -1;
        };
    }
}
