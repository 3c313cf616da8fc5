// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Header parameters: {@code *( SEMI generic-param )}. Names are lower case; a value keeps its
 * quotes; a parameter without a value maps to the empty string. The library is not used because it
 * keeps the last of two equal names.
 */
final class Parameters {
    private Parameters() {}

    /** Parses from the given index to the end of the text. */
    static Map<String, String> parse(String text, int from) throws SipParseException {
        int at = Grammar.skipSpace(text, from);
        if (at == text.length()) {
            return Map.of();
        }
        ParameterMap.Builder parameters = new ParameterMap.Builder();
        while (at < text.length()) {
            if (text.charAt(at) != ';') {
                throw new SipParseException("parameters are separated by semicolons");
            }
            int start = Grammar.skipSpace(text, at + 1);
            int end = Grammar.endOfToken(text, start);
            if (end == start) {
                throw new SipParseException("a parameter has a name");
            }
            String name = text.substring(start, end).toLowerCase(Locale.ROOT);
            String value = "";
            at = Grammar.skipSpace(text, end);
            if (at < text.length() && text.charAt(at) == '=') {
                start = Grammar.skipSpace(text, at + 1);
                end = endOfValue(text, start);
                if (end == start) {
                    throw new SipParseException("a parameter with an equals sign has a value");
                }
                value = text.substring(start, end);
                at = Grammar.skipSpace(text, end);
            }
            if (!parameters.add(name, value)) {
                throw new SipParseException("a parameter appears once");
            }
            if (parameters.size() > MessageLimits.DEFAULT.parameters()) {
                throw new SipParseException(Rejection.TOO_MANY_VALUES, "too many parameters");
            }
        }
        return parameters.build();
    }

    /** Token, host (an IPv6 address, with or without brackets) or quoted string. */
    private static int endOfValue(String text, int from) throws SipParseException {
        if (from < text.length() && text.charAt(from) == '"') {
            return Grammar.endOfQuoted(text, from);
        }
        int end = from;
        while (end < text.length()) {
            char c = text.charAt(end);
            if (!Grammar.isTokenChar(c) && c != '[' && c != ']' && c != ':' && c != '/' && c != '@' && c < 128) {
                break;
            }
            end++;
        }
        return end;
    }

    /**
     * Returns an immutable copy in the same order. Most addresses have at most one parameter, and
     * messages hold many addresses.
     */
    static Map<String, String> copy(Map<String, String> parameters) {
        if (parameters instanceof ParameterMap) {
            return parameters;
        }
        if (parameters.isEmpty()) {
            return Map.of();
        }
        if (parameters.size() == 1) {
            Map.Entry<String, String> only = parameters.entrySet().iterator().next();
            return Collections.singletonMap(only.getKey(), only.getValue());
        }
        ParameterMap.Builder compact = new ParameterMap.Builder();
        parameters.forEach(compact::add);
        return compact.build();
    }

    static void encode(StringBuilder out, Map<String, String> parameters) {
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            out.append(';').append(parameter.getKey());
            if (!parameter.getValue().isEmpty()) {
                out.append('=').append(parameter.getValue());
            }
        }
    }

    /** Returns a copy with the parameter set; checked, because values can come from users. */
    static Map<String, String> with(Map<String, String> parameters, String name, String value) {
        if (!Grammar.isToken(name)) {
            throw new IllegalArgumentException("a parameter name is a token");
        }
        try {
            if (!value.isEmpty() && endOfValue(value, 0) != value.length()) {
                throw new IllegalArgumentException("a parameter value is a token, a host or quoted");
            }
        } catch (SipParseException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        Map<String, String> changed = new LinkedHashMap<>(parameters);
        changed.put(name.toLowerCase(Locale.ROOT), Grammar.requireOneLine(value));
        return copy(changed);
    }

    static Map<String, String> without(Map<String, String> parameters, String name) {
        Map<String, String> changed = new LinkedHashMap<>(parameters);
        changed.remove(name.toLowerCase(Locale.ROOT));
        return copy(changed);
    }
}
