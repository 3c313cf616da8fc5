// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.internal.tone.ToneMixer;
import com.techpro.callclient.engine.internal.tone.ToneSet;
import com.techpro.callclient.engine.internal.tone.ToneTable;
import com.techpro.callclient.ports.audio.PlaybackSource;
import org.junit.jupiter.api.Test;

/** A device's thread must not wait for a collector. */
class ToneAllocationTest {
    private static final int ROUNDS = 2_000;

    @Test
    void a_frame_with_two_tones_in_it_allocates_nothing() {
        ToneSet tones = ToneTable.of("US");
        ToneMixer mixer = new ToneMixer();
        mixer.progress(tones.busy());
        mixer.notice(tones.waiting());
        PlaybackSource speaker = mixer.over(ToneMixer.SILENCE, 8_000);
        short[] frame = new short[160];

        assertThat(Allocation.in(ROUNDS, () -> speaker.fill(frame), () -> {}))
                .as("bytes of %d frames", ROUNDS)
                .isLessThan(ROUNDS);
    }
}
