// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.mwi;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.testkit.helpers.Corpus;
import com.techpro.callclient.testkit.helpers.CorpusSource;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Whatever a notifier sends is a summary or nothing: no exception, and no count below zero. */
class MessageSummaryFuzzTest {
    @Tag("fuzz")
    @FuzzTest(maxDuration = "2m")
    void any_bytes(byte[] body) {
        Subject.check(body);
    }

    @ParameterizedTest
    @CorpusSource("any_bytes")
    void replayed_corpus(byte[] input) {
        Subject.check(input);
    }

    @Test
    void damaged_summaries() {
        Corpus.damage(
                Corpus.inputs(MessageSummaryFuzzTest.class, "any_bytes"),
                20_000,
                3842,
                ":/() \r\n\t09yesno",
                Subject::check);
    }

    /** Apart, so that the test class can be looked at without loading what the fuzzer's agent changes. */
    private static final class Subject {
        static boolean check(byte[] body) {
            @Nullable MessagesWaiting summary = MessageSummary.parse(new String(body, StandardCharsets.UTF_8));
            MessagesWaiting.Counts voice = summary == null ? null : summary.voice();
            if (voice != null) {
                assertThat(voice.newMessages()).isNotNegative();
                assertThat(voice.oldMessages()).isNotNegative();
                assertThat(voice.urgentNew()).isNotNegative();
                assertThat(voice.urgentOld()).isNotNegative();
            }
            return summary != null;
        }
    }
}
