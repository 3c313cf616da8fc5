// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.diagnostics;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message split into lines but not parsed, so that it works for messages that the parser refuses:
 * those are the interesting ones.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
record SipText(String startLine, List<Field> fields, byte[] body) {
    record Field(String name, String value) {}

    private static final int MAX_FIELDS = 1_000;

    static SipText of(byte[] message) {
        int end = endOfHead(message);
        String head = new String(message, 0, end, StandardCharsets.UTF_8);
        String[] lines = head.split("\r?\n", MAX_FIELDS + 1);
        List<Field> fields = new ArrayList<>(lines.length);
        for (int i = 1; i < lines.length && i <= MAX_FIELDS; i++) {
            String line = lines[i];
            boolean folded = !line.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t');
            int colon = line.indexOf(':');
            if (folded && !fields.isEmpty()) {
                Field last = fields.remove(fields.size() - 1);
                fields.add(new Field(last.name, last.value + ' ' + line.trim()));
            } else if (!line.isEmpty()) {
                fields.add(
                        colon < 0
                                ? new Field("", line)
                                : new Field(
                                        line.substring(0, colon).trim(),
                                        line.substring(colon + 1).trim()));
            }
        }
        int start = Math.min(message.length, end + separator(message, end));
        return new SipText(lines[0], fields, Arrays.copyOfRange(message, start, message.length));
    }

    /** Returns the first value of a header by its full name, or null. */
    @Nullable
    String value(String name) {
        for (Field field : fields) {
            if (name.equals(SipVocabulary.header(field.name))) {
                return field.value;
            }
        }
        return null;
    }

    private static int endOfHead(byte[] message) {
        for (int i = 0; i < message.length; i++) {
            if (separator(message, i) > 0) {
                return i;
            }
        }
        return message.length;
    }

    /** Returns the length of the empty line after the head, if one begins here. */
    private static int separator(byte[] message, int at) {
        if (at + 3 < message.length
                && message[at] == '\r'
                && message[at + 1] == '\n'
                && message[at + 2] == '\r'
                && message[at + 3] == '\n') {
            return 4;
        }
        return at + 1 < message.length && message[at] == '\n' && message[at + 1] == '\n' ? 2 : 0;
    }
}
