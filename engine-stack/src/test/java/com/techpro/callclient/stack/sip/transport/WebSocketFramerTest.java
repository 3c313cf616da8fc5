// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.RandomDraws;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketFramerTest {
    private static final int LIMIT = 65_535;

    @Test
    void RFC6455_10_3_the_key_of_the_handshake_and_the_mask_of_each_frame_are_random() {
        Random random = Seeds.random(2);
        RandomDraws.assertRandomOctets(() -> {
            String request =
                    new String(new WebSocketHandshake("pbx", "/", random).request(), StandardCharsets.US_ASCII);
            Matcher key = Pattern.compile("Sec-WebSocket-Key: (.*)\r").matcher(request);
            assertThat(key.find()).isTrue();
            byte[] frame = WebSocketFrame.encode(WebSocketFrame.TEXT, new byte[] {1}, random);
            return ByteBuffer.allocate(20)
                    .put(Base64.getDecoder().decode(key.group(1)))
                    .put(frame, 2, 4)
                    .array();
        });
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    private static List<String> read(boolean fromClient, byte[] bytes) {
        return read(Frames.webSocket(fromClient, LIMIT), bytes, Math.max(1, bytes.length));
    }

    /** Returns what is found, and the code with which this side then closes. */
    private static List<String> read(WebSocketFramer framer, byte[] bytes, int size) {
        List<String> found = Frames.lines(Frames.cut(framer, bytes, size));
        String last = found.isEmpty() ? "" : found.get(found.size() - 1);
        if (last.equals("broken") || last.startsWith("closed")) {
            found.set(found.size() - 1, last + codeOf(framer.close(null)));
        }
        return found;
    }

    /** Returns the code of a Close frame; nothing if it has none. */
    private static String codeOf(byte[] close) {
        WebSocketFramer peer = Frames.webSocket((close[1] & 0x80) != 0, LIMIT);
        assertThat(peer.cut(close)).singleElement().isInstanceOf(Frame.Closed.class);
        byte[] echo = peer.close(null);
        int payload = (echo[1] & 0x80) == 0 ? 2 : 6;
        int key = (echo[1] & 0x80) == 0 ? 0 : ByteBuffer.wrap(echo).getShort(2);
        return echo.length == payload ? "" : " " + ((ByteBuffer.wrap(echo).getShort(payload) ^ key) & 0xffff);
    }

    /** The examples of RFC 6455 §5.7, as they stand there. */
    @ParameterizedTest
    @CsvSource({
        "false, 81 05 48 65 6c 6c 6f, message Hello",
        "true, 81 85 37 fa 21 3d 7f 9f 4d 51 58, message Hello",
        "false, 01 03 48 65 6c 80 02 6c 6f, message Hello",
        "false, 89 05 48 65 6c 6c 6f, ping",
        "true, 8a 85 37 fa 21 3d 7f 9f 4d 51 58, pong"
    })
    void the_examples_of_the_RFC_are_read(boolean masked, String bytes, String found) {
        assertThat(read(masked, hex(bytes))).containsExactly(found);
    }

    @ParameterizedTest
    @CsvSource({"82 7e 01 00, 256", "82 7f 00 00 00 00 00 01 00 00, 65536"})
    void the_long_examples_of_the_RFC_are_read(String head, int length) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(hex(head));
        frame.writeBytes(new byte[length]);

        assertThat(read(Frames.webSocket(false, 65_536), frame.toByteArray(), frame.size()))
                .containsExactly("message " + (length > 1_000 ? length : "\0".repeat(length)));
    }

    @Test
    void the_examples_of_the_RFC_are_written() {
        byte[] hello = "Hello".getBytes(StandardCharsets.US_ASCII);
        Random key = new Random() {
            private static final long serialVersionUID = 1L;

            @Override
            public int nextInt() {
                return 0x37fa213d;
            }
        };

        assertThat(WebSocketFrame.encode(WebSocketFrame.TEXT, hello, null)).isEqualTo(hex("810548656c6c6f"));
        assertThat(WebSocketFrame.encode(WebSocketFrame.TEXT, hello, key)).isEqualTo(hex("818537fa213d7f9f4d5158"));
        assertThat(WebSocketFrame.encode(WebSocketFrame.PING, hello, null)).isEqualTo(hex("890548656c6c6f"));
        assertThat(WebSocketFrame.encode(WebSocketFrame.BINARY, new byte[256], null))
                .startsWith(hex("827e0100"))
                .hasSize(260);
        assertThat(WebSocketFrame.encode(WebSocketFrame.BINARY, new byte[65_536], null))
                .startsWith(hex("827f0000000000010000"))
                .hasSize(65_546);
    }

    @ParameterizedTest
    @CsvSource({
        "reserved bit 1,                  false, c1 00, 1002",
        "reserved bit 2,                  false, a1 00, 1002",
        "reserved bit 3,                  false, 91 00, 1002",
        "data opcode 3,                   false, 83 00, 1002",
        "data opcode 7,                   false, 87 00, 1002",
        "control opcode 11,               false, 8b 00, 1002",
        "control opcode 15,               false, 8f 00, 1002",
        "client does not mask,            true,  81 05 48 65 6c 6c 6f, 1002",
        "client does not mask a ping,     true,  89 00, 1002",
        "server masks,                    false, 81 85 37 fa 21 3d 7f 9f 4d 51 58, 1002",
        "ping in fragments,               false, 09 00, 1002",
        "close in fragments,              false, 08 00, 1002",
        "ping too long,                   false, 89 7e 00 7e, 1002",
        "continuation of nothing,         false, 80 00, 1002",
        "text within a message,           false, 01 01 41 81 01 42, 1002",
        "binary within a message,         false, 01 01 41 82 01 42, 1002",
        "length not in its shortest form, false, 81 7e 00 7d, 1002",
        "64 bits for a short length,      false, 81 7f 00 00 00 00 00 00 ff ff, 1002",
        "negative length,                 false, 81 7f 80 00 00 00 00 00 00 00, 1002",
        "message too long,                false, 81 7f 00 00 00 00 00 01 00 00, 1009",
        "message of exabytes,             false, 82 7f 7f ff ff ff ff ff ff ff, 1009",
        "fragments too long together,     false, 01 01 41 80 7e ff ff, 1009",
        "text that is not UTF-8,          false, 81 02 c3 28, 1007",
        "text with a surrogate,           false, 81 03 ed a0 80, 1007",
        "text with an overlong form,      false, 81 02 c0 af, 1007",
        "text cut in a character,         false, 81 02 e2 82, 1007",
        "character cut by the last frame, false, 01 01 e2 80 01 82, 1007",
        "close with half a code,          false, 88 01 03, 1002",
        "close code 999,                  false, 88 02 03 e7, 1002",
        "close code 1004,                 false, 88 02 03 ec, 1002",
        "close code 1005,                 false, 88 02 03 ed, 1002",
        "close code 1006,                 false, 88 02 03 ee, 1002",
        "close code 1015,                 false, 88 02 03 f7, 1002",
        "close code 2999,                 false, 88 02 0b b7, 1002",
        "close code 5000,                 false, 88 02 13 88, 1002",
        "close reason that is not UTF-8,  false, 88 04 03 e8 c3 28, 1007"
    })
    void a_protocol_violation_ends_the_stream_with_its_close_code(String what, boolean masked, String bytes, int code) {
        assertThat(read(masked, hex(bytes))).as(what).containsExactly("broken " + code);
    }

    @Test
    void nothing_is_heard_behind_a_forbidden_frame() {
        assertThat(read(false, hex("83 00 81 05 48 65 6c 6c 6f"))).containsExactly("broken 1002");
    }

    @Test
    void nothing_is_heard_behind_a_close() {
        assertThat(read(false, hex("88 02 03 e8 81 05 48 65 6c 6c 6f"))).containsExactly("closed in order 1000");
    }

    @ParameterizedTest
    @CsvSource({
        "88 00, closed in order",
        "88 02 03 e8, closed in order 1000",
        "88 07 03 e9 61 77 61 79 21, closed in order 1001",
        "88 02 03 f3, closed server-error-500 1011",
        "88 02 03 f4, closed server-error-503 1012",
        "88 02 0f a0, closed protocol-violation 4000"
    })
    void a_close_tells_why_and_its_code_is_echoed(String bytes, String expected) {
        assertThat(read(false, hex(bytes))).containsExactly(expected);
    }

    @Test
    void a_close_is_sent_once() {
        WebSocketFramer framer = Frames.webSocket(true, LIMIT);

        assertThat(codeOf(framer.leave())).isEqualTo(" 1001");
        assertThat(framer.close(null)).isEmpty();
        assertThat(WebSocketFramer.server(LIMIT).close(null))
                .as("before the handshake")
                .isEmpty();
    }

    /** RFC 7118 §6; a browser's page cannot send Ping frames. */
    @ParameterizedTest
    @CsvSource({
        "81 04 0d 0a 0d 0a, ping 81020d0a",
        "81 02 0d 0a, ''",
        "82 04 0d 0a 0d 0a, ping 81020d0a",
        "89 00, ping 8a00",
        "89 01 41 89 01 42, ping 8a0142",
        "89 01 41 81 04 0d 0a 0d 0a, ping 81020d0a ping 8a0141",
        "89 01 41 88 00, closed in order"
    })
    void a_ping_comes_with_its_answer(String bytes, String expected) {
        StringBuilder found = new StringBuilder();
        WebSocketFramer server = Frames.webSocket(true, LIMIT);
        for (Frame frame : server.cut(masked(hex(bytes)))) {
            found.append(found.length() == 0 ? "" : " ")
                    .append(Frames.lines(List.of(frame)).get(0));
            if (frame instanceof Frame.Ping ping) {
                found.append(' ').append(HexFormat.of().formatHex(ping.answer()));
            }
        }
        assertThat(found.toString()).isEqualTo(expected);
    }

    /** Masks short frames with a key of zeros. */
    private static byte[] masked(byte[] frames) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < frames.length; at += 2 + frames[at + 1]) {
            out.write(frames[at]);
            out.write(0x80 | frames[at + 1]);
            out.writeBytes(new byte[4]);
            out.write(frames, at + 2, frames[at + 1]);
        }
        return out.toByteArray();
    }

    @Test
    void control_frames_come_between_fragments() {
        assertThat(read(false, hex("01 03 48 65 6c 89 01 3f 00 00 8a 00 80 02 6c 6f")))
                .containsExactly("pong", "message Hello", "ping");
    }

    @Test
    void binary_need_not_be_text() {
        assertThat(read(false, hex("82 02 c3 28")))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("message");
    }

    @Test
    void an_empty_message_is_one() {
        assertThat(read(true, hex("81 80 01 02 03 04"))).containsExactly("message ");
    }

    @Test
    void it_does_not_matter_how_the_bytes_are_cut() {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        Random random = Seeds.random(6455);
        for (int length : new int[] {0, 1, 125, 126, 127, 2_048, 5_000}) {
            stream.writeBytes(WebSocketFrame.encode(WebSocketFrame.BINARY, new byte[length], random));
            stream.writeBytes(WebSocketFrame.encode(WebSocketFrame.PING, new byte[] {'x'}, random));
        }
        byte[] bytes = stream.toByteArray();
        List<String> whole = read(true, bytes);
        assertThat(whole).hasSize(8).endsWith("ping");

        for (int size : new int[] {1, 2, 3, 7, 13, 1_000}) {
            WebSocketFramer framer = Frames.webSocket(true, LIMIT);
            List<String> again = read(framer, bytes, size);
            assertThat(again).filteredOn(line -> !line.equals("ping")).isEqualTo(whole.subList(0, 7));
            assertThat(framer.isWithinMessage()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01 03 48 65 6c 80 02 6c 6f 8a 00 82 00",
                "81 01 41 01 01 42 89 01 3f 00 01 43 80 00 88 02 03 e8",
                "81 01 41 83 00 81 01 42",
                "82 7e 00 80 81 01",
                "8a 02 41 42 81 02 c3 28"
            })
    void wherever_frames_are_cut_they_are_the_same(String frames) {
        byte[] bytes = hex(frames);
        List<String> whole = read(false, bytes);
        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= bytes.length; second++) {
                List<Frame> found = Frames.cutAt(Frames.webSocket(false, LIMIT), bytes, first, second);
                assertThat(Frames.lines(found).stream().filter(line -> !line.equals("ping")))
                        .as("%d, %d", first, second)
                        .containsExactlyElementsOf(whole.stream()
                                .map(line -> line.replaceAll(" 1[0-9]{3}$", ""))
                                .filter(line -> !line.equals("ping"))
                                .toList());
            }
        }
    }

    @Test
    void messages_that_come_with_the_handshake_are_read_too() {
        Random random = Seeds.random(6455);
        WebSocketFramer server = WebSocketFramer.server(LIMIT);
        byte[] request = new WebSocketHandshake("pbx", "/", random).request();
        byte[] frame = WebSocketFrame.encode(WebSocketFrame.TEXT, new byte[] {'A'}, random);
        byte[] both = ByteBuffer.allocate(request.length + frame.length)
                .put(request)
                .put(frame)
                .array();

        assertThat(server.cut(both))
                .extracting(found -> found.getClass().getSimpleName())
                .containsExactly("Handshake", "Ready", "Message");
    }

    @Test
    void bytes_that_are_no_handshake_close_the_stream() {
        assertThat(WebSocketFramer.server(LIMIT).cut("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
                .extracting(found -> found.getClass().getSimpleName())
                .containsExactly("Handshake", "Closed");
    }

    @Test
    void a_message_as_long_as_the_limit_is_taken() {
        assertThat(read(false, WebSocketFrame.encode(WebSocketFrame.BINARY, new byte[LIMIT], null)))
                .containsExactly("message " + LIMIT);
    }

    @Test
    void it_is_within_a_message_from_the_first_byte_to_the_last() {
        WebSocketFramer framer = Frames.webSocket(false, LIMIT);
        assertThat(framer.cut(hex("01"))).isEmpty();
        assertThat(framer.isWithinMessage()).isTrue();
        assertThat(framer.cut(hex("01 41"))).isEmpty();
        assertThat(framer.isWithinMessage()).isTrue();
        assertThat(Frames.lines(framer.cut(hex("80 00")))).containsExactly("message A");
        assertThat(framer.isWithinMessage()).isFalse();
    }
}
