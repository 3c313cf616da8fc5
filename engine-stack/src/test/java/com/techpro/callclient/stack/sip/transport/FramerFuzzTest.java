// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.techpro.callclient.stack.sip.message.MessageLimits;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.helpers.CorpusSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * Whatever a stream or a WebSocket brings is cut or refused: no exception, nothing behind the end, the same however the bytes are cut, and what is
 * read can be written and read again. The campaigns run with the {@code fuzz} tag; their seeds, and what they ever found, are replayed always.
 */
class FramerFuzzTest {
    @Tag("fuzz")
    @FuzzTest(maxDuration = "2m")
    void any_frames(byte[] bytes) {
        check(bytes);
    }

    @Tag("fuzz")
    @FuzzTest(maxDuration = "2m")
    void any_stream(byte[] bytes) {
        checkStream(bytes);
    }

    @ParameterizedTest
    @CorpusSource({"any_frames", "any_stream"})
    void replayed_corpus(byte[] input) {
        check(input);
        checkStream(input);
    }

    @Test
    void damaged_streams() {
        Random random = Seeds.random(3261);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder stream = new StringBuilder();
            for (int messages = random.nextInt(4); messages >= 0; messages--) {
                int length = random.nextInt(20);
                stream.append("X y SIP/2.0\r\nl: ")
                        .append(length)
                        .append("\r\n\r\n")
                        .append("a\r\n".repeat(length), 0, length);
            }
            byte[] bytes = stream.toString().getBytes(StandardCharsets.US_ASCII);
            for (int hits = random.nextInt(4); hits > 0; hits--) {
                bytes[random.nextInt(bytes.length)] = (byte) "\r\n:l0 9X".charAt(random.nextInt(8));
            }
            checkStream(bytes);
        }
    }

    @Test
    void damaged_frames() {
        Random random = Seeds.random(6455);
        for (int i = 0; i < 5_000; i++) {
            byte[] payload = new byte[random.nextInt(200)];
            Arrays.fill(payload, (byte) 'a');
            byte[] frame = WebSocketFrame.encode(1 + random.nextInt(10), payload, random.nextBoolean() ? random : null);
            for (int hits = random.nextInt(4); hits > 0; hits--) {
                frame[random.nextInt(Math.min(frame.length, 10))] = (byte) random.nextInt(256);
            }
            check(frame);
        }
    }

    private static void check(byte[] bytes) {
        for (boolean masked : new boolean[] {true, false}) {
            List<Frame> whole = check(() -> Frames.webSocket(masked, MessageLimits.DEFAULT.message()), bytes);
            for (Frame found : whole) {
                if (found instanceof Frame.Message message) {
                    byte[] frame = WebSocketFrame.encode(
                            WebSocketFrame.BINARY, message.alone(), masked ? Seeds.random(1) : null);
                    assertThat(Frames.webSocket(masked, MessageLimits.DEFAULT.message())
                                    .cut(frame))
                            .singleElement()
                            .satisfies(again ->
                                    assertThat(((Frame.Message) again).alone()).isEqualTo(message.alone()));
                }
            }
        }
    }

    private static void checkStream(byte[] bytes) {
        check(() -> new StreamFramer(() -> 0, Duration.ofSeconds(10), MessageLimits.DEFAULT.message()), bytes);
    }

    private static List<Frame> check(Supplier<Framer> framer, byte[] bytes) {
        List<Frame> whole = framer.get().cut(bytes.clone());
        for (int size : new int[] {1, 5, bytes.length / 2 + 1}) {
            assertThat(told(Frames.cut(framer.get(), bytes, size))).isEqualTo(told(whole));
        }
        for (Frame frame : whole) {
            if (frame instanceof Frame.Message message) {
                assertThat(message.length()).isLessThanOrEqualTo(MessageLimits.DEFAULT.message());
            }
            boolean last = frame instanceof Frame.Broken || frame instanceof Frame.Closed;
            assertThat(!last || frame == whole.get(whole.size() - 1)).isTrue();
        }
        return whole;
    }

    /** How many keep-alives there are depends on how the bytes are cut. */
    private static List<String> told(List<Frame> frames) {
        return Frames.lines(
                frames.stream().filter(frame -> !(frame instanceof Frame.Ping)).toList());
    }
}
