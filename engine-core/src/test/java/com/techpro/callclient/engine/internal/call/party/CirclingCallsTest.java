// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.party;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipUri;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which calls are not sent on once more. */
class CirclingCallsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "- | - | false",
                // RFC 7044: the last entry is where the call is now.
                "History-Info | <sip:1002@pbx.test>;index=1 | false",
                "History-Info | <sip:2000@pbx.test>;index=1, <sip:1002@pbx.test>;index=1.1 | false",
                "History-Info | <sip:1002@pbx.test>;index=1, <sip:2000@pbx.test>;index=1.1,"
                        + " <sip:1002@pbx.test>;index=1.1.1 | true",
                "History-Info | <sip:1@pbx.test>;index=1, <sip:2@pbx.test>;index=1.1, <sip:3@pbx.test>;index=1.2,"
                        + " <sip:4@pbx.test>;index=1.3, <sip:1002@pbx.test>;index=1.4 | false",
                "History-Info | <sip:1@pbx.test>;index=1, <sip:2@pbx.test>;index=1.1, <sip:3@pbx.test>;index=1.2,"
                        + " <sip:4@pbx.test>;index=1.3, <sip:5@pbx.test>;index=1.4, <sip:1002@pbx.test>;index=1.5"
                        + " | true",
                // RFC 5806: each entry is one that the call came by.
                "Diversion | <sip:2000@pbx.test>;reason=user-busy | false",
                "Diversion | <sip:1002@pbx.test>;reason=user-busy | true",
                "Diversion | <sip:2000@pbx.test>;reason=no-answer, <sip:1002@pbx.test>;reason=user-busy | true",
                "Diversion | <sip:1@pbx.test>, <sip:2@pbx.test>, <sip:3@pbx.test>, <sip:4@pbx.test> | false",
                "Diversion | <sip:1@pbx.test>, <sip:2@pbx.test>, <sip:3@pbx.test>, <sip:4@pbx.test>,"
                        + " <sip:5@pbx.test> | true",
            })
    void a_call_that_came_by_here_before_or_was_sent_on_too_often_circles(
            String header, String value, boolean circles) {
        SipRequest.Builder invite = SipRequest.builder("INVITE", SipUri.of("sip:1002@10.0.0.2"))
                .from(NameAddr.of(SipUri.of("sip:1001@pbx.test")).withParam("tag", "1"))
                .to(NameAddr.of(SipUri.of("sip:1002@pbx.test")))
                .callId("a@b")
                .cseq(1, "INVITE");
        if (header != null) {
            invite.add(header, value);
        }

        assertThat(Diversions.isCircling(invite.build(), "1002")).isEqualTo(circles);
    }
}
