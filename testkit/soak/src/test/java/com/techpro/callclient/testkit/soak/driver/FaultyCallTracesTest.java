// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.driver;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.pbx.trace.StateMark;
import com.techpro.callclient.testkit.pbx.trace.TracedMessage;
import com.techpro.callclient.testkit.pbx.trace.TracedMessage.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultyCallTracesTest {
    private static final Instant START = Instant.parse("2030-01-01T12:00:00Z");
    private static final Endpoint PBX = new Endpoint("PBX", new InetSocketAddress("127.0.0.1", 5061));
    private static final Endpoint PHONE = new Endpoint("", new InetSocketAddress("127.0.0.1", 40001));

    @TempDir
    Path report;

    @Test
    void the_ladder_of_a_call_has_its_dialogs_and_registrations_while_it_lasted() throws IOException {
        List<TracedMessage> traced = List.of(
                message(0, "INVITE", "1001", "1002", "earlier"),
                message(10, "INVITE", "1001", "1002", "a-leg"),
                message(10, "INVITE", "1001", "1002", "b-leg"),
                message(11, "INVITE", "1003", "1004", "of-others"),
                message(12, "MESSAGE", "1001", "1002", "text"),
                message(13, "REGISTER", "1002", "1002", "registration"),
                message(13, "REGISTER", "1003", "1003", "of-others-too"),
                message(20, "BYE", "1002", "1001", "b-leg"),
                message(30, "INVITE", "1001", "1002", "later"));

        List<String> folders = traces(traced).write(List.of(call(7, 10, 20)), report);

        assertThat(folders).containsExactly("calls/7");
        String ladder = Files.readString(report.resolve("calls/7/ladder.html"));
        assertThat(Stream.of("a-leg", "b-leg", "registration", "established", "Call 7, #0 → #1: timed-out"))
                .allMatch(ladder::contains);
        assertThat(ladder).doesNotContain("earlier", "later", "of-others", "Call-ID: text");
        assertThat(report.resolve("calls/7/messages.pcapng")).isNotEmptyFile();
        assertThat(report.resolve("calls/7/inputs-c7.txt")).hasContent("OUTGOING\tOpeningMedia held=false");
    }

    @Test
    void of_so_many_there_are_ladders_and_of_a_call_without_messages_there_is_none() {
        List<TracedMessage> traced = List.of(message(10, "INVITE", "1001", "1002", "a-leg"));

        assertThat(traces(traced).write(List.of(call(1, 500, 501), call(2, 9, 11), call(2, 9, 11)), report))
                .containsExactly("", "calls/2", "calls/2-consultation");
        assertThat(traces(traced).write(Collections.nCopies(60, call(3, 9, 11)), report))
                .hasSize(FaultyCallTraces.MOST);
    }

    private static FaultyCallTraces traces(List<TracedMessage> traced) {
        return new FaultyCallTraces(
                traced,
                0,
                index -> Integer.toString(1001 + index),
                Map.of("c7", List.of("OUTGOING\tOpeningMedia held=false")));
    }

    private static CallResult call(int number, int from, int to) {
        return new CallResult(
                number,
                0,
                1,
                Duration.ofMillis(10),
                Duration.ofSeconds(7),
                "timed-out",
                List.of(),
                List.of(),
                0,
                0,
                0,
                List.of(),
                CallResult.Stalls.NONE,
                List.of(),
                List.of(
                        new StateMark(START.plusSeconds(from), "1001", "dialing"),
                        new StateMark(START.plusSeconds(to), "1002", "established")),
                List.of("c7", "c8"));
    }

    private static TracedMessage message(int second, String method, String from, String to, String callId) {
        String text = method + " sip:" + to + "@pbx.test SIP/2.0\r\nFrom: <sip:" + from
                + "@pbx.test>;tag=1\r\nTo: <sip:" + to + "@pbx.test>\r\nCall-ID: " + callId + "\r\nCSeq: 1 " + method
                + "\r\nContent-Length: 0\r\n\r\n";
        return TracedMessage.of(
                START.plusSeconds(second), SipTransport.TLS, PHONE, PBX, text.getBytes(StandardCharsets.US_ASCII));
    }
}
