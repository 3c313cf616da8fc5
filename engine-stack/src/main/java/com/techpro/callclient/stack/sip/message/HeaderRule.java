// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import java.util.List;

/** Checks the headers that would otherwise break the stack or the code above it. */
final class HeaderRule {
    private static final long MAX_32_BIT = 0xffff_ffffL;

    private HeaderRule() {}

    /**
     * Checks a value.
     *
     * @return whether the message keeps the field. Content-Length is derived from the body, and a
     *     Date that is not in GMT is ignored, as RFC 4475 §3.1.2.12 permits
     */
    static boolean keeps(String name, String value) throws SipParseException {
        switch (name) {
            case HeaderName.CONTENT_LENGTH -> {
                return false;
            }
            case HeaderName.DATE -> {
                return value.endsWith(" GMT");
            }
            case HeaderName.MAX_FORWARDS -> require(Grammar.number(value, 255) >= 0, "Max-Forwards is 0 to 255");
            case HeaderName.RSEQ -> require(Grammar.number(value, MAX_32_BIT) > 0, "RSeq is a number (RFC 3262 §7.1)");
            case HeaderName.RACK -> rack(value);
            case HeaderName.CALL_ID -> require(isVisibleAscii(value), "a Call-ID is visible ASCII");
            default -> {}
        }
        return true;
    }

    /** RFC 3262 §7.2: the RSeq number, and the CSeq of the acknowledged response. */
    private static void rack(String value) throws SipParseException {
        int end = Grammar.endOfDigits(value, 0);
        int cseq = Grammar.skipSpace(value, end);
        require(Grammar.number(value.substring(0, end), MAX_32_BIT) >= 0 && cseq > end, "RAck starts with a number");
        CSeq.parse(value.substring(cseq));
    }

    /** RFC 3261 §8.1.1: the headers of every message; RFC 2543 messages have no Max-Forwards. */
    static void checkComplete(List<HeaderField> fields) throws SipParseException {
        boolean via = false;
        boolean from = false;
        boolean to = false;
        boolean callId = false;
        boolean cseq = false;
        for (HeaderField field : fields) {
            switch (field.name()) {
                case HeaderName.VIA -> via = true;
                case HeaderName.FROM -> from = isTagSound(field);
                case HeaderName.TO -> to = isTagSound(field);
                case HeaderName.CALL_ID -> callId = true;
                case HeaderName.CSEQ -> cseq = true;
                default -> {}
            }
        }
        if (!via || !from || !to || !callId || !cseq) {
            throw new SipParseException(Rejection.MISSING_HEADER, "Via, From, To, Call-ID and CSeq are mandatory");
        }
    }

    private static boolean isTagSound(HeaderField field) throws SipParseException {
        String tag = field.typed() instanceof NameAddr address ? address.tag() : null;
        require(tag == null || Grammar.isToken(tag), "a tag is a token");
        return true;
    }

    private static boolean isVisibleAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static void require(boolean holds, String rule) throws SipParseException {
        if (!holds) {
            throw new SipParseException(rule);
        }
    }
}
