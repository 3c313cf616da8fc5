// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.party;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.stack.sip.message.ParseOutcome;
import com.techpro.callclient.stack.sip.message.SipParser;
import com.techpro.callclient.stack.sip.message.SipRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a caller had called, as phone systems and their dialplans write it. */
class DiversionsTest {
    private static String originallyCalled(String... headers) {
        byte[] invite = ("INVITE sip:1001@192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.10;branch=z9hG4bKx\r\n"
                        + "From: <sip:bob@pbx.test>;tag=1\r\nTo: <sip:1001@pbx.test>\r\nCall-ID: x\r\nCSeq: 1 INVITE\r\n"
                        + "Max-Forwards: 70\r\nContact: <sip:bob@192.0.2.10>\r\n"
                        + String.join("\r\n", headers)
                        + "\r\nContent-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        ParseOutcome outcome = new SipParser().parse(invite, 0, invite.length);
        assertThat(outcome).isInstanceOf(ParseOutcome.Parsed.class);
        PartyIdentity called =
                Diversions.originallyCalled((SipRequest) ((ParseOutcome.Parsed) outcome).message(), "1001");
        return called == null ? "nobody" : called.user();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<sip:1002@pbx.test>;reason=no-answer;counter=1;privacy=off;screen=yes",
                "sip:1002@pbx.test;reason=unconditional",
                "\"Front Desk\" <sip:1002@pbx.test>;reason=\"time-of-day\"",
                "Front Desk <sip:1002@pbx.test>;reason=unconditional",
                "<sip:1002@pbx.test;user=phone>;reason=deflection",
                "<sip:1002@pbx.test>;privacy=\"off\"",
                "<tel:1002>;reason=unconditional",
                "<sip:1002@office_pbx>;reason=unknown",
                "<sip:1002@pbx.test>;reason=",
                "<sip:1002@pbx.test>;reason=time of day",
                "Empfang Süd <sip:1002@pbx.test>",
                "<1002@pbx.test>;reason=unconditional",
                "<1002>;reason=unconditional",
                "1002",
                "1002;reason=unconditional",
                "\"Front Desk\" <1002>"
            })
    void a_Diversion_is_shown(String diversion) {
        assertThat(originallyCalled("Diversion: " + diversion)).isEqualTo("1002");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<sip:1002@pbx.test>;privacy=full",
                "<sip:1002@pbx.test>;privacy=\"full\"",
                "<sip:1002@pbx.test?Privacy=history>",
                "<sip:anonymous@anonymous.invalid>",
                "<sip:1001@pbx.test>",
                "<>",
                ";reason=unconditional",
                "\"1002",
                "a;b <1002",
                "<",
                ">1002<;"
            })
    void a_private_anonymous_or_invalid_Diversion_is_not_shown(String diversion) {
        assertThat(originallyCalled("Diversion: " + diversion)).isEqualTo("nobody");
    }

    /** History-Info that only tells how the call reached this phone, and a Diversion that a dialplan has set. */
    @Test
    void a_Diversion_is_shown_beside_a_history_of_this_account_alone() {
        String own = "History-Info: <sip:1001@pbx.test>;index=1, <sip:1001@192.0.2.1>;index=1.1";

        assertThat(originallyCalled(own, "Diversion: <sip:1002@pbx.test>;reason=unconditional"))
                .isEqualTo("1002");
        assertThat(originallyCalled(own)).isEqualTo("nobody");
    }

    @Test
    void RFC7544_3_History_Info_takes_precedence_over_Diversion() {
        assertThat(originallyCalled(
                        "History-Info: <sip:1003@pbx.test>;index=1, <sip:1001@pbx.test>;index=1.1",
                        "Diversion: <sip:1002@pbx.test>;reason=unconditional"))
                .isEqualTo("1003");
    }

    @Test
    void a_Diversion_does_not_reveal_a_private_History_Info_entry() {
        assertThat(originallyCalled(
                        "History-Info: <sip:1002@pbx.test?Privacy=history>;index=1, <sip:1001@pbx.test>;index=1.1",
                        "Diversion: <sip:1002@pbx.test>;reason=unconditional"))
                .isEqualTo("nobody");
    }
}
