// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.stack.sip.message.InitialRequest;
import com.techpro.callclient.stack.sip.message.MessageKind;
import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a received message: row by row what is passed up, and which status is answered. */
class InboundTableTest {
    private final List<String> up = new ArrayList<>();
    private final List<String> answered = new ArrayList<>();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            an INVITE                              | INVITE sip:a@b SIP/2.0  |       | 192.0.2.9 |                     | PROCESSED | INVITE |
            an INVITE in a dialog                  | INVITE sip:a@b SIP/2.0  | x     | 192.0.2.9 |                     | PROCESSED | INVITE |
            no time for an INVITE                  | INVITE sip:a@b SIP/2.0  |       | 192.0.2.9 | SERVICE_UNAVAILABLE | REFUSED   |        | 503
            no time for what it cancels            | CANCEL sip:a@b SIP/2.0  |       | 192.0.2.9 | NO_TRANSACTION      | REFUSED   |        | 481
            no time for a stranger                 | INVITE sip:a@b SIP/2.0  |       | 192.0.2.9 | IGNORE              | REFUSED   |        |
            no time, but it repeats a known INVITE | INVITE sip:a@b SIP/2.0  |       | 192.0.2.9 | SERVE               | PROCESSED | INVITE |
            no time, but it is of a dialog         | BYE sip:a@b SIP/2.0     | x     | 192.0.2.9 | SERVICE_UNAVAILABLE | PROCESSED | BYE    |
            the ACK of such a refusal              | ACK sip:a@b SIP/2.0     | overload-1 | 192.0.2.9 |                | PROCESSED |        |
            the ACK of another                     | ACK sip:a@b SIP/2.0     | x     | 192.0.2.9 |                     | PROCESSED | ACK    |
            a response to us                       | SIP/2.0 200 OK          | x     | 192.0.2.1 |                     | PROCESSED | 200    |
            a response to another                  | SIP/2.0 200 OK          | x     | 192.0.2.9 |                     | PROCESSED |        |
            another version                        | INVITE sip:a@b SIP/7.0  |       | 192.0.2.9 |                     | PROCESSED |        | 505
            what is not SIP                        | GET / HTTP/1.1          |       | 192.0.2.9 |                     | NOT_SIP   |        |
            """)
    void a_message_is_passed_up_or_answered_or_dropped(
            String what,
            String startLine,
            String toTag,
            String sentBy,
            TransportEvents.Admission admission,
            Inbound.Taken taken,
            String passedUp,
            String status) {
        byte[] bytes = message(startLine, toTag, sentBy);
        MessageKind kind = MessageKind.of(bytes, 0, bytes.length);
        Inbound inbound = inbound(admission);

        assertThat(inbound.take(kind, bytes, 0, bytes.length, FlowsForTests.udp(), admission != null))
                .isEqualTo(taken);
        assertThat(up).isEqualTo(passedUp == null ? List.of() : List.of(passedUp));
        assertThat(answered).isEqualTo(status == null ? List.of() : List.of(status));
    }

    private static byte[] message(String startLine, String toTag, String sentBy) {
        String method = startLine.startsWith("SIP") ? "OPTIONS" : startLine.split(" ")[0];
        return (startLine + "\r\n"
                        + "Via: SIP/2.0/UDP " + sentBy + ":5060;branch=z9hG4bK1;rport\r\n"
                        + "From: <sip:a@b>;tag=1\r\n"
                        + "To: <sip:c@d>" + (toTag == null ? "" : ";tag=" + toTag) + "\r\n"
                        + "Call-ID: 1\r\n"
                        + "CSeq: 1 " + method + "\r\n"
                        + "Max-Forwards: 70\r\n"
                        + "Contact: <sip:a@b>\r\n"
                        + "Content-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private Inbound inbound(TransportEvents.Admission admission) {
        MessageTap tap = new MessageTap() {
            @Override
            public void received(byte[] buffer, int offset, int length, Flow flow) {}

            @Override
            public void sent(byte[] message, Flow flow) {
                answered.add(new String(message, 8, 3, StandardCharsets.UTF_8));
            }
        };
        TransportEvents events = new TransportEvents() {
            @Override
            public Admission overloaded(InitialRequest request, Flow flow) {
                return admission;
            }

            @Override
            public void received(SipMessage message, Flow flow) {
                up.add(
                        message instanceof SipRequest request
                                ? request.method()
                                : Integer.toString(((SipResponse) message).status()));
            }

            @Override
            public void flowClosed(Flow flow, Failure why) {}

            @Override
            public void tooLarge(SipMessage message, Flow flow) {}

            @Override
            public void pong(Flow flow) {}
        };
        return new Inbound(events, new Outbound(tap), () -> 0, Seeds.random(1), tap);
    }
}
