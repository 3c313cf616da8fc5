// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.machine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallTraceTest {
    private static final int SEQUENCES = 1_000;
    private static final int LENGTH = 12;

    private static final List<CallInput> DIALLED_AND_ANSWERED =
            List.of(new CallInput.Ready(CallSteps.US), CallSteps.accepted(CallSteps.THEIR_ANSWER));
    private static final List<CallInput> RUNG_AND_ANSWERED =
            List.of(new CallInput.Answer(CallSteps.US), new CallInput.AckReceived(null));

    private static CallTrace trace(CallDirection direction, CallPhase first) {
        return new CallTrace(direction, first, () -> 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void any_order_of_inputs_replays_with_the_same_phases_and_effects(long seed) {
        Random random = Seeds.random(seed);
        List<CallInput> inputs = EveryCallInputTest.inputs();
        for (int sequence = 0; sequence < SEQUENCES; sequence++) {
            boolean outgoing = random.nextBoolean();
            CallDirection direction = outgoing ? CallDirection.OUTGOING : CallDirection.INCOMING;
            CallPhase phase = outgoing ? CallSteps.OPENING_MEDIA : CallSteps.INCOMING;
            CallTrace trace = trace(direction, phase);
            List<CallInput> story = new ArrayList<>();
            if (random.nextBoolean()) {
                story.addAll(outgoing ? DIALLED_AND_ANSWERED : RUNG_AND_ANSWERED);
            }
            random.ints(LENGTH, 0, inputs.size()).forEach(at -> story.add(inputs.get(at)));
            for (CallInput input : story) {
                if (EveryCallInputTest.isPossible(phase, input)) {
                    double chance = random.nextDouble();
                    CallMachine.Step step = CallMachine.next(phase, input, direction, chance);
                    trace.step(input, chance, step);
                    phase = step.phase();
                }
            }
            List<String> lines = trace.lines();
            assertThat(CallReplay.replayed(lines)).as(String.join("\n", lines)).isEqualTo(CallReplay.recorded(lines));
        }
    }

    @Test
    void addresses_keys_tags_and_names_are_replaced_and_a_change_stays_visible() throws Exception {
        String text = String.join(
                "\r\n",
                "v=0",
                "o=carol 4711 12 IN IP4 192.0.2.77",
                "s=-",
                "c=IN IP6 2001:db8:dead::77",
                "t=0 0",
                "m=audio 5000 RTP/SAVPF 0",
                "a=rtpmap:0 PCMU/8000",
                "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20|1:4",
                "a=fingerprint:SHA-256 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB",
                "a=ice-ufrag:8hhY",
                "a=ice-pwd:asd88fgpdd777uzjYhagZg",
                "a=candidate:4234997325 1 udp 2043278322 192.0.2.78 44323 typ srflx raddr 192.168.7.7 rport 9 ufrag 8hhY",
                "a=candidate:1 1 udp 2043278321 0ddba11c-7777.local 44323 typ host",
                "a=remote-candidates:1 192.0.2.79 3478",
                "a=rtcp:5001 IN IP4 192.0.2.80",
                "a=ssrc:1 cname:carol@example.com",
                "a=mid:carol@example.com",
                "");
        SessionDescription theirs = SessionDescription.parse(text.getBytes(StandardCharsets.UTF_8));
        TraceRedaction redaction = new TraceRedaction();

        assertThat(redaction.description(theirs))
                .containsExactly(
                        "v=0",
                        "o=- 1 12 IN IP4 198.51.100.1",
                        "s=-",
                        "c=IN IP6 2001:db8::1",
                        "t=0 0",
                        "m=audio 5000 RTP/SAVPF 0",
                        "a=rtpmap:0 PCMU/8000",
                        "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:0001AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA|2^20|1:4",
                        "a=fingerprint:SHA-256 01:01:01:01:01:01:01:01:01:01:01:01:01:01:01:01:01:01:01:01",
                        "a=ice-ufrag:u0000001",
                        "a=ice-pwd:p00000000000000000000001",
                        "a=candidate:1 1 udp 2043278322 198.51.100.2 44323 typ srflx raddr 198.51.100.3 rport 9",
                        "a=candidate:2 1 udp 2043278321 h1.local 44323 typ host",
                        "a=remote-candidates:1 198.51.100.4 3478",
                        "a=rtcp:5001 IN IP4 198.51.100.5");
        SessionDescription moved = SessionDescription.parse(
                text.replace("192.0.2.77", "192.0.2.81").replace("8hhY", "9iiZ").getBytes(StandardCharsets.UTF_8));
        assertThat(redaction.description(moved)).contains("o=- 1 12 IN IP4 198.51.100.6", "a=ice-ufrag:u0000002");
        assertThat(redaction.tag("a6c85cf")).isEqualTo("t1");
        assertThat(redaction.tag("")).isEmpty();
    }

    @Test
    void a_trace_keeps_the_beginning_and_counts_the_rest() {
        CallTrace trace = trace(CallDirection.OUTGOING, CallSteps.OPENING_MEDIA);
        for (int i = 0; i < CallTrace.MOST_LINES + 3; i++) {
            trace.found(new CallInput.AudioRestored());
        }

        assertThat(trace.lines()).hasSize(CallTrace.MOST_LINES + 1).startsWith("OUTGOING\tOpeningMedia held=false");
        assertThat(trace.lines()).last().isEqualTo("and 4 more");
    }

    static Stream<Path> kept() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(CallTraceTest.class.getResource("/call-traces"))
                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList().stream();
        }
    }

    /** A trace of a report, copied to the folder, is a test: an intended change edits its right columns. */
    @ParameterizedTest
    @MethodSource("kept")
    void a_kept_trace_replays_with_the_same_phases_and_effects(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            assertThat(CallReplay.recorded(lines)).isNotEmpty();
            assertThat(CallReplay.replayed(lines)).isEqualTo(CallReplay.recorded(lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
