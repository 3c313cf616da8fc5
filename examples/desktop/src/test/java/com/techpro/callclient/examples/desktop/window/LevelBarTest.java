// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.SoundLevel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bar is full at full scale and empty 60 dB below it. */
class LevelBarTest {
    @ParameterizedTest
    @CsvSource({"0, 1", "-15, 0.75", "-60, 0", "-96, 0"})
    void the_filled_part_follows_the_level(double rms, double share) {
        assertThat(LevelBar.share(new SoundLevel(rms, rms))).isEqualTo(share);
    }
}
