// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.assertj;

import static com.techpro.callclient.testkit.assertj.PbxAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.pbx.PbxView;
import com.techpro.callclient.testkit.pbx.PlacedCall;
import com.techpro.callclient.testkit.pbx.request.RecordedRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The phone is a script that shares no code with the PBX. */
class PbxAssertionsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualTime time = VirtualTime.seeded(1);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 1);
    private final ScriptedPeer phone =
            ScriptedPeer.udp(network.host("10.0.0.11"), "10.0.0.11", 5060).sendTo("10.0.0.1", 5060);
    private EmbeddedPbx pbx;

    @BeforeEach
    void start() {
        pbx = EmbeddedPbx.builder()
                .address("10.0.0.1")
                .extension("1001", "a")
                .port(SipTransport.UDP, 5060)
                .recordedRequests(3)
                .random(Seeds.random(1))
                .start(network.host("10.0.0.1"), time);
    }

    @AfterEach
    void stop() {
        pbx.close();
        phone.close();
    }

    @Test
    void a_view_has_the_requests_of_its_extension_alone() {
        PbxView view = pbx.viewOf("1001");
        assertThat(view).receivedNo("INVITE").isNotRegistered();
        invite("Subject: lunch");

        assertThat(view)
                .within(SECOND)
                .received("INVITE")
                .withHeader("Subject", "lunch")
                .times(1);
        fails(() -> assertThat(view).receivedNo("INVITE"), "expected no INVITE from 1001, but received were");
        fails(() -> assertThat(view).isRegistered(), "expected 1001 to be registered");
        assertThat(pbx.viewOf("1001")).receivedNo("INVITE");
        fails(
                () -> assertThat(pbx.viewOf("1001")).received("INVITE"),
                "expected INVITE, but none came\nReceived were nothing at all");
    }

    @Test
    void the_documented_example_holds() throws Exception {
        invite(
                "P-Asserted-Identity: <sip:1001@pbx.test>, <tel:+4930123456>",
                "Content-Type: application/sdp",
                "",
                "v=0",
                "a=ptime:20");

        // The example of docs/testing.md:
        assertThat(pbx)
                .within(Duration.ofSeconds(5))
                .received("INVITE")
                .from("1001")
                .to("1002")
                .withHeader("P-Asserted-Identity", "<tel:+4930123456>")
                .withoutHeader("X-Debug")
                .withBodyContaining("a=ptime:20")
                .times(1);
        assertThat(pbx).receivedNo("MESSAGE").hasNotRegistered("1002").hasActiveCalls(0);
        RecordedRequest invite = pbx.takeRequest("INVITE", Duration.ofSeconds(5));
        assertThat(invite).isFrom("1001").hasHeader("Max-Forwards", "70").cameOver(SipTransport.UDP);
        // Its end.

        List<String> source = Files.readAllLines(
                Path.of("src/test/java/com/techpro/callclient/testkit/assertj/PbxAssertionsTest.java"));
        List<String> example = source.stream()
                .map(String::strip)
                .dropWhile(line -> !line.startsWith("// The example"))
                .skip(1)
                .takeWhile(line -> !line.startsWith("// Its end"))
                .toList();
        String page = Files.readString(Path.of("../../docs/testing.md"));
        String snippet = page.substring(page.indexOf("<!-- snippet: assertions -->"));
        snippet = snippet.substring(snippet.indexOf("```java\n") + 8, snippet.indexOf("\n```\n"));
        assertThat(snippet.lines().map(String::strip).toList()).isEqualTo(example);
    }

    @Test
    void an_assertion_with_a_deadline_sees_later_requests() {
        time.openLoop("later").schedule(SECOND, () -> send("OPTIONS", "a"));

        assertThat(pbx).receivedNo("OPTIONS");
        assertThat(pbx).within(SECOND.multipliedBy(2)).received("OPTIONS").times(1);
    }

    @Test
    void a_failed_assertion_shows_the_expected_and_the_received_requests() {
        invite("Authorization: Digest username=\"1001\", response=\"s3cret\"", "Subject: 50 % off");

        fails(
                () -> assertThat(pbx)
                        .as("the offer")
                        .received("INVITE")
                        .from("1001")
                        .withHeader("Subject", "lunch"),
                "[the offer]",
                "expected INVITE from 1001 with Subject: lunch, but none of these was so:",
                "INVITE sip:1002@pbx.test from 1001 over UDP",
                " has Subject: 50 % off",
                "Received were");
        fails(() -> assertThat(pbx).received("INVITE").withHeader("X"), "with X", "has no X");
        fails(
                () -> assertThat(pbx).received("INVITE").withoutHeader("authorization"),
                "without authorization",
                "has authorization: Digest [redacted]");
        fails(() -> assertThat(pbx).received("INVITE").to("1009"), "to 1009", "has to 1002");
        fails(() -> assertThat(pbx).received("INVITE").over(SipTransport.TLS), "over TLS", "has over UDP");
        fails(() -> assertThat(pbx).received("INVITE").withBodyContaining("v=0"), "has no body");
        fails(() -> assertThat(pbx).received("INVITE").that("that is short", request -> false), "not that is short");
        fails(() -> assertThat(pbx).received("INVITE").times(2), "expected INVITE 2 times, but came 1 times");
        fails(() -> assertThat(pbx).within(SECOND).received("BYE"), "expected BYE within PT1S, but none came");
        fails(() -> assertThat(pbx).receivedNo("INVITE"), "expected no INVITE", "from 1001");
        fails(() -> assertThat(pbx).hasRegistered("1001"), "expected 1001 to be registered; registered are []");
        fails(() -> assertThat(pbx).hasActiveCalls(1), "expected 1 calls, but there are 0");
    }

    @Test
    void a_failed_assertion_counts_discarded_requests_and_reports_an_empty_list() {
        fails(() -> assertThat(pbx).received("BYE"), "Received were nothing at all");
        List.of("a", "b", "c", "d").forEach(callId -> send("OPTIONS", callId));
        time.advance(SECOND);

        fails(() -> assertThat(pbx).received("BYE"), "OPTIONS", "and 1 that are not kept any more");
    }

    @Test
    void one_request_is_looked_at_and_its_secrets_are_not_told() {
        invite(
                "Authorization: Digest username=\"1001\", response=\"s3cret\"",
                "Content-Type: text/plain",
                "",
                "s3cret");
        RecordedRequest invite = pbx.takeRequest(SECOND);

        assertThat(invite).hasMethod("INVITE").isTo("1002").hasHeader("Call-ID").hasBodyContaining("s3cret");
        fails(() -> assertThat(invite).hasMethod("BYE"), "with method BYE", "has method INVITE");
        fails(() -> assertThat(invite).hasNoHeader("Authorization"), "has Authorization: Digest [redacted]");
        fails(
                () -> assertThat(invite).hasBodyContaining("lunch"),
                "with a body containing lunch",
                "characters of text/plain]");
        fails(() -> assertThat(invite).isFrom("1002"), "has from 1001");
    }

    @Test
    void how_a_call_stands() {
        PlacedCall call = pbx.call("1001").ring();

        assertThat(call).isRefusedWith(480);
        fails(() -> assertThat(call).isAnswered(), "expected a call that is ANSWERED, but it is REFUSED with 480");
        fails(() -> assertThat(call).isRefusedWith(486), "refused with 486, but it is REFUSED with 480");
        fails(() -> assertThat(call).isRinging(), "RINGING");
        fails(() -> assertThat(call).hasEnded(), "ENDED");
    }

    private static void fails(ThrowingCallable assertion, String... parts) {
        assertThatThrownBy(assertion)
                .isInstanceOf(AssertionError.class)
                .message()
                .contains(parts)
                .doesNotContain("s3cret");
    }

    private void invite(String... lines) {
        String head = request("INVITE", "sip:1002@pbx.test", "call-1");
        phone.send(head + String.join("\n", lines) + "\n");
        time.advance(Duration.ofMillis(100));
    }

    private void send(String method, String callId) {
        phone.send(request(method, "sip:pbx.test", callId));
    }

    private String request(String method, String uri, String callId) {
        return method + " " + uri + " SIP/2.0\nVia: " + phone.via()
                + "\nMax-Forwards: 70\nFrom: <sip:1001@pbx.test>;tag=1\nTo: <" + uri + ">\nCall-ID: " + callId
                + "\nCSeq: 1 " + method + "\nContact: <sip:1001@10.0.0.11>\n";
    }
}
