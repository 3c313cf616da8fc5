// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.message;

/** Why received bytes did not become a message. Each is counted by {@link SipParser}. */
public enum Rejection {
    /** Nothing that looks like a start line. */
    NOT_SIP,
    TOO_LARGE,
    LINE_TOO_LONG,
    TOO_MANY_HEADERS,
    /** More values of a list header, or more parameters, than any honest message has. */
    TOO_MANY_VALUES,
    MALFORMED_START_LINE,
    /** Not SIP/2.0 (RFC 3261 §7.1). */
    VERSION,
    MISSING_HEADER,
    /** A header that may appear once appears more often (RFC 3261 §7.3.1, RFC 4475 §3.3.8). */
    REPEATED_HEADER,
    MALFORMED_HEADER,
    /** Not a number, negative, or beyond any message this stack takes (RFC 4475 §3.1.2.3). */
    CONTENT_LENGTH,
    /** Fewer bytes than Content-Length says (RFC 3261 §18.3). */
    TRUNCATED,
    /** The method of CSeq is not the request's (RFC 3261 §8.1.1.5). */
    CSEQ_METHOD,
    /** The underlying grammar library failed in an unforeseen way. */
    PARSER_FAULT
}
