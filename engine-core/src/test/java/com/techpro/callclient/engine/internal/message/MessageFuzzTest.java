// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.techpro.callclient.engine.internal.Corpus;
import com.techpro.callclient.engine.internal.sip.message.NameAddr;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import com.techpro.callclient.engine.message.TextMessage;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a MESSAGE carries is a text, a receipt or refused: no exception, and what is told is bounded. */
class MessageFuzzTest {
    @Tag("fuzz")
    @FuzzTest(maxDuration = "2m")
    void any_envelope(byte[] body) {
        Subject.check(body);
    }

    static List<Path> corpus() {
        return Corpus.of(MessageFuzzTest.class, "any_envelope");
    }

    /** The campaign's seeds and findings, without the fuzzer. */
    @ParameterizedTest
    @MethodSource("corpus")
    void replayed_corpus(Path input) throws IOException {
        Subject.check(Files.readAllBytes(input));
    }

    @Test
    void damaged_envelopes() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (Path seed : corpus()) {
            seeds.add(Files.readAllBytes(seed));
        }
        Random random = Seeds.random(20260101);
        int whole = 0;
        int understood = 0;
        for (int i = 0; i < 10_000; i++) {
            byte[] body = seeds.get(i % seeds.size()).clone();
            whole += Subject.check(body) ? 1 : 0;
            for (int hits = random.nextInt(3); hits > 0; hits--) {
                int at = random.nextInt(body.length);
                body[at] = random.nextBoolean()
                        ? (byte) random.nextInt(256)
                        : (byte) "<>&;\"'/=:. \r\n0@\u0000".charAt(random.nextInt(16));
            }
            understood += Subject.check(body) ? 1 : 0;
        }
        assertThat(understood)
                .as("the damage must not be so great that nothing beyond the parser is tried")
                .isGreaterThan(whole * 3 / 8);
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
