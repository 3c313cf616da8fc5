// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Builds the headers and the body of a message. Values are checked when they are set:
 * {@link IllegalArgumentException} if a text has several lines or violates the header's grammar.
 * Encoding writes Content-Length.
 *
 * @param <B> the builder itself
 */
public abstract sealed class MessageBuilder<B extends MessageBuilder<B>>
        permits SipRequest.Builder, SipResponse.Builder {
    final List<HeaderField> fields;
    byte[] body;

    MessageBuilder(List<HeaderField> fields, byte[] body) {
        this.fields = new ArrayList<>(fields);
        this.body = body;
    }

    abstract B self();

    /** Replaces every field of that name. */
    public B set(String header, String value) {
        return replace(field(header, value));
    }

    /** Appends a field. */
    public B add(String header, String value) {
        fields.add(field(header, value));
        return self();
    }

    /** Inserts the value before all others of that name: Via, Route. */
    public B addFirst(String header, String value) {
        return prepend(field(header, value));
    }

    public B remove(String header) {
        String name = HeaderName.canonical(header);
        fields.removeIf(field -> field.isNamed(name));
        return self();
    }

    /** Removes the first value of that name, if there is one. */
    public B removeFirst(String header) {
        int index = indexOf(HeaderName.canonical(header));
        if (index >= 0) {
            fields.remove(index);
        }
        return self();
    }

    /** Adds the Via on top. */
    public B via(Via via) {
        return prepend(HeaderField.of(HeaderName.VIA, via));
    }

    /** Replaces the topmost Via. */
    public B replaceTopVia(Via via) {
        int index = indexOf(HeaderName.VIA);
        if (index < 0) {
            return via(via);
        }
        fields.set(index, HeaderField.of(HeaderName.VIA, via));
        return self();
    }

    public B from(NameAddr from) {
        return replace(HeaderField.of(HeaderName.FROM, from));
    }

    public B to(NameAddr to) {
        return replace(HeaderField.of(HeaderName.TO, to));
    }

    /** Sets the tag of the To header. */
    public B toTag(String tag) {
        int index = indexOf(HeaderName.TO);
        if (index < 0 || !(fields.get(index).typed() instanceof NameAddr to)) {
            throw new IllegalStateException("there is no To yet");
        }
        return to(to.withTag(tag));
    }

    public B callId(String callId) {
        return set(HeaderName.CALL_ID, callId);
    }

    public B cseq(long number, String method) {
        return replace(HeaderField.of(new CSeq(number, method)));
    }

    /** Replaces every Contact. */
    public B contact(NameAddr contact) {
        return replace(HeaderField.of(HeaderName.CONTACT, contact));
    }

    /** Appends a Route. */
    public B addRoute(NameAddr route) {
        fields.add(HeaderField.of(HeaderName.ROUTE, route));
        return self();
    }

    /** @param contentType the header's value, or null for no body */
    public B body(@Nullable String contentType, byte[] content) {
        if (contentType == null) {
            remove(HeaderName.CONTENT_TYPE);
        } else {
            set(HeaderName.CONTENT_TYPE, contentType);
        }
        body = content.clone();
        return self();
    }

    public B body(String contentType, String content) {
        return body(contentType, content.getBytes(StandardCharsets.UTF_8));
    }

    public boolean has(String header) {
        return indexOf(HeaderName.canonical(header)) >= 0;
    }

    /** The first value of that name, or null. */
    public @Nullable String first(String header) {
        int index = indexOf(HeaderName.canonical(header));
        return index < 0 ? null : fields.get(index).value();
    }

    private static HeaderField field(String header, String value) {
        String name = HeaderName.canonical(header);
        if (!Grammar.isToken(name) || name.equals(HeaderName.CONTENT_LENGTH)) {
            throw new IllegalArgumentException("not a header that can be set");
        }
        try {
            return HeaderField.parse(name, Grammar.requireOneLine(value).trim());
        } catch (SipParseException e) {
            throw new IllegalArgumentException(name.toLowerCase(Locale.ROOT) + ": " + e.getMessage(), e);
        }
    }

    private B prepend(HeaderField field) {
        int index = indexOf(field.name());
        fields.add(Math.max(index, 0), field);
        return self();
    }

    private B replace(HeaderField field) {
        int index = indexOf(field.name());
        if (index < 0) {
            fields.add(field);
            return self();
        }
        fields.set(index, field);
        for (int i = fields.size() - 1; i > index; i--) {
            if (fields.get(i).isNamed(field.name())) {
                fields.remove(i);
            }
        }
        return self();
    }

    private int indexOf(String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).isNamed(name)) {
                return i;
            }
        }
        return -1;
    }
}
