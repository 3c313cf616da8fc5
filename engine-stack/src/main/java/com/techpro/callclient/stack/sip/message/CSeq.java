// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

/** RFC 3261 §20.16. */
public record CSeq(long number, String method) implements HeaderValue {
    /** Sequence numbers are below 2³¹ (RFC 3261 §8.1.1.5). */
    public static final long MAX = (1L << 31) - 1;

    public CSeq {
        if (number < 0 || number > MAX || !Grammar.isToken(method)) {
            throw new IllegalArgumentException("a CSeq is a number below 2^31 and a method");
        }
    }

    public static CSeq parse(String text) throws SipParseException {
        int end = Grammar.endOfDigits(text, 0);
        int method = Grammar.skipSpace(text, end);
        if (end == 0 || method == end) {
            throw new SipParseException("CSeq is a number, space and a method");
        }
        long number = Grammar.number(text.substring(0, end), MAX);
        String name = text.substring(method);
        if (number < 0 || !Grammar.isToken(name)) {
            throw new SipParseException("CSeq is a number below 2^31 and a method");
        }
        return new CSeq(number, name);
    }

    public String encode() {
        return number + " " + method;
    }
}
