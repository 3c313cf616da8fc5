// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.script;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.people.CallOutcome;
import com.techpro.callclient.engine.people.HistoryEntry;
import com.techpro.callclient.testkit.soak.driver.Extension;
import com.techpro.callclient.testkit.soak.settings.CallFeature;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The history of an attended transfer has four lines, each as it went, and none of another day. */
class FeatureTracesTest {
    private static final Instant BEGAN = Instant.parse("2026-01-01T12:00:00Z");

    private final FeatureTraces traces =
            new FeatureTraces(CallFeature.ATTENDED_TRANSFER, user(0, "1001"), user(1, "1002"), user(2, "1003"));
    private final List<HistoryEntry> history = new ArrayList<>(List.of(
            call(CallDirection.OUTGOING, "1002", CallOutcome.ANSWERED, BEGAN),
            call(CallDirection.INCOMING, "1001", CallOutcome.ANSWERED, BEGAN),
            call(CallDirection.OUTGOING, "1003", CallOutcome.ANSWERED, BEGAN.plusSeconds(3)),
            call(CallDirection.INCOMING, "1001", CallOutcome.ANSWERED, BEGAN.plusSeconds(3))));

    @Test
    void all_of_them_are_it() {
        assertThat(traces.areIn(history, BEGAN)).isTrue();
    }

    @Test
    void one_that_is_missing_is_missed_even_if_another_is_like_it() {
        for (HistoryEntry entry : List.copyOf(history)) {
            history.remove(entry);
            assertThat(traces.areIn(history, BEGAN)).isFalse();
            history.add(entry);
        }
        assertThat(traces.areIn(history, BEGAN)).isTrue();
    }

    @Test
    void one_of_before_or_that_went_otherwise_does_not_count() {
        assertThat(traces.areIn(history, BEGAN.plusSeconds(1))).isFalse();
        history.set(0, call(CallDirection.OUTGOING, "1002", CallOutcome.FAILED, BEGAN));
        assertThat(traces.areIn(history, BEGAN)).isFalse();
    }

    private static Extension user(int index, String number) {
        return new Extension(index, number, MediaChoice.PLAIN, null);
    }

    private static HistoryEntry call(CallDirection direction, String number, CallOutcome outcome, Instant start) {
        return new HistoryEntry.CallRecord(
                direction + number + start,
                direction,
                number,
                null,
                false,
                start,
                null,
                start,
                start.plusSeconds(5),
                Duration.ofSeconds(5),
                outcome,
                null,
                null,
                Set.of());
    }
}
