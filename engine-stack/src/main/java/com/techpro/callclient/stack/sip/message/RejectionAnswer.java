// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import com.techpro.callclient.stack.sip.message.HeaderSection.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The response to a request that could not be parsed. It repeats Via, From, To, Call-ID and CSeq as
 * received (RFC 3261 §8.2.6.2), well-formed or not, so that the sender recognises its own text. If
 * one of them has control characters, there is no response.
 */
final class RejectionAnswer {
    private static final SipUri NOWHERE = SipUri.of("sip", null, "invalid", 0);

    private RejectionAnswer() {}

    /**
     * Returns null for responses, for ACK, which is never answered, and if a header is missing or
     * has control characters.
     */
    static @Nullable SipResponse of(HeaderSection section, Rejection reason) {
        String line = section.startLine();
        if (reason == Rejection.NOT_SIP || line.regionMatches(true, 0, "SIP/", 0, 4) || line.startsWith("ACK ")) {
            return null;
        }
        List<HeaderField> echoed = new ArrayList<>();
        for (Line header : section.lines()) {
            switch (header.name()) {
                case HeaderName.VIA -> addVias(echoed, header.value());
                case HeaderName.FROM, HeaderName.TO -> addOnce(echoed, address(header));
                case HeaderName.CALL_ID -> addOnce(echoed, new HeaderField(header.name(), header.value(), null));
                case HeaderName.CSEQ -> addOnce(echoed, cseq(header));
                default -> {}
            }
        }
        for (String name :
                new String[] {HeaderName.VIA, HeaderName.FROM, HeaderName.TO, HeaderName.CALL_ID, HeaderName.CSEQ}) {
            if (echoed.stream()
                    .noneMatch(
                            field -> field.name().equals(name) && !field.value().isEmpty())) {
                return null;
            }
        }
        if (!echoed.stream().allMatch(field -> Grammar.isText(field.value()))) {
            return null;
        }
        int status = switch (reason) {
            case VERSION -> 505;
            case TOO_LARGE, LINE_TOO_LONG, TOO_MANY_HEADERS, TOO_MANY_VALUES -> 513;
            default -> 400;
        };
        return new SipResponse(status, ReasonPhrase.of(status), echoed, new byte[0]);
    }

    private static void addOnce(List<HeaderField> echoed, HeaderField field) {
        if (echoed.stream().noneMatch(other -> other.name().equals(field.name()))) {
            echoed.add(field);
        }
    }

    /**
     * A malformed value stays one line; it then has no typed value, and the transport adds nothing
     * to it.
     */
    private static void addVias(List<HeaderField> echoed, String text) {
        List<HeaderField> vias = new ArrayList<>(2);
        try {
            for (String value : Grammar.splitList(text)) {
                vias.add(new HeaderField(HeaderName.VIA, value, JainGrammar.via(value, false)));
            }
            echoed.addAll(vias);
        } catch (SipParseException e) {
            echoed.add(new HeaderField(HeaderName.VIA, text, null));
        }
    }

    private static HeaderField address(Line line) {
        try {
            return HeaderField.parse(line.name(), line.value());
        } catch (SipParseException e) {
            return new HeaderField(line.name(), line.value(), new NameAddr(null, NOWHERE, Map.of()));
        }
    }

    private static HeaderField cseq(Line line) {
        try {
            return HeaderField.parse(line.name(), line.value());
        } catch (SipParseException e) {
            return new HeaderField(line.name(), line.value(), new CSeq(0, "UNKNOWN"));
        }
    }
}
