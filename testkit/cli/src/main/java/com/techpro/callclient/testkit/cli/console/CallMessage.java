// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.console;

import com.techpro.callclient.testkit.pbx.trace.TracedMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a call list needs of a message, read once. Without secrets.
 *
 * @param method of the request, or of the request that it answers
 * @param status 0 for a request
 * @param text its method, or its status and reason phrase
 * @param fromPbx whether the PBX sent it
 * @param from the user of its From header
 * @param to the user of its To header
 * @param inDialog whether it belongs to an existing dialog (RFC 3261 §12)
 * @param withCredentials whether it answers a challenge (RFC 3261 §22)
 * @param success whether it is a NOTIFY of a successful transfer (RFC 3515 §2.4.5)
 */
record CallMessage(
        String callId,
        String method,
        int status,
        long cseq,
        String text,
        boolean fromPbx,
        String from,
        String to,
        boolean inDialog,
        boolean withCredentials,
        boolean success) {
    private static final Pattern SUCCESS = Pattern.compile("\r?\n\r?\nSIP/2\\.0 2\\d\\d");

    static CallMessage of(TracedMessage message) {
        List<String> lines = message.redactedText()
                .lines()
                .takeWhile(line -> !line.isEmpty())
                .toList();
        String text = message.summary();
        int status = Math.max(0, message.status());
        String[] cseq = header(lines, "CSeq", "CSeq").strip().split("\\s+", 2);
        String method = status > 0 ? (cseq.length == 2 ? cseq[1] : "") : text;
        return new CallMessage(
                header(lines, "Call-ID", "i"),
                method,
                status,
                number(cseq[0]),
                text,
                message.from().name().equals("PBX"),
                user(header(lines, "From", "f")),
                user(header(lines, "To", "t")),
                header(lines, "To", "t").contains(";tag="),
                has(lines, "Authorization") || has(lines, "Proxy-Authorization"),
                text.equals("NOTIFY")
                        && header(lines, "Content-Type", "c").startsWith("message/sipfrag")
                        && SUCCESS.matcher(new String(message.wire(), StandardCharsets.UTF_8))
                                .find());
    }

    /**
     * Whether a list with room for one message shows it: it is a step of the call, not a
     * confirmation of one.
     */
    boolean tells() {
        if (status == 0) {
            return !method.equals("ACK");
        }
        // After a challenge the same request follows; that one is the step.
        return method.equals("INVITE") ? status > 100 : status >= 300 && !isChallenge();
    }

    /** Whether the phone is challenged, for the first time or again. */
    boolean isChallenge() {
        return status == 401 || status == 407;
    }

    private static boolean has(List<String> lines, String name) {
        return !header(lines, name, name).isEmpty();
    }

    private static String header(List<String> lines, String name, String compact) {
        for (String line : lines) {
            int colon = line.indexOf(':');
            String found = colon < 0 ? "" : line.substring(0, colon);
            if (found.equalsIgnoreCase(name) || found.equalsIgnoreCase(compact)) {
                return line.substring(colon + 1).strip();
            }
        }
        return "";
    }

    private static long number(String digits) {
        return digits.matches("\\d{1,10}") ? Long.parseLong(digits) : 0;
    }

    /** Returns the user of an address, for a call list. */
    private static String user(String address) {
        int begin = address.indexOf(':', Math.max(0, address.indexOf('<'))) + 1;
        int end = address.indexOf('@', begin);
        return end < 0 ? address : address.substring(begin, end);
    }
}
