// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.mwi;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.MessagesWaiting.Counts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3842 §5.2, with what phone systems make of it. */
class MessageSummaryTest {
    @Test
    void the_example_of_section_5_2_is_read() {
        MessagesWaiting summary = MessageSummary.parse("Messages-Waiting: yes\r\n"
                + "Message-Account: sip:alice@vmail.example.com\r\n"
                + "Voice-Message: 2/8 (0/2)\r\n");

        assertThat(summary).isEqualTo(new MessagesWaiting(true, new Counts(2, 8, 0, 2), "sip:alice@vmail.example.com"));
    }

    @Test
    void headers_of_single_messages_and_other_kinds_are_passed_over() {
        MessagesWaiting summary = MessageSummary.parse("Messages-Waiting: yes\r\n"
                + "Message-Account: sip:alice@vmail.example.com\r\n"
                + "Voice-Message: 4/8 (1/2)\r\n"
                + "Fax-Message: many\r\n"
                + "\r\n"
                + "To: <alice@atlanta.example.com>\r\n"
                + "From: <bob@biloxi.example.com>\r\n"
                + "Subject: carpool tomorrow?\r\n"
                + "Not a header at all\r\n");

        assertThat(summary).isNotNull();
        assertThat(summary.voice()).isEqualTo(new Counts(4, 8, 1, 2));
    }

    @Test
    void case_and_space_do_not_matter_and_bare_line_feeds_are_taken() {
        assertThat(MessageSummary.parse("MESSAGES-WAITING :  No \nvoice-message:0/0(0/0)\n"))
                .isEqualTo(new MessagesWaiting(false, new Counts(0, 0, 0, 0), null));
    }

    @Test
    void a_phone_system_need_not_count() {
        assertThat(MessageSummary.parse("Messages-Waiting: yes\r\n")).isEqualTo(new MessagesWaiting(true, null, null));
    }

    @Test
    void urgent_counts_may_be_left_out() {
        assertThat(MessageSummary.parse("Messages-Waiting: yes\r\nVoice-Message: 3/1\r\n"))
                .isEqualTo(new MessagesWaiting(true, new Counts(3, 1, 0, 0), null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n",
                "Voice-Message: 1/0\r\n",
                "Messages-Waiting: perhaps\r\n",
                "Messages-Waiting yes\r\n",
                "Messages-Waiting: yes\r\nVoice-Message: -1/0\r\n",
                "Messages-Waiting: yes\r\nVoice-Message: 1\r\n",
                "Messages-Waiting: yes\r\nVoice-Message: 9999999999/0\r\n",
                "Messages-Waiting: yes\r\nVoice-Message: 1/0 (1)\r\n",
            })
    void a_malformed_body_is_rejected(String body) {
        assertThat(MessageSummary.parse(body)).isNull();
    }

    @Test
    void nothing_personal_is_printed() {
        assertThat(new MessagesWaiting(true, null, "sip:alice@vmail.example.com").toString())
                .doesNotContain("alice");
    }
}
