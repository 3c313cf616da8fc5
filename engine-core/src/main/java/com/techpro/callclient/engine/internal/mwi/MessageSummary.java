// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.mwi;

import com.techpro.callclient.engine.MessagesWaiting;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code application/simple-message-summary} (RFC 3842 §5.2). */
final class MessageSummary {
    static final String CONTENT_TYPE = "application/simple-message-summary";

    private static final int MAX_LENGTH = 16 * 1024;
    private static final int MAX_ACCOUNT = 512;
    private static final Pattern LINE =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]{1,64})[ \\t]*:[ \\t]*(.*?)[ \\t]*");
    private static final Pattern COUNTS = Pattern.compile(
            "(\\d{1,9})[ \\t]*/[ \\t]*(\\d{1,9})(?:[ \\t]*\\([ \\t]*(\\d{1,9})[ \\t]*/[ \\t]*(\\d{1,9})[ \\t]*\\))?");

    private MessageSummary() {}

    /**
     * Reads the status line, the account and the counts of voice messages; other kinds of message and the headers of single messages
     * are passed over.
     *
     * @return null if it does not begin with a status line, or a line that matters is malformed
     */
    static @Nullable MessagesWaiting parse(String body) {
        if (body.length() > MAX_LENGTH) {
            return null;
        }
        Boolean waiting = null;
        String account = null;
        MessagesWaiting.Counts voice = null;
        for (String line : body.split("\r?\n", -1)) {
            if (line.isEmpty()) {
                break; // what follows describes single messages
            }
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                return null;
            }
            String name = parts.group(1).toLowerCase(Locale.ROOT);
            String value = parts.group(2);
            if (waiting == null) {
                waiting = name.equals("messages-waiting") ? yesOrNo(value) : null;
                if (waiting == null) {
                    return null;
                }
            } else if (name.equals("message-account")) {
                account = value.length() <= MAX_ACCOUNT ? value : null;
            } else if (name.equals("voice-message")) {
                voice = counts(value);
                if (voice == null) {
                    return null;
                }
            }
        }
        return waiting == null ? null : new MessagesWaiting(waiting, voice, account);
    }

    private static @Nullable Boolean yesOrNo(String text) {
        return text.equalsIgnoreCase("yes") ? Boolean.TRUE : text.equalsIgnoreCase("no") ? Boolean.FALSE : null;
    }

    private static MessagesWaiting.@Nullable Counts counts(String text) {
        Matcher numbers = COUNTS.matcher(text);
        if (!numbers.matches()) {
            return null;
        }
        return new MessagesWaiting.Counts(
                Integer.parseInt(numbers.group(1)),
                Integer.parseInt(numbers.group(2)),
                numbers.group(3) == null ? 0 : Integer.parseInt(numbers.group(3)),
                numbers.group(4) == null ? 0 : Integer.parseInt(numbers.group(4)));
    }
}
