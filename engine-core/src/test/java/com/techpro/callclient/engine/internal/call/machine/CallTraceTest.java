// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.machine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.internal.call.sdp.SdpException;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.stack.ice.IceAttributes;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
            CallPhase phase = outgoing ? CallSteps.OPENING_MEDIA : CallSteps.IDLE;
            CallTrace trace = trace(direction, phase);
            List<CallInput> story = new ArrayList<>();
            if (!outgoing) {
                story.add(CallSteps.invite(CallSteps.THEIR_OFFER));
            }
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
                "a=crypto:1 AES_CM_128_HMAC_SHA1_80 INLINE:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20",
                "a=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20|1:4",
                "a=fingerprint:SHA-256 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB",
                "a=ice-ufrag:8hhY",
                "a=ice-pwd:asd88fgpdd777uzjYhagZg",
                "a=candidate:4234997325 1 udp 2043278322 192.0.2.78 44323 typ srflx raddr 192.168.7.7 rport 9 ufrag"
                        + " 8hhY",
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
                        "o=- 1 1 IN IP4 198.51.100.1",
                        "s=-",
                        "c=IN IP6 2001:db8::1",
                        "t=0 0",
                        "m=audio 5000 RTP/SAVPF 0",
                        "a=rtpmap:0 PCMU/8000",
                        "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:0001AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA|1048576",
                        "a=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA|1:1",
                        "a=fingerprint:sha-256 01:01:01:01:01:01:01:01:01:01:01:01:01:01:01:01:01:01:01:01",
                        "a=ice-ufrag:u0000001",
                        "a=ice-pwd:p00000000000000000000001",
                        "a=candidate:1 1 udp 2030043137 198.51.100.2 44323 typ srflx raddr 198.51.100.3 rport 9",
                        "a=candidate:2 1 udp 2030043138 h1.local 44323 typ host",
                        "a=remote-candidates:1 198.51.100.4 3478",
                        "a=rtcp:5001 IN IP4 198.51.100.5",
                        "a=mid:m1");
        SessionDescription moved = SessionDescription.parse(
                text.replace("192.0.2.77", "192.0.2.81").replace("8hhY", "9iiZ").getBytes(StandardCharsets.UTF_8));
        assertThat(redaction.description(moved)).contains("o=- 1 1 IN IP4 198.51.100.6", "a=ice-ufrag:u0000002");
        assertThat(redaction.tag("a6c85cf")).isEqualTo("t1");
        assertThat(redaction.tag("")).isEmpty();
    }

    private static final List<String> RICH_OFFER = List.of(
            "v=0",
            "o=carol 4711 12 IN IP4 192.0.2.77",
            "s=-",
            "c=IN IP4 192.0.2.77/127/2",
            "t=0 0",
            "a=group:BUNDLE audio data",
            "a=ice-options:trickle ice2",
            "a=tls-id:abc3de65cddef001be82",
            "m=audio 5000/2 RTP/SAVPF 96 0 101 97 98",
            "c=IN IP6 2001:db8::77",
            "a=mid:audio",
            "a=rtpmap:96 opus/48000/2",
            "a=fmtp:96 minptime=10;useinbandfec=1;x-name=2",
            "a=rtpmap:0 PCMU/8000/1",
            "a=rtpmap:101 telephone-event/8000",
            "a=fmtp:101 0-15,66",
            "a=rtpmap:97 x-mine/8000",
            "a=rtpmap:98 red/48000/2",
            "a=fmtp:98 96/96",
            "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20 WSH=64",
            "a=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20|1:4 FEC_KEY=3",
            "a=fingerprint:sha-256 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB",
            "a=setup:actpass",
            "a=connection:new",
            "a=ice-ufrag:8hhY",
            "a=ice-pwd:asd88fgpdd777uzjYhagZg",
            "a=ice-pacing:20",
            "a=candidate:1 1 UDP 2130706431 192.0.2.78 44323 typ srflx raddr 192.168.7.7 rport 9 generation 0"
                    + " network-id 3",
            "a=candidate:2 1 TCP 1518280447 192.0.2.78 9 typ host tcptype active",
            "a=remote-candidates:1 192.0.2.79 3478",
            "a=rtcp:5001 IN IP4 192.0.2.80",
            "a=rtcp-mux",
            "a=ptime:20",
            "a=sendrecv",
            "a=ssrc:1 cname:carol",
            "a=label:carol",
            "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
            "a=mid:data",
            "a=sctp-port:5000");

    /** Each word and each number of a description, in turn, is a name, a phone number, an address or a key. */
    @Test
    void a_secret_in_any_place_of_a_description_is_not_in_the_trace() {
        int parsed = 0;
        for (String secret : List.of(
                "Mallory",
                "INLINE:MalloryMalloryMalloryMalloryMalloryMall",
                "4930123456",
                "1701555123",
                "10.98.76.54")) {
            for (int at = 0; at < RICH_OFFER.size(); at++) {
                Matcher place = Pattern.compile("[^ /:;=,|^-]+").matcher(RICH_OFFER.get(at));
                while (place.find()) {
                    if (place.start() < 2) {
                        continue;
                    }
                    String line = RICH_OFFER.get(at);
                    List<String> lines = new ArrayList<>(RICH_OFFER);
                    lines.set(at, line.substring(0, place.start()) + secret + line.substring(place.end()));
                    String body = String.join("\r\n", lines) + "\r\n";
                    TraceRedaction redaction = new TraceRedaction();
                    SessionDescription description;
                    try {
                        description = SessionDescription.parse(body.getBytes(StandardCharsets.UTF_8));
                    } catch (SdpException e) {
                        continue;
                    }
                    parsed++;
                    List<String> attributes = new ArrayList<>();
                    lines.stream()
                            .filter(each -> each.startsWith("a="))
                            .forEach(each -> attributes.add(each.substring(2)));
                    assertThat(redaction.description(description) + " "
                                    + redaction.ice(IceAttributes.parse(attributes)))
                            .as(lines.get(at))
                            .doesNotContainIgnoringCase(secret)
                            .doesNotContainIgnoringCase("Mallory");
                }
            }
        }
        assertThat(parsed).isGreaterThan(500);
    }

    @Test
    void codecs_directions_and_structure_of_a_description_stay_visible() throws Exception {
        SessionDescription offer =
                SessionDescription.parse((String.join("\r\n", RICH_OFFER) + "\r\n").getBytes(StandardCharsets.UTF_8));

        assertThat(new TraceRedaction().description(offer))
                .contains(
                        "a=group:BUNDLE m1 m2",
                        "a=ice-options:trickle ice2",
                        "m=audio 5000 RTP/SAVPF 96 0 101 97 98",
                        "a=mid:m1",
                        "a=rtpmap:96 opus/48000/2",
                        "a=fmtp:96 minptime=10;useinbandfec=1",
                        "a=rtpmap:0 PCMU/8000/1",
                        "a=fmtp:101 0-15,66",
                        "a=rtpmap:97 other/8000",
                        "a=fmtp:98 96/96",
                        "a=setup:actpass",
                        "a=connection:new",
                        "a=ice-pacing:20",
                        "a=candidate:1 1 udp 2113929217 198.51.100.2 44323 typ srflx raddr 198.51.100.3 rport 9",
                        "a=rtcp-mux",
                        "a=ptime:20",
                        "a=sendrecv",
                        "m=application 9 UDP/DTLS/SCTP webrtc-datachannel");
    }

    @Test
    void a_trace_keeps_the_beginning_and_counts_the_rest() {
        CallTrace trace = trace(CallDirection.OUTGOING, CallSteps.OPENING_MEDIA);
        for (int i = 0; i < CallTrace.MOST_LINES + 3; i++) {
            trace.step(
                    new CallInput.AudioRestored(),
                    0.5,
                    CallSteps.step(CallSteps.OPENING_MEDIA, new CallInput.AudioRestored()));
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
