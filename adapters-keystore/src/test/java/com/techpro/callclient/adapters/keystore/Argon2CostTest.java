// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class Argon2CostTest {
    private static final Argon2Cost CHEAP = new Argon2Cost(8, 3, 1);

    @Test
    void the_derived_key_matches_the_reference_implementation_of_Argon2() {
        // From the reference implementation's own tests: Argon2id, version 0x13, 64 MiB, 2 passes, 1 lane.
        byte[] key = new Argon2Cost(64 * 1024, 2, 1).derive(ascii("password"), ascii("somesalt"));

        assertThat(HexFormat.of().formatHex(key))
                .isEqualTo("09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7");
    }

    @Test
    void a_slow_machine_gets_the_floor_and_a_fast_one_more() {
        assertThat(Argon2Cost.calibrated(CHEAP, clock(Duration.ofSeconds(2)))).isEqualTo(CHEAP);
        assertThat(Argon2Cost.calibrated(CHEAP, clock(Duration.ofMillis(100)))).isEqualTo(new Argon2Cost(8, 7, 1));
        assertThat(Argon2Cost.calibrated(CHEAP, clock(Duration.ofMillis(10)))).isEqualTo(new Argon2Cost(8, 24, 1));
    }

    @Test
    void a_clock_that_stands_still_or_goes_back_does_no_harm() {
        assertThat(Argon2Cost.calibrated(CHEAP, () -> 0)).isEqualTo(new Argon2Cost(8, 24, 1));
        assertThat(Argon2Cost.calibrated(CHEAP, clock(Duration.ofSeconds(-5)))).isEqualTo(new Argon2Cost(8, 24, 1));
    }

    /** A clock by which a pass takes this long. */
    private static LongSupplier clock(Duration pass) {
        long[] now = {0};
        return () -> now[0] += pass.toNanos();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
