// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.message;

/**
 * What a message is to an engine that is behind, told from its method and the tag of its To without parsing it. A wrong guess costs
 * nothing but the order of service: whoever acts on the message parses it.
 */
public enum MessageKind {
    /** A request outside dialogs, or a CANCEL of one: it waits behind what belongs to calls. */
    INITIAL_REQUEST,
    /** The ACK of an INVITE that {@linkplain InitialRequest#refusal was refused} without a transaction. */
    ACK_OF_REFUSAL,
    /** A response, a request within a dialog, or what the parser has to judge. */
    OTHER;

    /** Whether it is a MESSAGE (RFC 3428), of any bytes; never throws. */
    public static boolean isText(byte[] buffer, int offset, int length) {
        int end = offset + length;
        return startsWith(buffer, startLine(buffer, offset, end), end, "message ");
    }

    private static int startLine(byte[] buffer, int offset, int end) {
        int at = offset;
        while (at < end && (buffer[at] == '\r' || buffer[at] == '\n')) {
            at++;
        }
        return at;
    }

    /** Any bytes; never throws. */
    public static MessageKind of(byte[] buffer, int offset, int length) {
        int end = offset + length;
        int at = startLine(buffer, offset, end);
        if (startsWith(buffer, at, end, "sip/")) {
            return OTHER;
        }
        boolean ack = startsWith(buffer, at, end, "ack ");
        for (int line = nextLine(buffer, at, end); line < end; line = nextLine(buffer, line, end)) {
            if (buffer[line] == '\r') {
                return OTHER; // headers end without a To
            }
            int value = valueOfTo(buffer, line, end);
            if (value > 0) {
                int tag = tag(buffer, value, nextLine(buffer, line, end));
                if (ack) {
                    return tag > 0 && startsWith(buffer, tag, end, InitialRequest.TAG_PREFIX) ? ACK_OF_REFUSAL : OTHER;
                }
                return tag > 0 ? OTHER : INITIAL_REQUEST;
            }
        }
        return OTHER;
    }

    /** Where the next header begins, behind any folds. */
    private static int nextLine(byte[] buffer, int from, int end) {
        for (int i = from; i + 2 < end; i++) {
            if (buffer[i] == '\r' && buffer[i + 1] == '\n' && buffer[i + 2] != ' ' && buffer[i + 2] != '\t') {
                return i + 2;
            }
        }
        return end;
    }

    private static int valueOfTo(byte[] buffer, int line, int end) {
        int at = startsWith(buffer, line, end, "to") ? line + 2 : startsWith(buffer, line, end, "t") ? line + 1 : end;
        at = skipSpace(buffer, at, end);
        return at < end && buffer[at] == ':' ? at + 1 : 0;
    }

    /**
     * Where the value of the tag begins, or 0. Behind the last {@code >}: before it, the name and the URI may hold anything. Where something
     * is quoted behind it, nothing is believed: who wants to go first must not get there by a quoted tag.
     */
    private static int tag(byte[] buffer, int from, int end) {
        int at = from;
        boolean quoted = false;
        for (int i = from; i < end; i++) {
            if (buffer[i] == '>') {
                at = i;
                quoted = false;
            }
            quoted |= buffer[i] == '"';
        }
        if (quoted) {
            return 0;
        }
        for (; at < end; at++) {
            if (buffer[at] == ';') {
                int name = skipSpace(buffer, at + 1, end);
                int equals = skipSpace(buffer, name + 3, end);
                if (startsWith(buffer, name, end, "tag") && equals < end && buffer[equals] == '=') {
                    return skipSpace(buffer, equals + 1, end);
                }
            }
        }
        return 0;
    }

    private static int skipSpace(byte[] buffer, int from, int end) {
        int at = from;
        while (at < end && (buffer[at] == ' ' || buffer[at] == '\t' || buffer[at] == '\r' || buffer[at] == '\n')) {
            at++;
        }
        return at;
    }

    /** @param lower in lower case */
    private static boolean startsWith(byte[] buffer, int at, int end, String lower) {
        if (end - at < lower.length()) {
            return false;
        }
        for (int i = 0; i < lower.length(); i++) {
            int b = buffer[at + i];
            int c = b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
            if (c != lower.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
