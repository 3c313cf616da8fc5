// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

/** Why received bytes are no valid message. {@link SipParser} counts each. */
public enum Rejection {
    /** Nothing that resembles a start line. */
    NOT_SIP,
    TOO_LARGE,
    LINE_TOO_LONG,
    TOO_MANY_HEADERS,
    /** More values of a list header, or more parameters, than any legitimate message has. */
    TOO_MANY_VALUES,
    MALFORMED_START_LINE,
    /** Not SIP/2.0 (RFC 3261 §7.1). */
    VERSION,
    MISSING_HEADER,
    /** A header that may occur once occurs more often (RFC 3261 §7.3.1, RFC 4475 §3.3.8). */
    REPEATED_HEADER,
    MALFORMED_HEADER,
    /** Not a number, negative, or larger than any accepted message (RFC 4475 §3.1.2.3). */
    CONTENT_LENGTH,
    /** Fewer bytes than Content-Length says (RFC 3261 §18.3). */
    TRUNCATED,
    /** The method of CSeq differs from the request's (RFC 3261 §8.1.1.5). */
    CSEQ_METHOD,
    /** The grammar library failed in an unforeseen way. */
    PARSER_FAULT
}
