// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.angus.mail.imap.protocol.BODYSTRUCTURE;
import org.jspecify.annotations.Nullable;

/**
 * A part of a message that holds something, not other parts.
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

    /** The leaves of a message, in order. What hangs on as a message of its own is not looked into: it is somebody else's. */
    static List<MimePart> of(BODYSTRUCTURE structure) {
        List<MimePart> parts = new ArrayList<>();
        collect(structure, structure.isMulti() ? "" : "1", 0, parts);
        return parts;
    }

    private static void collect(BODYSTRUCTURE structure, String section, int depth, List<MimePart> parts) {
        if (parts.size() >= MOST || depth > DEEPEST) {
            return;
        }
        if (!structure.isMulti()) {
            parts.add(leaf(structure, section));
            return;
        }
        int number = 0;
        for (BODYSTRUCTURE part : structure.bodies == null ? new BODYSTRUCTURE[0] : structure.bodies) {
            number++;
            collect(part, section.isEmpty() ? Integer.toString(number) : section + "." + number, depth + 1, parts);
        }
    }

    private static MimePart leaf(BODYSTRUCTURE structure, String section) {
        String charset = structure.cParams == null ? null : structure.cParams.get("charset");
        String encoding = lower(structure.encoding);
        return new MimePart(
                section,
                lower(structure.type) + "/" + lower(structure.subtype),
                encoding.isEmpty() ? "7bit" : encoding,
                structure.size,
                charset == null || charset.length() > LONGEST_WORD ? null : charset);
    }

    /** The library leaves null what the server left out, whatever its types say. */
    private static String lower(@Nullable String word) {
        return word != null && word.length() <= LONGEST_WORD ? word.toLowerCase(Locale.ROOT) : "";
    }

    /** Asterisk writes Ogg as {@code application/ogg}. */
    boolean isAudio() {
        return type.startsWith("audio/") || type.equals("application/ogg");
    }

    boolean isText() {
        return type.equals("text/plain");
    }

    /** How many bytes it is when decoded, where that follows from the encoding. */
    long decodedSize() {
        return switch (encoding) {
            case "7bit", "8bit", "binary" -> size;
            default -> -1;
        };
    }
}
