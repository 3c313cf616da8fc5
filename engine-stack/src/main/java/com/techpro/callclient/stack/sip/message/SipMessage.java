// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A SIP message. Immutable. It always has well-formed From, To, Call-ID and CSeq headers; every
 * Via, Contact, Route and Record-Route is well-formed too. A received message also has a Via.
 */
public abstract sealed class SipMessage permits SipRequest, SipResponse {
    private final List<HeaderField> fields;
    private final byte[] body;
    private final NameAddr from;
    private final NameAddr to;
    private final String callId;
    private final CSeq cseq;

    SipMessage(List<HeaderField> fields, byte[] body) {
        this.fields = Collections.unmodifiableList(new ArrayList<>(fields));
        this.body = body;
        this.from = required(HeaderName.FROM, NameAddr.class);
        this.to = required(HeaderName.TO, NameAddr.class);
        this.cseq = required(HeaderName.CSEQ, CSeq.class);
        String id = header(HeaderName.CALL_ID);
        if (id == null || id.isEmpty()) {
            throw new IllegalStateException("a message has a Call-ID");
        }
        this.callId = id;
    }

    private <T extends HeaderValue> T required(String name, Class<T> type) {
        for (HeaderField field : fields) {
            if (field.isNamed(name) && type.isInstance(field.typed())) {
                return type.cast(field.typed());
            }
        }
        throw new IllegalStateException("a message has a " + name);
    }

    public final String callId() {
        return callId;
    }

    public final CSeq cseq() {
        return cseq;
    }

    public final NameAddr from() {
        return from;
    }

    public final NameAddr to() {
        return to;
    }

    /** Topmost first. */
    public final List<Via> vias() {
        return all(HeaderName.VIA, Via.class);
    }

    /** @throws IllegalStateException if there is none, as in a request that has not been sent yet */
    public final Via topVia() {
        return required(HeaderName.VIA, Via.class);
    }

    /** The Contacts without {@code *}; see {@link #isContactWildcard}. */
    public final List<NameAddr> contacts() {
        return all(HeaderName.CONTACT, NameAddr.class);
    }

    /** Whether it has {@code Contact: *} (RFC 3261 §10.2.2). */
    public final boolean isContactWildcard() {
        return "*".equals(header(HeaderName.CONTACT));
    }

    public final List<NameAddr> routes() {
        return all(HeaderName.ROUTE, NameAddr.class);
    }

    public final List<NameAddr> recordRoutes() {
        return all(HeaderName.RECORD_ROUTE, NameAddr.class);
    }

    private <T extends HeaderValue> List<T> all(String name, Class<T> type) {
        List<T> values = new ArrayList<>(2);
        for (HeaderField field : fields) {
            if (field.isNamed(name) && type.isInstance(field.typed())) {
                values.add(type.cast(field.typed()));
            }
        }
        return Collections.unmodifiableList(values);
    }

    /**
     * Returns all values of a header in order; comma lists are split where the header allows them.
     * Accepts compact names.
     */
    public final List<String> headers(String name) {
        String canonical = HeaderName.canonical(name);
        if (canonical.equals(HeaderName.CONTENT_LENGTH)) {
            return List.of(Integer.toString(body.length));
        }
        List<String> values = new ArrayList<>(2);
        for (HeaderField field : fields) {
            if (field.isNamed(canonical)) {
                addValues(values, canonical, field.value());
            }
        }
        return Collections.unmodifiableList(values);
    }

    private static void addValues(List<String> values, String canonical, String text) {
        if (!HeaderName.isCommaSeparated(canonical)) {
            values.add(text);
            return;
        }
        try {
            for (String element : Grammar.splitList(text)) {
                if (!element.isEmpty()) {
                    values.add(element);
                }
            }
        } catch (SipParseException e) {
            values.add(text);
        }
    }

    /** The first value of a header, or null if it is absent. */
    public final @Nullable String header(String name) {
        String canonical = HeaderName.canonical(name);
        if (!HeaderName.isCommaSeparated(canonical) && !canonical.equals(HeaderName.CONTENT_LENGTH)) {
            for (HeaderField field : fields) {
                if (field.isNamed(canonical)) {
                    return field.value();
                }
            }
            return null;
        }
        List<String> values = headers(canonical);
        return values.isEmpty() ? null : values.get(0);
    }

    /**
     * Returns the header as a number up to 2³²-1; -1 if it is absent or no such number (RFC 3261
     * §20.19).
     */
    public final long number(String name) {
        String value = header(name);
        if (value == null) {
            return -1;
        }
        return Grammar.number(value.substring(0, Grammar.endOfDigits(value, 0)), 0xffff_ffffL);
    }

    public final boolean hasHeader(String name) {
        String canonical = HeaderName.canonical(name);
        for (HeaderField field : fields) {
            if (field.isNamed(canonical)) {
                return true;
            }
        }
        return false;
    }

    /** Returns a copy. */
    public final byte[] body() {
        return body.clone();
    }

    public final boolean hasBody() {
        return body.length > 0;
    }

    /** The body as UTF-8 text. */
    public final String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Returns type and subtype in lower case, without parameters, or null. */
    public final @Nullable String contentType() {
        return contentType(header(HeaderName.CONTENT_TYPE));
    }

    static @Nullable String contentType(@Nullable String value) {
        if (value == null) {
            return null;
        }
        int semicolon = value.indexOf(';');
        String type = semicolon < 0 ? value : value.substring(0, semicolon);
        return type.replace(" ", "").replace("\t", "").toLowerCase(Locale.ROOT);
    }

    /**
     * Returns a parameter of the content type, without quotes; null if there is none, or the header
     * is malformed.
     */
    public final @Nullable String contentTypeParameter(String name) {
        return contentTypeParameter(header(HeaderName.CONTENT_TYPE), name);
    }

    static @Nullable String contentTypeParameter(@Nullable String value, String name) {
        int semicolon = value == null ? -1 : value.indexOf(';');
        if (value == null || semicolon < 0) {
            return null;
        }
        try {
            String found = Parameters.parse(value, semicolon).get(name);
            return found == null ? null : Grammar.unquote(found);
        } catch (SipParseException e) {
            return null;
        }
    }

    /** Returns the encoded message. */
    public final byte[] encode() {
        StringBuilder out = new StringBuilder(512);
        appendStartLine(out);
        out.append("\r\n");
        for (HeaderField field : fields) {
            out.append(field.name()).append(": ").append(field.value()).append("\r\n");
        }
        out.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        byte[] head = out.toString().getBytes(StandardCharsets.UTF_8);
        if (body.length == 0) {
            return head;
        }
        byte[] whole = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        return whole;
    }

    abstract void appendStartLine(StringBuilder out);

    final List<HeaderField> fields() {
        return fields;
    }

    final byte[] sharedBody() {
        return body;
    }
}
