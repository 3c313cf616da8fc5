// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.diagnostics;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites a SIP message from the parts that may be shown (promise O2): words that are the same for
 * everybody, numbers where the grammar has them, and pseudonyms. It lists what may stay, not what
 * must go, so that an unforeseen header is never shown. It reads unparsed bytes, and omits what it
 * cannot read.
 *
 * <p>Used by one thread at a time.
 */
final class SipRedactor {
    private static final String LEFT_OUT = "[redacted]";
    private static final int MAX_HEADERS = 200;
    private static final int MAX_VALUES = 32;
    /** More than a registration's seconds; a longer number could be a telephone number. */
    private static final int MOST_SHOWN = 999_999;

    private static final Pattern START_REQUEST = Pattern.compile("(\\S+) +(\\S+) +SIP/2\\.0");
    private static final Pattern START_RESPONSE = Pattern.compile("SIP/2\\.0 +(\\d{3})\\b.*");
    private static final Pattern URI = Pattern.compile("(?i)\\b(sips?|tel|urn|https?):([^\\s<>\",;?]{1,256})");
    private static final Pattern VIA = Pattern.compile(
            "SIP */ *2\\.0 */ *([A-Za-z]{1,8})\\s+(\\[[0-9A-Fa-f:.]{2,50}]|[^\\s;:,]{1,256})(:\\d{1,5})?");
    private static final Pattern PARAMETER =
            Pattern.compile(";\\s*([A-Za-z0-9.+-]{1,32})(?:\\s*=\\s*\"?([^\\s\"<>;,]{0,256}))?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");
    private static final Pattern PREFERENCE = Pattern.compile("0(?:\\.[0-9]{1,3})?|1(?:\\.0{1,3})?");
    private static final Pattern DIGEST =
            Pattern.compile("(?i)\\b(algorithm|qop|stale)\\s*=\\s*\"?([A-Za-z0-9-]{1,16})");

    private final Pseudonyms pseudonyms;
    private final SdpRedactor sdp;

    SipRedactor(Pseudonyms pseudonyms) {
        this.pseudonyms = pseudonyms;
        this.sdp = new SdpRedactor(pseudonyms);
    }

    /** The trace of one message. */
    record Redacted(String callId, String summary, String text) {}

    Redacted redact(byte[] message) {
        SipText parts = SipText.of(message);
        StringBuilder out = new StringBuilder(512);
        out.append(startLine(parts.startLine())).append('\n');
        int shown = 0;
        for (SipText.Field field : parts.fields()) {
            if (shown++ == MAX_HEADERS) {
                out.append("[").append(parts.fields().size() - MAX_HEADERS).append(" more headers]\n");
                break;
            }
            String name = SipVocabulary.header(field.name());
            if (name == null) {
                out.append("[another header]: ").append(LEFT_OUT);
            } else {
                out.append(name).append(": ").append(value(name, field.value()));
            }
            out.append('\n');
        }
        out.append('\n');
        body(parts, out);
        String callId = parts.value("Call-ID");
        return new Redacted(callId == null ? "" : pseudonyms.callId(callId), summary(parts), out.toString());
    }

    /** Returns the method, or status and method. */
    static String summary(SipText parts) {
        Matcher request = START_REQUEST.matcher(parts.startLine());
        if (request.matches()) {
            return SipVocabulary.method(request.group(1));
        }
        Matcher response = START_RESPONSE.matcher(parts.startLine());
        if (!response.matches()) {
            return "?";
        }
        String cseq = parts.value("CSeq");
        String method = cseq == null ? "?" : cseq.substring(cseq.lastIndexOf(' ') + 1);
        return response.group(1) + " " + SipVocabulary.method(method);
    }

