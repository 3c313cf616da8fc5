// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

/**
 * The kind of a message for an overloaded engine, from its method and To tag, without parsing it. A
 * wrong guess only changes the order of processing, as the message is parsed later.
 */
public enum MessageKind {
    /**
     * A request outside dialogs, or a CANCEL of one: it waits until messages of calls are
     * processed.
     */
    INITIAL_REQUEST,
    /**
     * The ACK of an INVITE that was {@linkplain InitialRequest#refusal rejected} without a
     * transaction.
     */
    ACK_OF_REFUSAL,
    /** A response, a request within a dialog, or anything that must be parsed. */
    OTHER;

    /** Whether it is a MESSAGE (RFC 3428). Accepts any bytes; never throws. */
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

    /** Accepts any bytes; never throws. */
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

    /** Returns the start of the next header, after any folds. */
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
     * Returns the start of the tag's value, or 0. Only the part after the last {@code >} is
     * searched: before it, the name and the URI may hold anything. If that part has a quote, there
     * is no tag: a sender must not gain priority by a quoted tag.
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

    /**
     * @param lower in lower case
     */
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
