// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.techpro.callclient.stack.sip.message.MessageLimits;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.helpers.CorpusSource;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * Whatever a WebSocket brings is read or refused: no exception, nothing behind the end, the same however the bytes are cut, and what is read
 * can be written and read again. The campaigns run with the {@code fuzz} tag; their seeds, and what they ever found, are replayed always.
 */
class WebSocketFuzzTest {
    @Tag("fuzz")
    @FuzzTest(maxDuration = "2m")
    void any_frames(byte[] bytes) {
        check(bytes);
    }

    @ParameterizedTest
    @CorpusSource("any_frames")
    void replayed_corpus(byte[] input) {
        check(input);
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
            Found whole = read(masked, bytes, bytes.length);
            for (int size : new int[] {1, 5}) {
                assertThat(read(masked, bytes, size).lines).isEqualTo(whole.lines);
            }
            for (byte[] message : whole.messages) {
                byte[] frame = WebSocketFrame.encode(WebSocketFrame.BINARY, message, masked ? Seeds.random(1) : null);
                Found again = read(masked, frame, frame.length);
                assertThat(again.messages).hasSize(1);
                assertThat(again.messages.get(0)).isEqualTo(message);
            }
        }
    }

    private static Found read(boolean masked, byte[] bytes, int size) {
        Found found = new Found();
        WebSocketFrameReader reader = new WebSocketFrameReader(masked, MessageLimits.DEFAULT.message());
        for (int at = 0; at < bytes.length; at += size) {
            reader.feed(ByteBuffer.wrap(bytes, at, Math.min(size, bytes.length - at)), found);
        }
        return found;
    }

    private static final class Found implements WebSocketFrameReader.Sink {
        final List<String> lines = new ArrayList<>();
        final List<byte[]> messages = new ArrayList<>();
        private boolean over;

        private void add(String line) {
            assertThat(over).isFalse();
            lines.add(line);
        }

        @Override
        public void message(byte[] buffer, int offset, int length) {
            assertThat(length).isLessThanOrEqualTo(MessageLimits.DEFAULT.message());
            byte[] message = Arrays.copyOfRange(buffer, offset, offset + length);
            messages.add(message);
            add("message " + Arrays.hashCode(message));
        }

        @Override
        public void ping(byte[] buffer, int length) {
            assertThat(length).isLessThanOrEqualTo(WebSocketFrame.LONGEST_CONTROL);
            add("ping " + Arrays.hashCode(Arrays.copyOf(buffer, length)));
        }

        @Override
        public void pong() {
            add("pong");
        }

        @Override
        public void closed(int code) {
            assertThat(code == WebSocketClose.NO_CODE || WebSocketClose.mayBeSent(code))
                    .isTrue();
            add("closed " + code);
            over = true;
        }

        @Override
        public void broken(WebSocketClose why) {
            add("broken " + why);
            over = true;
        }
    }
}
