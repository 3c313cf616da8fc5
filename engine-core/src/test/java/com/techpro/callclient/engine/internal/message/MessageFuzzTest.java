// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.techpro.callclient.engine.message.TextMessage;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.testkit.helpers.Corpus;
import com.techpro.callclient.testkit.helpers.CorpusSource;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Whatever a MESSAGE carries is a text, a receipt or refused: no exception, and what is told is bounded. */
class MessageFuzzTest {
    @Tag("fuzz")
    @FuzzTest(maxDuration = "2m")
    void any_envelope(byte[] body) {
        Subject.check(body);
    }

    @ParameterizedTest
    @CorpusSource("any_envelope")
    void replayed_corpus(byte[] input) {
        Subject.check(input);
    }

    @Test
    void damaged_envelopes() {
        Corpus.damage(
                Corpus.inputs(MessageFuzzTest.class, "any_envelope"),
                10_000,
                20260101,
                "<>&;\"'/=:. \r\n0@\u0000",
                Subject::check);
    }

    /** Apart, so that the test class can be looked at without loading what the fuzzer's agent changes. */
    private static final class Subject {
        private static final SipUri ALICE = SipUri.of("sip", "alice", "pbx.invalid", 0);

        static boolean check(byte[] body) {
            ReceivedBody read = ReceivedBody.of(SipRequest.builder("MESSAGE", ALICE)
                    .from(NameAddr.of(ALICE).withTag("a"))
                    .to(NameAddr.of(ALICE))
                    .callId("c")
                    .cseq(1, "MESSAGE")
                    .body(CpimMessage.CONTENT_TYPE, body)
                    .build());
            if (read instanceof ReceivedBody.Text text) {
                assertThat(text.text().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(TextMessage.LONGEST);
                assertThat(text.text().trim()).isNotEmpty();
                assertThat(text.id() == null ? "" : text.id()).hasSizeLessThanOrEqualTo(256);
            } else if (read instanceof ReceivedBody.Receipt receipt) {
                assertThat(receipt.notification().messageId()).matches("[!-~]{1,256}");
            } else {
                assertThat(((ReceivedBody.Unusable) read).status()).isIn(400, 413, 415);
            }
            return !(read instanceof ReceivedBody.Unusable);
        }
    }
}
