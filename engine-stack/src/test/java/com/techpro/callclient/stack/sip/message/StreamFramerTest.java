// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.Seeds;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StreamFramerTest {
    /** Writes down what the framer finds. */
    private static final class Recorder implements StreamFramer.Sink {
        final List<String> found = new ArrayList<>();
        int unasked;

        @Override
        public void message(byte[] buffer, int offset, int length) {
            found.add(new String(buffer, offset, length, StandardCharsets.UTF_8));
        }

        @Override
        public void ping() {
            found.add("ping");
        }

        @Override
        public void pong() {
            found.add("pong");
        }

        @Override
        public void unaskedLineBreak() {
            unasked++;
        }

        @Override
        public void broken(Rejection reason, byte[] buffer, int offset, int length) {
            found.add("broken " + reason);
        }
    }

    private final StreamFramer framer = new StreamFramer(new MessageLimits(300, 100, 10, 10));
    private final Recorder recorder = new Recorder();

    private List<String> feed(String... pieces) {
        for (String piece : pieces) {
            framer.feed(ByteBuffer.wrap(piece.getBytes(StandardCharsets.UTF_8)), recorder);
        }
        return recorder.found;
    }

    private static String message(String body) {
        return "X y SIP/2.0\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    @Test
    void messages_come_out_whole_however_they_were_cut() {
        String one = message("abc");
        String two = "X y SIP/2.0\r\nA: b\r\nl :\r\n  4\r\nC: d\r\n\r\n\r\n\r\n";
        String three = message("");
        String stream = one + "\r\n" + two + three;
        Random random = Seeds.random(6);

        for (int run = 0; run < 200; run++) {
            StreamFramer any = new StreamFramer();
            Recorder heard = new Recorder();
            for (int at = 0; at < stream.length(); ) {
                int next = Math.min(stream.length(), at + 1 + random.nextInt(run % 40 + 1));
                any.feed(ByteBuffer.wrap(stream.substring(at, next).getBytes(StandardCharsets.UTF_8)), heard);
                at = next;
            }
            assertThat(heard.found).containsExactly(one, two, three);
            assertThat(any.buffered()).isZero();
        }
    }

    @Test
    void a_double_line_break_is_a_ping_and_an_awaited_single_one_a_pong() {
        assertThat(feed("\r\n\r\n")).containsExactly("ping");
        framer.awaitPong();
        assertThat(feed("\r", "\n")).containsExactly("ping", "pong");
        assertThat(feed(message("a"), "\r\n", "\r", "\n")).containsExactly("ping", "pong", message("a"), "ping");
    }

    @Test
    void a_double_line_break_is_the_peers_ping_however_many_pongs_are_awaited() {
        framer.awaitPong();
        framer.awaitPong();

        assertThat(feed("\r\n\r\n", "\r\n\r\n\r\n\r\n")).containsExactly("ping", "ping", "ping");
        assertThat(framer.isPongAwaited()).isTrue();
    }

    @Test
    void a_pong_and_a_ping_in_one_piece_are_both_heard() {
        framer.awaitPong();

        assertThat(feed("\r\n\r\n\r\n")).containsExactly("pong", "ping");
    }

    @Test
    void a_ping_cut_in_two_is_answered_although_its_first_half_looked_like_a_pong() {
        framer.awaitPong();

        assertThat(feed("\r\n", "\r\n")).containsExactly("pong", "ping");
        assertThat(recorder.unasked).as("which takes the pong back").isOne();
    }

    @Test
    void a_ping_cut_within_a_line_break_is_a_ping() {
        framer.awaitPong();

        assertThat(feed("\r\n\r", "\n")).containsExactly("ping");
    }

    @Test
    void a_line_break_around_a_message_is_no_pong() {
        framer.awaitPong();

        assertThat(feed(message("a") + "\r\n", "\r\n" + message("b"))).containsExactly(message("a"), message("b"));
        assertThat(framer.isPongAwaited()).isTrue();
    }

    @Test
    void a_line_break_in_front_of_a_message_is_half_of_nothing() {
        assertThat(feed("\r\n" + message("a"), "\r\n" + message("b"))).containsExactly(message("a"), message("b"));
    }

    @Test
    void a_head_or_a_body_beyond_the_limit_breaks_the_stream() {
        assertThat(feed("X y SIP/2.0\r\n", "A: " + "b".repeat(300))).containsExactly("broken TOO_LARGE");
        assertThat(feed(message("a"))).as("nothing is heard afterwards").hasSize(1);
    }

    @Test
    void head_and_body_together_are_within_the_limit() {
        assertThat(feed(message("x".repeat(280)).substring(0, 60))).containsExactly("broken TOO_LARGE");
    }

    @Test
    void without_one_sound_content_length_the_stream_is_broken() {
        for (String header : List.of(
                "A: b",
                "Content-Length: -1",
                "Content-Length: 99999999999999999999",
                "Content-Length: 2000000000",
                "l: 1\r\nContent-Length: 1",
                "Content-Length: 1 1",
                "Content-Length:",
                "content-length: x")) {
            StreamFramer fresh = new StreamFramer();
            Recorder heard = new Recorder();
            fresh.feed(
                    ByteBuffer.wrap(("X y SIP/2.0\r\n" + header + "\r\n\r\n").getBytes(StandardCharsets.UTF_8)), heard);
            assertThat(heard.found).as(header).containsExactly("broken CONTENT_LENGTH");
        }
    }

    @Test
    void a_folded_line_that_looks_like_a_length_is_none() {
        String folded = "X y SIP/2.0\r\nA: b\r\n l: 9\r\nl: 0\r\n\r\n";

        assertThat(feed(folded)).containsExactly(folded);
    }

    @Test
    void bytes_that_cannot_start_a_message_break_the_stream_at_once() {
        assertThat(feed("\u0016\u0003\u0001")).containsExactly("broken NOT_SIP");
    }

    @Test
    void a_large_input_is_taken_in_rounds() {
        StringBuilder stream = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            stream.append(message("x".repeat(i)));
        }

        assertThat(feed(stream.toString())).hasSize(100);
        assertThat(framer.buffered()).isZero();
    }
}
