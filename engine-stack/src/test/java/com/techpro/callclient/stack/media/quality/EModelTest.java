// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.techpro.callclient.stack.media.codec.Codec;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.codec.G722;
import com.techpro.callclient.stack.media.codec.Opus;
import org.junit.jupiter.api.Test;
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
        assertThat(EModel.rating(delayMillis, lossPercent, 1, G711.ULAW.impairment()))
                .isEqualTo(rating, within(0.001));
    }

    /**
     * The defaults of G.107.1 §7.7 give 129, and its annex A a score for that and for the impairments of G.113 table IV.1: AMR-WB at 23.05, 23.85, 12.65 and 6.6 kbit/s, and table IV.3:
     * the last with both ears.
     */
    @ParameterizedTest
    @CsvSource({"0, 129, 4.5", "1, 128, 4.4940", "8, 121, 4.4206", "13, 116, 4.3371", "41, 88, 3.5123", "56, 73, 2.9220"
    })
    void G107_1_a_wideband_rating_has_a_scale_of_its_own(double equipment, double rating, double mos) {
        Codec.Impairment codec = new Codec.Impairment(true, equipment, 4.3);
        assertThat(EModel.rating(0, 0, 1, codec)).isEqualTo(rating, within(1e-9));
        assertThat(EModel.mos(0, 0, 1, codec)).isEqualTo(mos, within(5e-4));
    }

    /** AMR-WB at 12.65 kbit/s for both ears: Ie 20 and Bpl 4.3 (G.113 tables IV.3 and IV.4), 2 % lost. */
    @Test
    void G107_1_7_5_loss_lowers_a_wideband_rating() {
        Codec.Impairment codec = new Codec.Impairment(true, 20, 4.3);
        assertThat(EModel.rating(0, 2, 1, codec)).isEqualTo(129 - 43.8095, within(1e-3));
        assertThat(EModel.mos(0, 2, 1, codec)).isEqualTo(3.4062, within(5e-4));
    }

    /** Ie-eff by hand: 95 * Ppl / (Ppl / BurstR + Bpl) with the Bpl 25.1 of G.711. */
    @ParameterizedTest
    @CsvSource({
        // as many independent losses
        "5, 1, 77.419",
        // 95 * 5 / (2.5 + 25.1)
        "5, 2, 75.990",
        // 95 * 20 / (5 + 25.1)
        "20, 4, 30.077",
        "0, 8, 93.2",
    })
    void G107_3_5_losses_in_bursts_lower_the_rating_more(double lossPercent, double burstRatio, double rating) {
        assertThat(EModel.rating(0, lossPercent, burstRatio, G711.ULAW.impairment()))
                .isEqualTo(rating, within(0.001));
    }

    /** Idd by hand: X = log2(Ta / 100). */
    @ParameterizedTest
    @CsvSource({
        "0, 129",
        "100, 129",
        // X = 1: 25 (2^(1/6) - 3 (1 + 3^-6)^(1/6) + 2)
        "200, 125.956",
        // X = 2: 25 (65^(1/6) - 3 (1 + (2/3)^6)^(1/6) + 2)
        "400, 104.930",
    })
    void G107_1_7_4_delay_lowers_a_wideband_rating(double millis, double rating) {
        assertThat(EModel.rating(millis, 0, 1, new Codec.Impairment(true, 0, 4.3)))
                .isEqualTo(rating, within(0.001));
    }

    @Test
    void a_flawless_call_is_scored_by_its_codec() {
        assertThat(EModel.mos(50, 0, 1, G711.ALAW.impairment())).isEqualTo(4.39, within(0.01));
        assertThat(EModel.mos(50, 0, 1, G722.INSTANCE.impairment())).isEqualTo(4.34, within(0.01));
        assertThat(EModel.mos(50, 0, 1, Opus.INSTANCE.impairment())).isEqualTo(4.49, within(0.01));
    }

    @ParameterizedTest
    @CsvSource({"1", "3", "7"})
    void a_score_never_leaves_its_scale(double rating) {
        assertThat(EModel.mos(rating)).isBetween(1.0, 4.5);
    }
}
