// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.mwi;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.helpers.Corpus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a notifier sends is a summary or nothing: no exception, and no count below zero. */
class MessageSummaryFuzzTest {
    @Tag("fuzz")
    @FuzzTest(maxDuration = "2m")
    void any_bytes(byte[] body) {
        Subject.check(body);
    }

    static List<Path> corpus() {
        return Corpus.of(MessageSummaryFuzzTest.class, "any_bytes");
    }

    /** The campaign's seeds and findings, without the fuzzer. */
    @ParameterizedTest
    @MethodSource("corpus")
    void replayed_corpus(Path input) throws IOException {
        Subject.check(Files.readAllBytes(input));
    }

    @Test
    void damaged_summaries() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (Path seed : corpus()) {
            seeds.add(Files.readAllBytes(seed));
        }
        Random random = Seeds.random(3842);
        int understood = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] body = seeds.get(i % seeds.size()).clone();
            for (int hits = random.nextInt(3); hits > 0; hits--) {
                int at = random.nextInt(body.length);
                body[at] = random.nextBoolean()
                        ? (byte) random.nextInt(256)
                        : (byte) ":/() \r\n\t09yesno".charAt(random.nextInt(15));
            }
            understood += Subject.check(body) ? 1 : 0;
        }
        assertThat(understood)
                .as("the damage must not be so great that nothing beyond the first line is tried")
                .isGreaterThan(6_000);
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
