// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import java.util.List;

/** A request (RFC 3261 §7.1). */
public final class SipRequest extends SipMessage {
    private final String method;
    private final SipUri requestUri;

    SipRequest(String method, SipUri requestUri, List<HeaderField> fields, byte[] body) {
        super(fields, body);
        this.method = method;
        this.requestUri = requestUri;
    }

    /**
     * Returns a builder with only a start line; building adds Max-Forwards if it is missing
     * (§8.1.1.6).
     */
    public static Builder builder(String method, SipUri requestUri) {
        return new Builder(method, requestUri, List.of(), new byte[0]);
    }

    public String method() {
        return method;
    }

    public boolean isMethod(String name) {
        return method.equals(name);
    }

    public SipUri requestUri() {
        return requestUri;
    }

    public Builder toBuilder() {
        return new Builder(method, requestUri, fields(), sharedBody());
    }

    @Override
    void appendStartLine(StringBuilder out) {
        out.append(method).append(' ').append(requestUri.encode()).append(" SIP/2.0");
    }

    /** Method, CSeq and size; nothing personal. */
    @Override
    public String toString() {
        return method + " " + cseq().encode() + ", body " + sharedBody().length + " bytes";
    }

    /** Builds a request. */
    public static final class Builder extends MessageBuilder<Builder> {
        private String method;
        private SipUri requestUri;

        private Builder(String method, SipUri requestUri, List<HeaderField> fields, byte[] body) {
            super(fields, body);
            if (!Grammar.isToken(method)) {
                throw new IllegalArgumentException("a method is a token");
            }
            this.method = method;
            this.requestUri = requestUri;
        }

        @Override
        Builder self() {
            return this;
        }

        public String method() {
            return method;
        }

        public SipUri requestUri() {
            return requestUri;
        }

        public Builder method(String name) {
            if (!Grammar.isToken(name)) {
                throw new IllegalArgumentException("a method is a token");
            }
            this.method = name;
            return this;
        }

        public Builder requestUri(SipUri uri) {
            this.requestUri = uri;
            return this;
        }

        /** @throws IllegalStateException if From, To, Call-ID or CSeq is missing */
        public SipRequest build() {
            if (!has(HeaderName.MAX_FORWARDS)) {
                set(HeaderName.MAX_FORWARDS, "70");
            }
            return new SipRequest(method, requestUri, fields, body);
        }
    }
}
