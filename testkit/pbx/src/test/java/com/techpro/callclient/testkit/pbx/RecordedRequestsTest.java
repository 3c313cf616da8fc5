// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.pbx.request.RecordedRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the PBX keeps of what came, next to what a phone of text alone sent. */
class RecordedRequestsTest {
    private static final String PBX = "10.0.0.1";
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualTime time = VirtualTime.seeded(1);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 1);
    private EmbeddedPbx pbx;
    private PlainPhone phone;

    @BeforeEach
    void start() throws IOException {
        start(3);
    }

    private void start(int most) throws IOException {
        pbx = EmbeddedPbx.builder()
                .address(PBX)
                .extension("1001", "open sesame")
                .recordedRequests(most)
                .random(Seeds.random(1))
                .port(SipTransport.UDP, 5060)
                .start(network.host(PBX), time);
        phone = new PlainPhone("1001", "10.0.0.11", network.host("10.0.0.11"), new InetSocketAddress(PBX, 5060));
    }

    @AfterEach
    void stop() {
        pbx.close();
        phone.close();
        assertThat(network.openLinks()).isZero();
    }

    @Test
    void a_request_is_there_with_all_that_was_sent() {
        time.advance(SECOND);
        phone.send(phone.message(
                "MESSAGE",
                "sip:1002@pbx.test",
                "text-1",
                7,
                "",
                new String[] {"x-Mood: fair, for once", "k: path, outbound", "s: lunch", "Supported: gruu"},
                "Shall we?"));

        RecordedRequest message = pbx.takeRequest(SECOND);

        assertThat(message.method()).isEqualTo("MESSAGE");
        assertThat(message.requestUri()).isEqualTo("sip:1002@pbx.test");
        assertThat(message.fromUser()).isEqualTo("1001");
        assertThat(message.toUser()).isEqualTo("1002");
        assertThat(message.callId()).isEqualTo("text-1");
        assertThat(message.header("X-MOOD")).isEqualTo("fair, for once");
        assertThat(message.header("Subject")).isEqualTo("lunch");
        assertThat(message.header("i")).isEqualTo("text-1");
        assertThat(message.headers("supported")).containsExactly("path", "outbound", "gruu");
        assertThat(message.header("Date")).isNull();
        assertThat(message.headers("Date")).isEmpty();
        assertThat(message.bodyText()).isEqualTo("Shall we?");
        assertThat(message.body()).isEqualTo("Shall we?".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThat(message.transport()).isEqualTo(SipTransport.UDP);
        assertThat(message.source()).isEqualTo(new InetSocketAddress("10.0.0.11", 5060));
        assertThat(message.receivedAt()).isBetween(VirtualTime.START.plus(SECOND), time.now());
        assertThat(message.fullText())
                .startsWith("MESSAGE sip:1002@pbx.test SIP/2.0\r\n")
                .endsWith("\r\n\r\nShall we?");
    }

    @Test
    void requests_are_taken_in_their_order_or_by_their_method() {
        options("a");
        register("b");
        options("c");

        assertThat(pbx.requests()).hasSize(3);
        assertThat(pbx.takeRequest("REGISTER", SECOND).callId()).isEqualTo("b");
        assertThat(pbx.takeRequest(SECOND).callId()).isEqualTo("a");
        assertThat(pbx.takeRequest(SECOND).callId()).isEqualTo("c");
        assertThat(callIds(pbx.requests("OPTIONS"))).containsExactly("a", "c");

        pbx.forgetRequests();
        assertThat(pbx.requests()).isEmpty();
    }

    @Test
    void a_timed_out_take_lists_received_requests_and_a_later_request_is_returned() {
        options("a");
        pbx.takeRequest(SECOND);

        assertThatThrownBy(() -> pbx.takeRequest("MESSAGE", Duration.ofSeconds(3)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no MESSAGE to take within PT3S")
                .hasMessageContaining("OPTIONS sip:pbx.test from 1001 over UDP");
        assertThat(time.elapsed()).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
        time.openLoop("later").schedule(SECOND, () -> phone.send(phone.request("OPTIONS", "sip:pbx.test", "b")));
        assertThat(pbx.takeRequest(Duration.ofSeconds(2)).callId()).isEqualTo("b");
    }

    @Test
    void a_repeated_request_is_recorded_once_regardless_of_its_outcome() {
        pbx.faults().onRequest("OPTIONS").times(1).drop();
        String options = phone.request("OPTIONS", "sip:pbx.test", "a");
        phone.send(options);
        phone.send(options);
        time.advance(SECOND);
        assertThat(phone.lastStatus()).isEqualTo(200);
        assertThat(callIds(pbx.requests())).containsExactly("a");

        pbx.forgetRequests();
        phone.send(options);
        time.advance(SECOND);
        assertThat(pbx.requests()).isEmpty();
        phone.send(phone.request("OPTIONS", "sip:pbx.test", "a"));
        time.advance(SECOND);
        assertThat(pbx.requests()).hasSize(1);
    }

    @Test
    void the_oldest_make_room_and_are_counted() {
        List.of("a", "b", "c", "d", "e").forEach(this::options);

        assertThat(callIds(pbx.requests())).containsExactly("c", "d", "e");
        assertThat(pbx.droppedRequests()).isEqualTo(2);
        assertThat(pbx.takeRequest(SECOND).callId()).isEqualTo("c");
        options("f");
        assertThat(pbx.takeRequest(SECOND).callId()).isEqualTo("d");
        assertThat(pbx.droppedRequests()).isEqualTo(3);
    }

    @Test
    void none_is_kept_where_none_is_wanted() throws IOException {
        stop();
        start(0);
        options("a");

        assertThat(pbx.requests()).isEmpty();
        assertThat(pbx.state().requests("OPTIONS")).isOne();
    }

    @Test
    void the_digest_answer_is_in_the_full_text_alone() {
        phone.register("open sesame", () -> time.advance(SECOND));

        RecordedRequest second = pbx.requests("REGISTER").get(1);
        String answer = second.header("Authorization").replaceFirst(".*response=\"([^\"]+)\".*", "$1");

        assertThat(answer).hasSize(32);
        assertThat(second.fullText()).contains(answer);
        assertThat(second.redactedText())
                .contains("Authorization: Digest [redacted]\r\n")
                .doesNotContain(answer);
        assertThat(second.toString())
                .startsWith("REGISTER sip:pbx.test from 1001 over UDP at ")
                .doesNotContain(answer);
    }

    private void options(String callId) {
        phone.send(phone.request("OPTIONS", "sip:pbx.test", callId));
        time.advance(Duration.ofMillis(100));
    }

    private void register(String callId) {
        phone.send(phone.request("REGISTER", "sip:pbx.test", callId));
        time.advance(Duration.ofMillis(100));
    }

    private static List<String> callIds(List<RecordedRequest> requests) {
        return requests.stream().map(RecordedRequest::callId).toList();
    }
}
