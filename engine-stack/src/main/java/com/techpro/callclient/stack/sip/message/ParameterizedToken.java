// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A header value of the form {@code token *( SEMI generic-param )}, such as Event and Subscription-State.
 *
 * @param token in lower case
 * @param parameters names in lower case
 */
public record ParameterizedToken(String token, Map<String, String> parameters) {
    /** Parses the value; null if it is absent or malformed. */
    public static @Nullable ParameterizedToken parse(@Nullable String value) {
        if (value == null) {
            return null;
        }
        int start = Grammar.skipSpace(value, 0);
        int end = Grammar.endOfToken(value, start);
        if (end == start) {
            return null;
        }
        try {
            return new ParameterizedToken(
                    value.substring(start, end).toLowerCase(Locale.ROOT), Parameters.parse(value, end));
        } catch (SipParseException e) {
            return null;
        }
    }

    /** Returns a parameter in seconds, or -1 if it is absent or no number. */
    public long seconds(String name) {
        String text = parameters.getOrDefault(name, "");
        boolean number = !text.isEmpty() && text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Long.parseLong(text) : -1;
    }
}
