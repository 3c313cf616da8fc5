// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.conference;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.techpro.callclient.testkit.helpers.Corpus;
import com.techpro.callclient.testkit.helpers.CorpusSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Whatever a focus sends is a document or nothing: no exception, and the roster that it leads to is bounded. */
class ConferenceInfoFuzzTest {
    @Tag("fuzz")
    @FuzzTest(maxDuration = "2m")
    void any_bytes(byte[] document) {
        Subject.check(document);
    }

    @ParameterizedTest
    @CorpusSource("any_bytes")
    void replayed_corpus(byte[] input) {
        Subject.check(input);
    }

    @Test
    void damaged_documents() {
        Corpus.damage(
                Corpus.inputs(ConferenceInfoFuzzTest.class, "any_bytes"),
                5_000,
                20260101,
                "<>&;\"'/=! 0:@sip,\u0000",
                Subject::check);
    }

    /** Apart, so that the test class can be looked at without loading what the fuzzer's agent changes. */
    private static final class Subject {
        static boolean check(byte[] document) {
            @Nullable ConferenceInfo info = ConferenceInfoReader.read(document);
            if (info == null) {
                return false;
            }
            RosterMachine.RosterPhase phase = RosterMachine.START;
            for (int i = 0; i < 3; i++) {
                phase = RosterMachine.next(phase, new RosterMachine.RosterInput.Document(info))
                        .phase();
                if (phase instanceof RosterMachine.RosterPhase.Known known) {
                    assertThat(known.state().users()).hasSizeLessThanOrEqualTo(1_000);
                    assertThat(known.state().after(info).users()).hasSizeLessThanOrEqualTo(1_000);
                }
            }
            return true;
        }
    }
}
