// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.techpro.callclient.testkit.contracts.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BurstCounterTest {
    private static final String GOOD = "r".repeat(BurstMetrics.GMIN);

    private static BurstMetrics of(String fates) {
        return counted(fates).metrics();
    }

    /** Received, lost, discarded. */
    private static BurstCounter counted(String fates) {
        var counter = new BurstCounter();
        for (char fate : fates.toCharArray()) {
            switch (fate) {
                case 'r' -> counter.received();
                case 'l' -> counter.lost();
                default -> counter.discarded();
            }
        }
        return counter;
    }

    @Test
    void a_single_loss_among_good_packets_belongs_to_a_gap() {
        BurstMetrics metrics = of(GOOD + "l" + GOOD + "d" + GOOD);
        assertThat(metrics.burstLength()).isZero();
        assertThat(metrics.burstDensity()).isZero();
        assertThat(metrics.gapLength()).isEqualTo(50);
        assertThat(metrics.gapDensity()).isEqualTo(2.0 / 50);
        assertThat(metrics.lossRate()).isEqualTo(1.0 / 50);
        assertThat(metrics.discardRate()).isEqualTo(1.0 / 50);
    }

    @Test
    void a_burst_goes_from_its_first_to_its_last_loss() {
        BurstMetrics metrics = of(GOOD + "lrrld" + GOOD);
        assertThat(metrics.burstLength()).isEqualTo(5);
        assertThat(metrics.burstDensity()).isEqualTo(3.0 / 5);
        assertThat(metrics.gapLength()).isEqualTo(16);
        assertThat(metrics.gapDensity()).isZero();
    }

    @Test
    void one_good_packet_fewer_than_Gmin_continues_a_burst() {
        assertThat(of("l" + "r".repeat(15) + "l" + GOOD).burstLength()).isEqualTo(17);
        assertThat(of("l" + "r".repeat(16) + "l" + GOOD).burstLength()).isZero();
    }

    @Test
    void bursts_and_gaps_are_averaged() {
        BurstMetrics metrics = of("ll" + GOOD + "llll" + GOOD + "r".repeat(4));
        assertThat(metrics.burstLength()).isEqualTo(3);
        assertThat(metrics.gapLength()).isEqualTo(18);
    }

    @Test
    void a_burst_that_goes_on_counts_so_far() {
        BurstMetrics metrics = of(GOOD + "ll" + "rr");
        assertThat(metrics.burstLength()).isEqualTo(2);
        assertThat(metrics.gapLength()).isEqualTo(9);
    }

    /** G.107 §3.5: runs of three of 30 % lost; independent losses of 30 % have runs of 1 / 0.7. */
    @Test
    void the_burst_ratio_compares_the_runs_with_independent_losses() {
        assertThat(of("lllrrrrrrr".repeat(20)).burstRatio()).isEqualTo(3 * 0.7, within(1e-9));
        assertThat(of("").burstRatio()).isEqualTo(1);
        assertThat(of("l".repeat(500)).burstRatio()).isEqualTo(1);
    }

    @Test
    void independent_losses_have_a_burst_ratio_of_about_one() {
        Random random = Seeds.random(107);
        var fates = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            fates.append(random.nextDouble() < 0.1 ? 'l' : 'r');
        }
        assertThat(of(fates.toString()).burstRatio()).isEqualTo(1, within(0.03));
    }

    /** The densities and the length of bursts are those of the transition counts of RFC 3611 §A.2, over any losses. */
    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.1, 0.3})
    void RFC3611_A_2_densities_agree_with_the_transition_counts(double loss) {
        Random random = Seeds.random((long) (loss * 1000));
        // It begins with a gap and ends after one, as the counts know only whole periods
        var fates = new StringBuilder(GOOD + "l" + GOOD);
        boolean lost = false;
        for (int i = 0; i < 20_000; i++) {
            lost = random.nextDouble() < (lost ? 0.5 : loss);
            fates.append(lost ? 'l' : 'r');
        }
        fates.append(GOOD).append('l').append(GOOD).append('l');
        var expected = new TransitionCounts(fates.toString());
        BurstMetrics metrics = of(fates.toString());
        assertThat(metrics.burstDensity()).isEqualTo(expected.burstDensity(), within(1e-9));
        assertThat(metrics.burstLength()).isEqualTo(expected.burstLength(), within(1e-9));
        assertThat(metrics.gapDensity()).isEqualTo(expected.gapDensity(), within(1e-9));
    }

    /** A Markov chain of four states: in a gap received (1) or lost (4), in a burst received (2) or lost (3). */
    private static final class TransitionCounts {
        private double c11;
        private double c13;
        private double c14;
        private double c22;
        private double c23;
        private double c33;

        TransitionCounts(String fates) {
            int received = 0;
            int lost = 1;
            boolean first = true;
            for (char fate : fates.toCharArray()) {
                if (fate == 'r') {
                    received++;
                    continue;
                }
                if (received >= BurstMetrics.GMIN) {
                    if (lost == 1) {
                        c14 += first ? 0 : 1;
                    } else {
                        c13++;
                    }
                    first = false;
                    lost = 1;
                    c11 += received;
                } else {
                    lost++;
                    if (received == 0) {
                        c33++;
                    } else {
                        c23++;
                        c22 += received - 1;
                    }
                }
                received = 0;
            }
        }

        double burstDensity() {
            double p23 = c23 / (c22 + c23);
            double p32 = c23 / (c13 + c23 + c33);
            return p23 / (p23 + p32);
        }

        double burstLength() {
            return (c22 + c23 + c33 + c13 + c23) / c13;
        }

        double gapDensity() {
            // The last loss is told from a burst only by the next one, which is not there
            return (c14 + 1) / (c11 + c14 + 1);
        }
    }
}
