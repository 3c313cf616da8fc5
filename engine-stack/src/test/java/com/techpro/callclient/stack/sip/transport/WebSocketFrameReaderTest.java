// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.RandomDraws;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebSocketFrameReaderTest {
    private static final int LIMIT = 65_535;

    private final Recorder heard = new Recorder();

    /** What a reader found, one line each. */
    private static final class Recorder implements WebSocketFrameReader.Sink {
        final List<String> found = new ArrayList<>();

        @Override
        public void message(byte[] buffer, int offset, int length) {
            found.add(
                    "message " + (length > 100 ? length : new String(buffer, offset, length, StandardCharsets.UTF_8)));
        }

        @Override
        public void ping(byte[] buffer, int length) {
            found.add("ping " + new String(buffer, 0, length, StandardCharsets.UTF_8));
        }

        @Override
        public void pong() {
            found.add("pong");
        }

        @Override
        public void closed(int code) {
            found.add("closed " + code);
        }

        @Override
        public void broken(WebSocketClose why) {
            found.add("broken " + why.code());
        }
    }

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

    private List<String> read(boolean fromClient, byte[] bytes) {
        new WebSocketFrameReader(fromClient, LIMIT).feed(ByteBuffer.wrap(bytes), heard);
        return heard.found;
    }

    /** The examples of RFC 6455 §5.7, as they stand there. */
    @ParameterizedTest
    @CsvSource({
        "false, 81 05 48 65 6c 6c 6f, message Hello",
        "true, 81 85 37 fa 21 3d 7f 9f 4d 51 58, message Hello",
        "false, 01 03 48 65 6c 80 02 6c 6f, message Hello",
        "false, 89 05 48 65 6c 6c 6f, ping Hello",
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

        new WebSocketFrameReader(false, 65_536).feed(ByteBuffer.wrap(frame.toByteArray()), heard);

        assertThat(heard.found).containsExactly("message " + length);
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
        assertThat(read(false, hex("88 02 03 e8 81 05 48 65 6c 6c 6f"))).containsExactly("closed 1000");
    }

    @ParameterizedTest
    @CsvSource({"88 00, 1005", "88 02 03 e8, 1000", "88 07 03 e9 61 77 61 79 21, 1001", "88 02 0f a0, 4000"})
    void a_close_tells_its_code(String bytes, int code) {
        assertThat(read(false, hex(bytes))).containsExactly("closed " + code);
    }

    @Test
    void control_frames_come_between_fragments() {
        assertThat(read(false, hex("01 03 48 65 6c 89 01 3f 00 00 8a 00 80 02 6c 6f")))
                .containsExactly("ping ?", "pong", "message Hello");
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
        assertThat(whole).hasSize(14);

        for (int size : new int[] {1, 2, 3, 7, 13, 1_000}) {
            Recorder again = new Recorder();
            WebSocketFrameReader reader = new WebSocketFrameReader(true, LIMIT);
            for (int at = 0; at < bytes.length; at += size) {
                reader.feed(ByteBuffer.wrap(bytes, at, Math.min(size, bytes.length - at)), again);
            }
            assertThat(again.found).isEqualTo(whole);
            assertThat(reader.isWithin()).isFalse();
        }
    }

    @Test
    void a_message_as_long_as_the_limit_is_taken() {
        assertThat(read(false, WebSocketFrame.encode(WebSocketFrame.BINARY, new byte[LIMIT], null)))
                .containsExactly("message " + LIMIT);
    }

    @Test
    void it_is_within_a_message_from_the_first_byte_to_the_last() {
        WebSocketFrameReader reader = new WebSocketFrameReader(false, LIMIT);
        reader.feed(ByteBuffer.wrap(hex("01")), heard);
        assertThat(reader.isWithin()).isTrue();
        reader.feed(ByteBuffer.wrap(hex("01 41")), heard);
        assertThat(reader.isWithin()).isTrue();
        reader.feed(ByteBuffer.wrap(hex("80 00")), heard);
        assertThat(reader.isWithin()).isFalse();
        assertThat(heard.found).containsExactly("message A");
    }
}
