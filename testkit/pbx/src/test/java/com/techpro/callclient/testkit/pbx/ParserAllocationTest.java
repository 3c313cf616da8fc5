// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.sip.message.ParseOutcome;
import com.techpro.callclient.stack.sip.message.SipParser;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What arrives in floods is to be garbage of no account. */
class ParserAllocationTest {
    private static final int ROUNDS = 2_000;
    private static final byte[] INVITE = String.join(
                    "\r\n",
                    "INVITE sip:1001@192.0.2.7:49152;line=a1;transport=tls SIP/2.0",
                    "Via: SIP/2.0/TLS pbx.example.com:5061;branch=z9hG4bK74bf9a2c1;rport",
                    "Max-Forwards: 70",
                    "Record-Route: <sip:pbx.example.com;transport=tls;lr>",
                    "From: \"Alice\" <sip:1002@pbx.example.com>;tag=9fxced76sl",
                    "To: <sip:1001@pbx.example.com>",
                    "Call-ID: 3848276298220188511@pbx.example.com",
                    "CSeq: 1 INVITE",
                    "Contact: <sip:1002@pbx.example.com;transport=tls>",
                    "Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE",
                    "Supported: timer, replaces",
                    "User-Agent: ExamplePBX 1.0",
                    "Content-Type: application/sdp",
                    "Content-Length: 0",
                    "",
                    "")
            .getBytes(StandardCharsets.UTF_8);

    private final SipParser parser = new SipParser();
    private ParseOutcome parsed;

    @Test
    void an_INVITE_allocates_at_most_8_kB() {
        long bytes = Allocation.in(ROUNDS, () -> parsed = parser.parse(INVITE, 0, INVITE.length), () -> {});

        assertThat(parsed).isInstanceOf(ParseOutcome.Parsed.class);
        assertThat(bytes / ROUNDS).isLessThanOrEqualTo(8_192);
    }
}
