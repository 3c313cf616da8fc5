// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.techpro.callclient.engine.internal.media.codec.G711;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EModelTest {
    /** Ratings and scores that belong together, from table B.1 of G.107. */
    @ParameterizedTest
    @CsvSource({"90, 4.34", "80, 4.03", "70, 3.60", "60, 3.10", "50, 2.58", "0, 1", "-20, 1", "100, 4.5", "150, 4.5"})
    void scores_follow_ratings(double rating, double mos) {
        assertThat(EModel.mos(rating)).isEqualTo(mos, within(0.01));
    }

    @ParameterizedTest
    @CsvSource({
        // nothing wrong
        "0, 0, 93.2",
        // delay that is not felt, and that is: 0.024 * 300 + 0.11 * 122.7
        "100, 0, 90.8",
        "300, 0, 72.503",
        // loss: 95 * 5 / (5 + 25.1)
        "0, 5, 77.419",
    })
    void delay_and_loss_lower_the_rating(double delayMillis, double lossPercent, double rating) {
        assertThat(EModel.rating(delayMillis, lossPercent, G711.ULAW.impairment()))
                .isEqualTo(rating, within(0.001));
    }

    @ParameterizedTest
    @CsvSource({"1", "3", "7"})
    void a_score_never_leaves_its_scale(double rating) {
        assertThat(EModel.mos(rating)).isBetween(1.0, 4.5);
    }
}
