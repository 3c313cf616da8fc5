// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import com.techpro.callclient.stack.sip.message.HeaderSection.Line;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request outside dialogs of which only the parts are read that its rejection must repeat (RFC
 * 3261 §8.2.6.2); for an overloaded engine that has no time to parse it. The rejection keeps no
 * state (§8.2.7).
 */
public final class InitialRequest {
    /**
     * The prefix of the To tag in rejections, which identifies their ACKs. Tags of dialogs contain
     * no hyphen.
     */
    static final String TAG_PREFIX = "overload-";

    private final String method;
    private final String uri;
    private final List<String> vias;
    private final Via topVia;
    private final String from;
    private final String to;
    private final String callId;
    private final String cseq;

    private InitialRequest(HeaderSection section, String method, String uri) throws SipParseException {
        this.method = method;
        this.uri = uri;
        this.vias = Grammar.splitList(values(section, HeaderName.VIA));
        this.topVia = Via.parse(vias.get(0));
        this.from = once(section, HeaderName.FROM);
        this.to = once(section, HeaderName.TO);
        if (to.toLowerCase(Locale.ROOT).contains("tag")) {
            throw new SipParseException("it may be of a dialog after all");
        }
        this.callId = once(section, HeaderName.CALL_ID);
        this.cseq = once(section, HeaderName.CSEQ);
    }

    /** Returns null if it is no such request, or needs another answer: it must then be parsed. */
    public static @Nullable InitialRequest read(byte[] buffer, int offset, int length) {
        int end = offset + length;
        int start = offset;
        while (start < end && (buffer[start] == '\r' || buffer[start] == '\n')) {
            start++;
        }
        try {
            HeaderSection section = HeaderSection.read(buffer, start, end, MessageLimits.DEFAULT);
            String line = section.startLine();
            int first = line.indexOf(' ');
            int last = line.lastIndexOf(' ');
            boolean request = first > 0
                    && first < last
                    && Grammar.isToken(line.substring(0, first))
                    && line.substring(last + 1).equalsIgnoreCase("SIP/2.0");
            return request && section.body() >= 0
                    ? new InitialRequest(section, line.substring(0, first), line.substring(first + 1, last))
                    : null;
        } catch (SipParseException e) {
            return null;
        }
    }

    private static String values(HeaderSection section, String name) throws SipParseException {
        StringBuilder all = new StringBuilder();
        for (Line line : section.lines()) {
            if (line.name().equals(name)) {
                all.append(all.length() == 0 ? "" : ", ").append(line.value());
            }
        }
        if (all.length() == 0 || !Grammar.isText(all.toString())) {
            throw new SipParseException(Rejection.MISSING_HEADER, name + " is needed");
        }
        return all.toString();
    }

    private static String once(HeaderSection section, String name) throws SipParseException {
        if (section.lines().stream().filter(line -> line.name().equals(name)).count() > 1) {
            throw new SipParseException(Rejection.REPEATED_HEADER, name + " appears once");
        }
        return values(section, name);
    }

    public String method() {
        return method;
    }

    public boolean isMethod(String other) {
        return method.equals(other);
    }

    public Via topVia() {
        return topVia;
    }

    /** Returns the user of the SIP Request-URI, as written; empty if it has none. */
    public String user() {
        int scheme = uri.indexOf(':');
        int at = uri.indexOf('@');
        int password = uri.indexOf(':', scheme + 1);
        int end = password >= 0 && password < at ? password : at;
        return scheme >= 0 && at > scheme ? uri.substring(scheme + 1, end) : "";
    }

    /**
     * Returns the encoded response. The same request always gets the same response, including the
     * tag.
     *
     * @param top the topmost Via with the source of the request
     * @param retryAfter in seconds; 0 for no Retry-After
     */
    public byte[] refusal(int status, Via top, int retryAfter) {
        int tag = 31 * callId.hashCode() + vias.get(0).hashCode();
        StringBuilder out = new StringBuilder(512)
                .append("SIP/2.0 ")
                .append(status)
                .append(' ')
                .append(ReasonPhrase.of(status))
                .append("\r\n");
        line(out, HeaderName.VIA, top.encode());
        for (String via : vias.subList(1, vias.size())) {
            line(out, HeaderName.VIA, via);
        }
        line(out, HeaderName.FROM, from);
        line(out, HeaderName.TO, to + ";tag=" + TAG_PREFIX + Integer.toHexString(tag));
        line(out, HeaderName.CALL_ID, callId);
        line(out, HeaderName.CSEQ, cseq);
        if (retryAfter > 0) {
            line(out, "Retry-After", Integer.toString(retryAfter));
        }
        line(out, HeaderName.CONTENT_LENGTH, "0");
        return out.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void line(StringBuilder out, String name, String value) {
        out.append(name).append(": ").append(value).append("\r\n");
    }

    @Override
    public String toString() {
        return "InitialRequest[" + (Grammar.isToken(method) ? method : "?") + "]";
    }
}
