// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.presence;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.internal.presence.PublicationMachine.Effect;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a publication waits before it is tried again, from one end of chance to the other. */
class PublicationPausesTest {
    private static final double LEAST = 0;
    private static final double MOST = 0.999_999;

    /** On its way for the first time. */
    private static PublicationState sending() {
        PublicationState wanted = PublicationMachine.next(
                        PublicationState.START, new PublicationInput.Registered(), LEAST)
                .state();
        return PublicationMachine.next(wanted, new PublicationInput.Publish(), LEAST)
                .state();
    }

    private static Duration pause(PublicationState state, PublicationInput input, double chance) {
        return PublicationMachine.next(state, input, chance).effects().stream()
                .filter(Effect.StartTimer.class::isInstance)
                .map(effect -> ((Effect.StartTimer) effect).delay())
                .findFirst()
                .orElseThrow();
    }

    private static PublicationInput refused(int status, Duration retryAfter) {
        return new PublicationInput.Rejected(status, null, retryAfter);
    }

    /** RFC 3261 §20.33: also a 4xx may say when to come again. */
    @ParameterizedTest
    @ValueSource(ints = {408, 480, 500, 503})
    void a_Retry_After_delays_the_next_attempt_with_a_random_spread(int status) {
        PublicationInput later = refused(status, Duration.ofSeconds(100));

        assertThat(pause(sending(), later, LEAST)).isEqualTo(Duration.ofSeconds(100));
        assertThat(pause(sending(), later, MOST)).isBetween(Duration.ofMillis(101_900), Duration.ofSeconds(102));
    }

    @Test
    void a_time_that_is_days_away_is_no_longer_than_an_hour() {
        PublicationInput never = refused(503, Duration.ofDays(10));

        assertThat(pause(sending(), never, LEAST)).isEqualTo(Duration.ofHours(1));
        assertThat(pause(sending(), never, MOST)).isLessThanOrEqualTo(Duration.ofSeconds(3_602));
    }

    @Test
    void a_time_that_is_shorter_than_our_own_pause_does_not_hurry_it() {
        assertThat(pause(sending(), refused(503, Duration.ofSeconds(1)), LEAST)).isEqualTo(Duration.ofSeconds(15));
    }

    @ParameterizedTest
    @CsvSource({"0, 15, 30", "1, 30, 60", "2, 60, 120", "6, 960, 1920", "7, 1800, 3600", "40, 1800, 3600"})
    void each_failure_makes_the_pause_longer_up_to_an_hour(int failures, long least, long most) {
        PublicationState failed = sending().failed(failures);

        assertThat(pause(failed, new PublicationInput.Failed(), LEAST)).isEqualTo(Duration.ofSeconds(least));
        assertThat(pause(failed, new PublicationInput.Failed(), MOST))
                .isBetween(Duration.ofSeconds(most - 1), Duration.ofSeconds(most));
        assertThat(PublicationMachine.next(failed, new PublicationInput.Failed(), LEAST)
                        .state())
                .isEqualTo(failed.changed(true).failed(failures + 1).in(PublicationState.Phase.WAITING));
    }
}
