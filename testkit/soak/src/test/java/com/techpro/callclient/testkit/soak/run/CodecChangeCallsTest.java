// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.pbx.fault.MediaImpairment;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A phone system that changes the codec in mid-stream without a word, and back: the engine hears each word. */
class CodecChangeCallsTest {
    /** Both fall into the first stretch of talk, where the caller's offer has both codecs. */
    private static final Duration CHANGE = Duration.ofMillis(1_000);

    private static final Duration CHANGE_BACK = Duration.ofMillis(1_800);

    @ParameterizedTest
    @CsvSource({"opus, g722", "g722, opus", "pcmu, opus"})
    void each_word_is_heard_before_and_after_a_change_and_after_the_change_back(String spoken, String changed)
            throws IOException {
        try (CallsInVirtualTime calls =
                CallsInVirtualTime.builder().codecs(spoken, changed).start()) {
            MediaImpairment way =
                    calls.pbx().faults().media(CallsInVirtualTime.CALLER).toPhone();
            calls.loop().schedule(CHANGE, () -> way.changeCodec(changed));
            calls.loop().schedule(CHANGE_BACK, () -> way.changeCodec(""));
            JudgedCall call = calls.make();

            assertThat(call.faultless())
                    .as(call + " " + call.heard().get(1).findings())
                    .isTrue();
            assertThat(way.recoded()).isBetween(38L, 42L);
            assertThat(call.quality()).allMatch(ear -> ear.receiving().lost() == 0);
        }
    }
}
