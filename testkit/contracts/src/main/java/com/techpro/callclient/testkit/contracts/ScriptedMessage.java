// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A SIP message as received text, for {@link ScriptedPeer}. It only finds header lines, so
 * assertions see the wire and not a parser's interpretation.
 */
public final class ScriptedMessage {
    private static final Map<String, String> COMPACT = Map.of(
            "via",
            "v",
            "from",
            "f",
            "to",
            "t",
            "call-id",
            "i",
            "contact",
            "m",
            "content-length",
            "l",
            "content-type",
            "c",
            "supported",
            "k");

    private final String text;
    private final List<String> head;
    private final String body;

    ScriptedMessage(String text) {
        this.text = text;
        int end = text.indexOf("\r\n\r\n");
        head = List.of((end < 0 ? text : text.substring(0, end)).split("\r\n", -1));
        body = end < 0 ? "" : text.substring(end + 4);
    }

    /** Returns the whole text. */
    public String text() {
        return text;
    }

    public String startLine() {
        return head.get(0);
    }

    public boolean isRequest() {
        return !startLine().startsWith("SIP/2.0 ");
    }

    /**
     * Returns the method of a request, such as {@code INVITE}; of a response, the method in its
     * CSeq.
     */
    public String method() {
        return isRequest() ? startLine().split(" ", 2)[0] : header("CSeq").split(" ", 2)[1];
    }

    /** Returns the status; 0 for a request. */
    public int status() {
        return isRequest() ? 0 : Integer.parseInt(startLine().substring(8, 11));
    }

    /** Returns the URI of a request. */
    public String requestUri() {
        return startLine().split(" ", 3)[1];
    }

    /** Returns the first header of that name, or an empty text. */
    public String header(String name) {
        List<String> all = headers(name);
        return all.isEmpty() ? "" : all.get(0);
    }

    /** Returns one value per line, in order; several values on one line stay together. */
    public List<String> headers(String name) {
        List<String> found = new ArrayList<>();
        String compact = COMPACT.get(name.toLowerCase(Locale.ROOT));
        for (String line : head.subList(1, head.size())) {
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon).trim();
            if (field.equalsIgnoreCase(name) || field.equalsIgnoreCase(compact)) {
                found.add(line.substring(colon + 1).trim());
            }
        }
        return found;
    }

    /** Returns the value of {@code ;name=value} in the first header of that name, or null. */
    public @Nullable String parameter(String header, String name) {
        for (String part : header(header).split(";", -1)) {
            String[] pair = part.split("=", 2);
            if (pair[0].trim().equalsIgnoreCase(name)) {
                return pair.length == 1 ? "" : pair[1].trim();
            }
        }
        return null;
    }

    /**
     * Returns the URI in angle brackets in the first header of that name, or what precedes its
     * parameters.
     */
    public String uri(String header) {
        String value = header(header);
        int open = value.indexOf('<');
        return open < 0 ? value.split(";", 2)[0].trim() : value.substring(open + 1, value.indexOf('>', open));
    }

    public String body() {
        return body;
    }

    /** Returns the body lines with this beginning, without it. */
    public List<String> bodyLines(String beginning) {
        List<String> found = new ArrayList<>();
        for (String line : body.split("\r\n", -1)) {
            if (line.startsWith(beginning)) {
                found.add(line.substring(beginning.length()));
            }
        }
        return found;
    }

    /** Returns {@code INVITE}, or {@code 180 INVITE}, for assertions over a whole flow. */
    public String summary() {
        return isRequest() ? method() : status() + " " + method();
    }

    @Override
    public String toString() {
        return summary();
    }
}
