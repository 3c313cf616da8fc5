// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import org.jspecify.annotations.Nullable;

/**
 * One header field.
 *
 * @param name in its canonical spelling
 * @param value the text after the colon, unfolded and trimmed, as it was received or set
 * @param typed the parsed value, for the headers that the stack uses; null for others and for
 *     {@code Contact: *}
 */
record HeaderField(String name, String value, @Nullable HeaderValue typed) {
    static HeaderField of(String name, Via via) {
        return new HeaderField(name, via.encode(), via);
    }

    static HeaderField of(String name, NameAddr address) {
        return new HeaderField(name, address.encode(), address);
    }

    static HeaderField of(CSeq cseq) {
        return new HeaderField(HeaderName.CSEQ, cseq.encode(), cseq);
    }

    /** Parses one value of the named header. */
    static HeaderField parse(String canonical, String value) throws SipParseException {
        return new HeaderField(canonical, value, typed(canonical, value));
    }

    private static @Nullable HeaderValue typed(String canonical, String value) throws SipParseException {
        return switch (canonical) {
            case HeaderName.VIA -> Via.parse(value);
            case HeaderName.CONTACT -> value.equals("*") ? null : NameAddr.parse(value);
            case HeaderName.FROM,
                    HeaderName.TO,
                    HeaderName.ROUTE,
                    HeaderName.RECORD_ROUTE,
                    HeaderName.PATH,
                    HeaderName.SERVICE_ROUTE -> NameAddr.parse(value);
            case HeaderName.CSEQ -> CSeq.parse(value);
            default -> null;
        };
    }

    boolean isNamed(String other) {
        return name.equalsIgnoreCase(other);
    }
}
