// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamFramerTest {
    private static final String ONE = message("abc");
    private static final String TWO = "X y SIP/2.0\r\nA: b\r\nl :\r\n  4\r\nC: d\r\n\r\n\r\n\r\n";
    private static final String THREE = message("");

    private long now;
    private final StreamFramer framer = framer(300);

    private StreamFramer framer(int limit) {
        return new StreamFramer(() -> now, Duration.ofSeconds(10), limit);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String message(String body) {
        return "X y SIP/2.0\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private List<String> cut(String text) {
        return Frames.lines(framer.cut(bytes(text)));
    }

    /**
     * What arrives and what passes: {@code /} is a CRLF, r and n are its halves, M is a message, H and T are its head and its tail, and | parts
     * two reads. {@code !} is our ping; a dot is a second. The last column says whether the peer is known to answer pings.
     */
    @ParameterizedTest
    @CsvSource({
        "//,                 ping,           false",
        "r|n/,               ping,           false",
        "//|M|//,            ping M ping,    false",
        "M|/|r|n,            M ping,         false",
        "////,               ping ping,      false",
        "/,                  '',             false",
        "M/,                 M,              false",
        "!/,                 pong,           true",
        "!r|n,               pong,           true",
        "!..|/,              pong,           true",
        "!...|/,             pong,           false",
        "!..........|/,      pong,           false",
        "!...........|/|!/,  pong pong,      false",
        "!...|/|!/,          pong pong,      true",
        "/|!/,               pong,           false",
        "!/|/,               pong ping,      false",
        "!///,               pong ping,      true",
        "!/r|n,              ping,           false",
        "!!//|////,          ping ping ping, false",
        "!/|!|M,             pong M,         true",
        "!/|!|M|!,           pong M,         false",
        "!M/|/M,             M M,            false",
        "!M/|/M|/,           M M pong,       true",
        "/M|/M,              M M,            false",
        "/|M/|/,             M,              false",
        "H|T,                M,              false",
        "!H|/T,              M,              false",
        "MH|TM,              M M M,          false",
    })
    void line_breaks_between_messages_are_keep_alives(String script, String expected, boolean answers) {
        List<Frame> frames = new ArrayList<>();
        StringBuilder read = new StringBuilder();
        String message = message("\r\nabc");
        for (char step : (script + "|").toCharArray()) {
            switch (step) {
                case '/' -> read.append("\r\n");
                case 'r' -> read.append('\r');
                case 'n' -> read.append('\n');
                case 'M' -> read.append(message);
                case 'H' -> read.append(message, 0, message.length() - (script.contains("/T") ? 5 : 20));
                case 'T' -> read.append(message.substring(message.length() - (script.contains("/T") ? 3 : 20)));
                case '!' -> assertThat(framer.ping()).isEqualTo(bytes("\r\n\r\n"));
                case '.' -> now += Duration.ofSeconds(1).toNanos();
                default -> {
                    frames.addAll(framer.cut(bytes(read.toString())));
                    read.setLength(0);
                }
            }
        }

        assertThat(String.join(" ", Frames.lines(frames)).replace("message " + message, "M"))
                .isEqualTo(expected);
        assertThat(framer.answersPings()).isEqualTo(answers);
        assertThat(framer.isWithinMessage()).isFalse();
    }

    @Test
    void a_ping_is_answered_with_one_line_break() {
        assertThat(((Frame.Ping) framer.cut(bytes("\r\n\r\n")).get(0)).answer()).isEqualTo(bytes("\r\n"));
    }

    @Test
    void it_does_not_matter_where_the_stream_is_cut() {
        byte[] stream = bytes(ONE + "\r\n" + TWO + THREE);
        List<String> whole = List.of("message " + ONE, "message " + TWO, "message " + THREE);

        for (int first = 0; first <= stream.length; first++) {
            for (int second = first; second <= stream.length; second++) {
                StreamFramer any = framer(300);
                assertThat(Frames.lines(Frames.cutAt(any, stream, first, second)))
                        .isEqualTo(whole);
                assertThat(any.isWithinMessage()).isFalse();
            }
        }
        for (int size = 1; size < stream.length; size++) {
            assertThat(Frames.lines(Frames.cut(framer(300), stream, size))).isEqualTo(whole);
        }
    }

    @Test
    void a_returned_frame_does_not_change_with_later_bytes() {
        List<Frame> frames = new ArrayList<>();
        for (String piece :
                List.of(ONE + TWO.substring(0, 30), TWO.substring(30) + THREE + "X", " y", ONE.substring(3))) {
            byte[] read = bytes(piece);
            frames.addAll(framer.cut(read));
            assertThat(read).isEqualTo(bytes(piece));
        }
        assertThat(Frames.lines(frames))
                .containsExactly("message " + ONE, "message " + TWO, "message " + THREE, "message " + ONE);
    }

    /** The head is kept for the answer (RFC 4475 §3.3.9). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "A: b",
                "Content-Length: -1",
                "Content-Length: 99999999999999999999",
                "Content-Length: 2000000000",
                "Content-Length: 301",
                "l: 1\r\nContent-Length: 1",
                "Content-Length: 1 1",
                "Content-Length:",
                "Content-Length",
                "A: b\r\n l: 0",
                "content-length: x"
            })
    void without_one_sound_content_length_the_stream_is_broken(String header) {
        String head = "X y SIP/2.0\r\n" + header + "\r\n\r\n";
        assertBroken("\r\n" + ONE, head + THREE, "message " + ONE, "broken " + head);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0016\u0003\u0001", "\0", " X", "\nX", "\r\r", ":", "é"})
    void bytes_that_cannot_start_a_message_break_the_stream_at_once(String start) {
        assertBroken(ONE, start, "message " + ONE, "broken");
    }

    @Test
    void a_head_or_a_body_beyond_the_limit_breaks_the_stream() {
        String head = "X y SIP/2.0\r\nContent-Length: 260\r\n\r\n";
        assertThat(head).hasSize(36);
        String filled = "X y SIP/2.0\r\nContent-Length: 264\r\n\r\n";

        assertThat(cut(filled + "x".repeat(264))).as("as long as the limit").hasSize(1);
        assertBroken("", "X y SIP/2.0\r\nContent-Length: 265\r\n\r\n", "broken");
        assertBroken("", "X".repeat(301), "broken");
        assertBroken("", "X y SIP/2.0\r\nA: " + "b".repeat(300) + "\r\n\r\n", "broken");
        assertThat(framer(300).cut(bytes("X".repeat(300)))).isEmpty();
    }

    /** However the bytes are cut, and nothing is read behind the fault. */
    private void assertBroken(String sound, String fault, String... expected) {
        byte[] stream = bytes(sound + fault);
        for (int at = 0; at <= stream.length; at++) {
            StreamFramer any = framer(300);
            List<Frame> frames = Frames.cutAt(any, stream, at, stream.length);
            frames.addAll(any.cut(bytes(ONE)));
            assertThat(Frames.lines(frames))
                    .isEqualTo(Arrays.stream(expected)
                            .map(StreamFramerTest::asBytes)
                            .toList());
            assertThat(any.isWithinMessage()).isFalse();
        }
    }

    private static String asBytes(String line) {
        return new String(bytes(line), StandardCharsets.ISO_8859_1);
    }

    @Test
    void a_folded_line_that_looks_like_a_length_is_none() {
        String folded = "X y SIP/2.0\r\nA: b\r\n l: 9\r\nl: 0\r\n\r\n";

        assertThat(cut(folded)).containsExactly("message " + folded);
    }

    @Test
    void it_is_within_a_message_from_the_first_byte_to_the_last() {
        byte[] message = bytes(ONE);
        for (int i = 0; i < message.length; i++) {
            framer.cut(new byte[] {message[i]});
            assertThat(framer.isWithinMessage()).isEqualTo(i < message.length - 1);
        }
    }

    @Test
    void a_large_input_is_cut_at_once() {
        StringBuilder stream = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            stream.append(message("x".repeat(i)));
        }

        assertThat(cut(stream.toString())).hasSize(100);
        assertThat(framer.isWithinMessage()).isFalse();
    }
}
