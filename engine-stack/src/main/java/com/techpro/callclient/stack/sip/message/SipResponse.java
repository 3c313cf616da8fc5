// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import java.util.ArrayList;
import java.util.List;

/** A response (RFC 3261 §7.2). */
public final class SipResponse extends SipMessage {
    private final int status;
    private final String reason;

    SipResponse(int status, String reason, List<HeaderField> fields, byte[] body) {
        super(fields, body);
        this.status = status;
        this.reason = reason;
    }

    /**
     * Returns a builder with the headers that RFC 3261 §8.2.6.2 copies from the request, and the
     * Record-Route that §12.1.1 requires in a 2xx or 1xx.
     */
    public static Builder respondTo(SipRequest request, int status) {
        List<HeaderField> copied = new ArrayList<>();
        for (HeaderField field : request.fields()) {
            boolean answered = switch (field.name()) {
                case HeaderName.VIA, HeaderName.FROM, HeaderName.TO, HeaderName.CALL_ID, HeaderName.CSEQ -> true;
                case HeaderName.RECORD_ROUTE -> status > 100 && status < 300;
                case "Timestamp" -> status == 100;
                default -> false;
            };
            if (answered) {
                copied.add(field);
            }
        }
        return new Builder(status, ReasonPhrase.of(status), copied, new byte[0]);
    }

    public int status() {
        return status;
    }

    public String reason() {
        return reason;
    }

    public boolean isProvisional() {
        return status < 200;
    }

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    public boolean isFinal() {
        return status >= 200;
    }

    public Builder toBuilder() {
        return new Builder(status, reason, fields(), sharedBody());
    }

    @Override
    void appendStartLine(StringBuilder out) {
        out.append("SIP/2.0 ").append(status).append(' ').append(reason);
    }

    /** Status, CSeq and size; nothing personal. */
    @Override
    public String toString() {
        return status + " to " + cseq().encode() + ", body " + sharedBody().length + " bytes";
    }

    /** Builds a response. */
    public static final class Builder extends MessageBuilder<Builder> {
        private final int status;
        private String reason;

        private Builder(int status, String reason, List<HeaderField> fields, byte[] body) {
            super(fields, body);
            this.status = status;
            this.reason = reason;
            if (status < 100 || status > 699) {
                throw new IllegalArgumentException("a status is 100 to 699");
            }
        }

        @Override
        Builder self() {
            return this;
        }

        public Builder reason(String phrase) {
            this.reason = Grammar.requireOneLine(phrase);
            return this;
        }

        /** @throws IllegalStateException if From, To, Call-ID or CSeq is missing */
        public SipResponse build() {
            return new SipResponse(status, reason, fields, body);
        }
    }
}
