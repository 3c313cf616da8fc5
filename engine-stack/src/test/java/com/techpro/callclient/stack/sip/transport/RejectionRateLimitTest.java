// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What an address that somebody may have forged is sent at most. */
class RejectionRateLimitTest {
    private static final int MANY = 1_024;

    private final RejectionRateLimit limit = new RejectionRateLimit();
    private final InetAddress victim = address(0);
    private long now = Duration.ofSeconds(1).toNanos();

    private static InetAddress address(int number) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 1, (byte) (number >> 8), (byte) number});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private int answersOf(int packets) {
        int answers = 0;
        for (int i = 0; i < packets; i++) {
            answers += limit.spend(victim, now) ? 1 : 0;
        }
        return answers;
    }

    @Test
    void five_answers_go_at_once_and_then_one_a_second() {
        assertThat(answersOf(100)).isEqualTo(5);
        assertThat(limit.withheld()).isEqualTo(95);

        now += Duration.ofMillis(999).toNanos();
        assertThat(answersOf(100)).isZero();
        now += Duration.ofMillis(2).toNanos();
        assertThat(answersOf(100)).isEqualTo(1);
    }

    @Test
    void an_address_quiet_for_an_hour_has_no_larger_budget_than_a_new_one() {
        answersOf(1);
        now += Duration.ofHours(1).toNanos();

        assertThat(answersOf(100)).isEqualTo(5);
    }

    @Test
    void one_address_takes_nothing_from_another() {
        answersOf(100);

        assertThat(limit.spend(address(1), now)).isTrue();
    }

    @Test
    void of_a_flood_from_ever_new_addresses_only_the_newest_are_remembered() {
        answersOf(100);
        for (int i = 1; i < MANY; i++) {
            limit.spend(address(i), now);
        }
        assertThat(answersOf(1)).as("among the newest").isZero();
        for (int i = 0; i < MANY; i++) {
            limit.spend(address(MANY + i), now);
        }

        assertThat(answersOf(100)).as("forgotten, so that it has a burst again").isEqualTo(5);
    }

    @Test
    void an_address_that_goes_on_sending_is_not_forgotten_for_those_that_stopped() {
        answersOf(100);
        int answers = 0;
        for (int i = 1; i <= 4 * MANY; i++) {
            limit.spend(address(i), now);
            answers += answersOf(1);
        }

        assertThat(answers).isZero();
    }
}
