// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A SIP message as the text that came, for {@link ScriptedPeer}. It finds header lines and nothing more: whoever asserts something about it reads
 * what was on the wire, not what a parser made of it.
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

    /** All of it. */
    public String text() {
        return text;
    }

    public String startLine() {
        return head.get(0);
    }

    public boolean isRequest() {
        return !startLine().startsWith("SIP/2.0 ");
    }

    /** Of a request, {@code INVITE}; of a response, the method in its CSeq. */
    public String method() {
        return isRequest() ? startLine().split(" ", 2)[0] : header("CSeq").split(" ", 2)[1];
    }

    /** 0 for a request. */
    public int status() {
        return isRequest() ? 0 : Integer.parseInt(startLine().substring(8, 11));
    }

    /** Of a request. */
    public String requestUri() {
        return startLine().split(" ", 3)[1];
    }

    /** The first of that name, or an empty text. */
    public String header(String name) {
        List<String> all = headers(name);
        return all.isEmpty() ? "" : all.get(0);
    }

    /** One for each line, in their order; several values on one line stay together. */
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

    /** The value of {@code ;name=value} in the first header of that name, or null. */
    public @Nullable String parameter(String header, String name) {
        for (String part : header(header).split(";", -1)) {
            String[] pair = part.split("=", 2);
            if (pair[0].trim().equalsIgnoreCase(name)) {
                return pair.length == 1 ? "" : pair[1].trim();
            }
        }
        return null;
    }

    /** What is between the angle brackets of the first header of that name, or before its parameters. */
    public String uri(String header) {
        String value = header(header);
        int open = value.indexOf('<');
        return open < 0 ? value.split(";", 2)[0].trim() : value.substring(open + 1, value.indexOf('>', open));
    }

    public String body() {
        return body;
    }

    /** The lines of the body that begin so, without their beginning. */
    public List<String> bodyLines(String beginning) {
        List<String> found = new ArrayList<>();
        for (String line : body.split("\r\n", -1)) {
            if (line.startsWith(beginning)) {
                found.add(line.substring(beginning.length()));
            }
        }
        return found;
    }

    /** {@code INVITE}, or {@code 180 INVITE}: reads well in an assertion over a whole flow. */
    public String summary() {
        return isRequest() ? method() : status() + " " + method();
    }

    @Override
    public String toString() {
        return summary();
    }
}
