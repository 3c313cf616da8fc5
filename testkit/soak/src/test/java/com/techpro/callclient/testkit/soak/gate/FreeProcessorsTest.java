// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.techpro.callclient.testkit.soak.gate.ProcessorUse.Sample;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Within ten seconds of a machine, in seconds of one processor. */
class FreeProcessorsTest {
    private static final Sample BEFORE = sample(0, 0, 0, 0);

    @ParameterizedTest
    @CsvSource({
        // own, everybody, counted, processors, free
        " 0,  0, 20, 2, 2.0",
        "10, 10, 20, 2, 2.0",
        " 5, 15, 20, 2, 1.0",
        " 7, 20, 20, 2, 0.7",
        " 1, 20, 20, 2, 0.1",
        // what the host has taken was not there
        " 0,  0, 10, 2, 1.0",
        " 5, 10, 10, 2, 0.5",
        // two of eight processors, in a container
        " 0, 40, 80, 2, 1.0",
        " 0,  0, 80, 2, 2.0",
    })
    void processor_time_not_taken_by_others_or_the_host_is_free(
            double own, double busy, double counted, int all, double free) {
        assertThat(FreeProcessors.free(BEFORE, sample(10, own, busy, counted), all))
                .isCloseTo(free, within(1e-6));
    }

    @Test
    void where_the_system_tells_nothing_all_is_free() {
        assertThat(FreeProcessors.free(BEFORE, sample(10, 5, 0, 0), 4)).isEqualTo(4);
        assertThat(FreeProcessors.free(BEFORE, sample(0, 0, 0, 0), 4)).isEqualTo(4);
    }

    @Test
    void of_this_machine_there_is_some_and_not_more_than_all() {
        int all = Runtime.getRuntime().availableProcessors();
        FreeProcessors free = new FreeProcessors(System.nanoTime());
        assertThat(free.free(System.nanoTime() + 1)).isBetween(0.0, (double) all);
    }

    private static Sample sample(long seconds, double own, double busy, double counted) {
        return new Sample(
                Duration.ofSeconds(seconds).toNanos(),
                Duration.ZERO,
                time(own),
                Duration.ZERO,
                time(busy),
                time(counted));
    }

    private static Duration time(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }
}
