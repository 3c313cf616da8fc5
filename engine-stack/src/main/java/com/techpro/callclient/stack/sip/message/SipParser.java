// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import com.techpro.callclient.stack.sip.message.HeaderSection.Line;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Parses received bytes into messages, and counts rejections. Any bytes give a
 * {@link ParseOutcome}; nothing is thrown, and {@link MessageLimits} bound time and memory. Not
 * thread-safe.
 */
public final class SipParser {
    private static final String VERSION = "SIP/2.0";

    private final MessageLimits limits;
    private final Map<Rejection, Long> rejections = new EnumMap<>(Rejection.class);

    public SipParser() {
        this(MessageLimits.DEFAULT);
    }

    public SipParser(MessageLimits limits) {
        this.limits = limits;
    }

    /**
     * Parses a complete datagram, or a complete message from a stream. Bytes after the body are
     * ignored (RFC 3261 §18.3).
     */
    public ParseOutcome parse(byte[] buffer, int offset, int length) {
        HeaderSection section = null;
        SipParseException problem;
        int start = offset;
        int end = offset + length;
        try {
            if (length > limits.message()) {
                throw new SipParseException(Rejection.TOO_LARGE, "a message is too large");
            }
            start = skipLineBreaks(buffer, offset, end);
            section = HeaderSection.read(buffer, start, end, limits);
            if (section.body() < 0) {
                throw new SipParseException(Rejection.TRUNCATED, "headers end with an empty line");
            }
            return new ParseOutcome.Parsed(message(section, buffer, end));
        } catch (SipParseException e) {
            problem = e;
        }
        if (section == null && problem.rejection() == Rejection.MALFORMED_HEADER) {
            section = HeaderSection.repaired(buffer, start, end, limits);
        }
        rejections.merge(problem.rejection(), 1L, Long::sum);
        return new ParseOutcome.Rejected(
                problem.rejection(), section == null ? null : RejectionAnswer.of(section, problem.rejection()));
    }

    /** Returns a copy of the rejection counts by reason. */
    public Map<Rejection, Long> rejections() {
        return Collections.unmodifiableMap(new EnumMap<>(rejections));
    }

    /** RFC 3261 §7.5: line breaks before the start line are ignored. */
    private static int skipLineBreaks(byte[] buffer, int from, int end) throws SipParseException {
        int at = from;
        while (at < end && (buffer[at] == '\r' || buffer[at] == '\n')) {
            at++;
        }
        if (at == end) {
            throw new SipParseException(Rejection.NOT_SIP, "only line breaks");
        }
        return at;
    }

    private SipMessage message(HeaderSection section, byte[] buffer, int end) throws SipParseException {
        String startLine = section.startLine();
        if (!Grammar.isText(startLine)) {
            throw new SipParseException(Rejection.MALFORMED_START_LINE, "a start line has no control characters");
        }
        if (isVersion(startLine)) {
            return response(section, buffer, end);
        }
        int versionAt = startLine.trim().lastIndexOf(' ') + 1;
        if (versionAt == 0 || !isVersion(startLine.substring(versionAt))) {
            throw new SipParseException(Rejection.NOT_SIP, "neither a request nor a response");
        }
        return request(section, buffer, end);
    }

    private static boolean isVersion(String text) {
        return text.regionMatches(true, 0, "SIP/", 0, 4);
    }

    private SipRequest request(HeaderSection section, byte[] buffer, int end) throws SipParseException {
        String line = section.startLine();
        int first = line.indexOf(' ');
        int last = line.lastIndexOf(' ');
        String version = line.substring(last + 1);
        if (first == last || !Grammar.isToken(line.substring(0, first)) || version.isEmpty()) {
            throw new SipParseException(Rejection.MALFORMED_START_LINE, "a request line is method, URI and version");
        }
        if (!version.equalsIgnoreCase(VERSION)) {
            throw new SipParseException(Rejection.VERSION, "the version is SIP/2.0");
        }
        String method = line.substring(0, first);
        SipUri uri;
        try {
            uri = SipUri.parse(line.substring(first + 1, last));
        } catch (SipParseException e) {
            throw new SipParseException(
                    e.rejection() == Rejection.PARSER_FAULT ? Rejection.PARSER_FAULT : Rejection.MALFORMED_START_LINE,
                    "the Request-URI is a URI");
        }
        if (!uri.headers().isEmpty()) {
            throw new SipParseException(Rejection.MALFORMED_START_LINE, "a Request-URI has no headers (§19.1.1)");
        }
        List<HeaderField> fields = fields(section);
        byte[] body = body(section, buffer, end);
        SipRequest request = new SipRequest(method, uri, fields, body);
        if (!request.cseq().method().equals(method)) {
            throw new SipParseException(Rejection.CSEQ_METHOD, "the method of CSeq is the request's");
        }
        return request;
    }

    private SipResponse response(HeaderSection section, byte[] buffer, int end) throws SipParseException {
        String line = section.startLine();
        int space = line.indexOf(' ');
        if (space < 0 || !line.substring(0, space).equalsIgnoreCase(VERSION)) {
            throw new SipParseException(Rejection.VERSION, "the version is SIP/2.0");
        }
        int statusEnd = Grammar.endOfDigits(line, space + 1);
        long status = Grammar.number(line.substring(space + 1, statusEnd), 699);
        boolean ended = statusEnd == line.length() || line.charAt(statusEnd) == ' ';
        if (status < 100 || statusEnd != space + 4 || !ended) {
            throw new SipParseException(Rejection.MALFORMED_START_LINE, "a status is 100 to 699");
        }
        String reason = statusEnd < line.length() ? line.substring(statusEnd + 1) : "";
        return new SipResponse((int) status, reason, fields(section), body(section, buffer, end));
    }

    private List<HeaderField> fields(HeaderSection section) throws SipParseException {
        List<HeaderField> fields = new ArrayList<>(section.lines().size() + 2);
        int once = 0;
        for (Line line : section.lines()) {
            if (line.controls() && !Grammar.isText(line.value())) {
                throw new SipParseException("a header has control characters only where they are escaped");
            }
            int bit = HeaderName.onceBit(line.name());
            if ((once & bit) != 0) {
                throw new SipParseException(Rejection.REPEATED_HEADER, line.name() + " appears once");
            }
            once |= bit;
            if (HeaderName.isSeparated(line.name())) {
                for (String value : Grammar.splitList(line.value())) {
                    fields.add(HeaderField.parse(line.name(), value));
                }
            } else if (HeaderRule.keeps(line.name(), line.value())) {
                fields.add(HeaderField.parse(line.name(), line.value()));
            }
            if (fields.size() > limits.headers()) {
                throw new SipParseException(Rejection.TOO_MANY_VALUES, "too many header values");
            }
        }
        HeaderRule.checkComplete(fields);
        return fields;
    }

    private byte[] body(HeaderSection section, byte[] buffer, int end) throws SipParseException {
        int available = end - section.body();
        int length = available;
        for (Line line : section.lines()) {
            if (line.name().equals(HeaderName.CONTENT_LENGTH)) {
                long claimed = Grammar.number(line.value(), limits.message());
                if (claimed < 0) {
                    throw new SipParseException(Rejection.CONTENT_LENGTH, "Content-Length is a number within bounds");
                }
                if (claimed > available) {
                    throw new SipParseException(Rejection.TRUNCATED, "the body is as long as Content-Length says");
                }
                length = (int) claimed;
            }
        }
        return Arrays.copyOfRange(buffer, section.body(), section.body() + length);
    }
}