    private String startLine(String line) {
        Matcher request = START_REQUEST.matcher(line);
        if (request.matches()) {
            return SipVocabulary.method(request.group(1)) + " " + addresses(request.group(2)) + " SIP/2.0";
        }
        Matcher response = START_RESPONSE.matcher(line);
        // The reason phrase is free text and may contain a name.
        return response.matches() ? "SIP/2.0 " + response.group(1) : LEFT_OUT;
    }

    private String value(String name, String value) {
        return switch (name) {
            case "From",
                    "To",
                    "Contact",
                    "Route",
                    "Record-Route",
                    "Path",
                    "Service-Route",
                    "P-Asserted-Identity",
                    "P-Preferred-Identity",
                    "P-Called-Party-ID",
                    "P-Associated-URI",
                    "Remote-Party-ID",
                    "Diversion",
                    "History-Info",
                    "Refer-To",
                    "Referred-By",
                    "Reply-To" -> value.equals("*") ? "*" : addresses(value);
            case "Via" -> via(value);
            case "Call-ID", "In-Reply-To" -> pseudonyms.callId(value);
            case "Replaces", "Join", "Target-Dialog" -> {
                int end = value.indexOf(';');
                yield end < 0
                        ? pseudonyms.callId(value)
                        : pseudonyms.callId(value.substring(0, end)) + parameters(value);
            }
            case "WWW-Authenticate", "Proxy-Authenticate", "Authorization", "Proxy-Authorization" -> digest(value);
            case "CSeq",
                    "RSeq",
                    "RAck",
                    "Content-Length",
                    "Max-Forwards",
                    "Expires",
                    "Min-Expires",
                    "Min-SE",
                    "Session-Expires",
                    "Flow-Timer",
                    "Retry-After" -> tokens(value, true);
            case "Allow",
                    "Allow-Events",
                    "Supported",
                    "Require",
                    "Proxy-Require",
                    "Unsupported",
                    "Accept",
                    "Accept-Encoding",
                    "Content-Encoding",
                    "Content-Disposition",
                    "Content-Type",
                    "Event",
                    "Subscription-State",
                    "Refer-Sub",
                    "Reason",
                    "Privacy",
                    "Priority" -> tokens(value, false);
            default -> LEFT_OUT;
        };
    }

    /**
     * Returns every URI as a pseudonym, then the parameters that may be shown. Display names are
     * omitted.
     */
    private String addresses(String value) {
        List<String> uris = new ArrayList<>(2);
        Matcher uri = URI.matcher(value);
        while (uri.find() && uris.size() < MAX_VALUES) {
            String scheme = uri.group(1).toLowerCase(Locale.ROOT);
            String rest = uri.group(2);
            if (scheme.equals("tel")) {
                uris.add("tel:" + pseudonyms.user(rest));
            } else if (scheme.startsWith("sip")) {
                uris.add(scheme + ":" + sipAddress(rest));
            } else {
                uris.add(scheme + ":" + LEFT_OUT);
            }
        }
        String shown = uris.isEmpty() ? LEFT_OUT : String.join(", ", uris);
        return "<" + shown + ">" + parameters(value);
    }

    private String sipAddress(String rest) {
        int at = rest.lastIndexOf('@');
        String user = at < 0 ? "" : rest.substring(0, at);
        int secret = user.indexOf(':');
        String name = secret < 0 ? user : user.substring(0, secret);
        String shown = host(rest.substring(at + 1));
        return name.isEmpty() ? shown : pseudonyms.user(name) + "@" + shown;
    }

    private String host(String hostPort) {
        int colon = hostPort.lastIndexOf(':');
        boolean hasPort = colon > 0 && colon < hostPort.length() - 1 && isNumber(hostPort.substring(colon + 1), 65_535);
        return hasPort
                ? pseudonyms.host(hostPort.substring(0, colon)) + hostPort.substring(colon)
                : pseudonyms.host(hostPort);
    }

