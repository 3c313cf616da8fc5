// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What proves an echo, and what does not. */
class EchoProofTest {
    private static final int SECOND = 125;

    private final EchoProof proof = new EchoProof(SECOND);

    @Test
    void an_echo_that_the_model_takes_away_is_proven_within_a_tenth_second() {
        heard(12, 1000, 100);

        assertThat(proof.isGiven()).isTrue();
    }

    @Test
    void an_echo_at_an_unknown_delay_is_not_proven() {
        for (int i = 0; i < SECOND; i++) {
            proof.add(1000, 100, false);
        }

        assertThat(proof.isGiven()).isFalse();
    }

    @Test
    void that_a_model_failed_elsewhere_says_nothing_against_an_echo() {
        heard(SECOND, 1000, 3000);
        proof.restart();

        heard(12, 1000, 100);

        assertThat(proof.isGiven()).isTrue();
    }

    @Test
    void an_unheard_loudspeaker_proves_nothing() {
        heard(SECOND, 1000, 10);

        heard(20 * SECOND, 4, 4);

        assertThat(proof.isGiven()).isTrue();
    }

    @Test
    void an_echo_is_forgotten_some_seconds_after_it_ended() {
        heard(SECOND, 1000, 10);

        heard(4 * SECOND, 1000, 1000);
        assertThat(proof.isGiven()).isTrue();
        heard(4 * SECOND, 1000, 1000);

        assertThat(proof.isGiven()).isFalse();
    }

    private void heard(int blocks, float power, float left) {
        for (int i = 0; i < blocks; i++) {
            proof.add(power, left, true);
        }
    }
}
