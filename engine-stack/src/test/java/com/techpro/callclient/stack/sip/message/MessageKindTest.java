// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a message is to a busy engine, seen from its first bytes. */
class MessageKindTest {
    private static MessageKind kind(String startLine, String... headers) {
        byte[] bytes = ("..." + startLine + "\r\n" + String.join("\r\n", headers) + "\r\n\r\nTo: body;tag=x")
                .getBytes(StandardCharsets.UTF_8);
        return MessageKind.of(bytes, 3, bytes.length - 3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "To: <sip:a@b>",
                "to : sip:a@b",
                "t: \"x;tag=1\" <sip:a@b;tag=2>",
                "TO: \"a>;tag=1\" <sip:a@b>",
                "To: <sip:a@b>;x=y;tagged=1",
                "To: <sip:a@b>;x=\">;tag=1\"",
                "To:\r\n <sip:a@b>"
            })
    void without_a_tag_in_To_a_request_is_outside_dialogs(String to) {
        for (String method : new String[] {"INVITE", "CANCEL", "REGISTER", "OPTIONS", "MESSAGE", "FOO"}) {
            assertThat(kind(method + " sip:a@b SIP/2.0", "Via: x;branch=1", "From: <sip:c@d>;tag=1", to))
                    .as(method)
                    .isEqualTo(MessageKind.INITIAL_REQUEST);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "To: <sip:a@b>;tag=1",
                "t:sip:a@b;tag=1",
                "To: <sip:a@b> ; x=y ; TAG = 1",
                "To: <sip:a@b>\r\n ;tag=1",
                "To: \"<x>\" <sip:a@b>;tag=1"
            })
    void with_one_it_is_within_a_dialog(String to) {
        assertThat(kind("BYE sip:a@b SIP/2.0", "Topic: none", "Via: x", to)).isEqualTo(MessageKind.OTHER);
        assertThat(kind("ACK sip:a@b SIP/2.0", to)).isEqualTo(MessageKind.OTHER);
    }

    @Test
    void the_acknowledgement_of_a_refusal_is_known_by_its_tag() {
        assertThat(kind("ACK sip:a@b SIP/2.0", "To: <sip:a@b>;tag=overload-1f")).isEqualTo(MessageKind.ACK_OF_REFUSAL);
        assertThat(kind("ACK sip:a@b SIP/2.0", "To: <sip:a@b>")).isEqualTo(MessageKind.OTHER);
        assertThat(kind("BYE sip:a@b SIP/2.0", "To: <sip:a@b>;tag=overload-1f")).isEqualTo(MessageKind.OTHER);
    }

    @Test
    void responses_and_other_messages_are_left_to_the_parser() {
        assertThat(kind("SIP/2.0 200 OK", "To: <sip:a@b>")).isEqualTo(MessageKind.OTHER);
        assertThat(kind("INVITE sip:a@b SIP/2.0", "From: x")).isEqualTo(MessageKind.OTHER);
        for (String bytes : new String[] {"", "\r\n", "\r\n\r\n", "T", "x\r\nT", "x\r\nTo:", "x\r\nTo: <a>;tag"}) {
            byte[] any = bytes.getBytes(StandardCharsets.UTF_8);
            assertThat(MessageKind.of(any, 0, any.length)).isNotNull();
        }
    }
}