    private String via(String value) {
        Matcher via = VIA.matcher(value);
        if (!via.find()) {
            return LEFT_OUT;
        }
        String transport = SipVocabulary.knows(via.group(1)) ? via.group(1) : "?";
        String port = via.group(3) == null || !isNumber(via.group(3).substring(1), 65_535) ? "" : via.group(3);
        return "SIP/2.0/" + transport + " " + pseudonyms.host(via.group(2)) + port + parameters(value);
    }

    private String parameters(String value) {
        StringBuilder out = new StringBuilder();
        Matcher parameter = PARAMETER.matcher(value);
        int count = 0;
        while (parameter.find() && count++ < MAX_VALUES) {
            String name = parameter.group(1).toLowerCase(Locale.ROOT);
            String shown = parameter(name, parameter.group(2));
            if (shown != null) {
                out.append(';').append(name).append(shown.isEmpty() ? "" : "=").append(shown);
            }
        }
        return out.toString();
    }

    /**
     * @return empty for a parameter without a value, null for one that is not shown
     */
    private @Nullable String parameter(String name, @Nullable String value) {
        String given = value == null ? "" : value;
        return switch (name) {
            case "tag", "to-tag", "from-tag" -> pseudonyms.tag(given);
            case "branch" -> pseudonyms.branch(given);
            case "received", "maddr" -> pseudonyms.host(given);
            case "lr", "ob", "early-only" -> "";
            case "q" -> PREFERENCE.matcher(given).matches() ? given : LEFT_OUT;
            case "rport", "expires", "reg-id", "cause", "ttl", "retry-after", "duration", "counter" ->
                given.isEmpty() || isNumber(given, MOST_SHOWN) ? given : LEFT_OUT;
            case "transport", "refresher", "reason", "privacy", "screen", "party", "user", "id-type", "handling" ->
                SipVocabulary.knows(given) ? given : LEFT_OUT;
            default -> null;
        };
    }

    private static boolean isNumber(String text, long most) {
        return NUMBER.matcher(text).matches() && Long.parseLong(text) <= most;
    }

    /**
     * Returns known words; a question mark for any other.
     *
     * @param numeric whether the grammar has numbers here: small ones are shown, others have a
     *     pseudonym
     */
    private String tokens(String value, boolean numeric) {
        StringBuilder out = new StringBuilder();
        int end = value.indexOf(';');
        int count = 0;
        for (String token : (end < 0 ? value : value.substring(0, end)).split("[,\\s]+", MAX_VALUES * 2)) {
            if (!token.isEmpty()) {
                out.append(count++ == 0 ? "" : " ").append(token(token, numeric));
            }
        }
        return out.append(end < 0 ? "" : parameters(value)).toString();
    }

    private String token(String token, boolean numeric) {
        if (numeric && NUMBER.matcher(token).matches()) {
            return isNumber(token, MOST_SHOWN) ? token : pseudonyms.number(token);
        }
        return SipVocabulary.knows(token) ? token : "?";
    }

    private static String digest(String value) {
        StringBuilder out = new StringBuilder(value.regionMatches(true, 0, "Digest", 0, 6) ? "Digest " : "");
        Matcher parameter = DIGEST.matcher(value);
        int count = 0;
        while (parameter.find() && count++ < MAX_VALUES) {
            if (SipVocabulary.knows(parameter.group(2))) {
                out.append(parameter.group(1))
                        .append('=')
                        .append(parameter.group(2))
                        .append(", ");
            }
        }
        return out.append(LEFT_OUT).toString();
    }

    private void body(SipText parts, StringBuilder out) {
        byte[] body = parts.body();
        if (body.length == 0) {
            return;
        }
        String type = parts.value("Content-Type");
        if (type != null && type.toLowerCase(Locale.ROOT).startsWith("application/sdp")) {
            sdp.redact(new String(body, StandardCharsets.UTF_8), out);
        } else {
            // A message summary contains the account, an INFO the keys pressed, a MESSAGE its text.
            out.append('[').append(body.length).append(" bytes redacted]\n");
        }
    }
}
