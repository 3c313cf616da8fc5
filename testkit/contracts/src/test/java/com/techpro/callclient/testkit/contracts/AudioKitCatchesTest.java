// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.testkit.contracts.BrokenAudio.Break;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The audio kit fails for faults that would ruin a call. */
class AudioKitCatchesTest {
    private static Break broken = Break.NOTHING;

    @ParameterizedTest
    @CsvSource({
        "CAPTURE_AT_DOUBLE_SPEED, AUD_2_captured",
        "PLAYBACK_AT_DOUBLE_SPEED, AUD_2_frames_to_play",
        "FRAMES_REPEATED, AUD_1_tones",
        "FRAMES_DROPPED, AUD_1_tones",
        "FRAMES_WHILE_LOST, AUD_4",
        "SPEAKERS_LOSS_UNTOLD, AUD_4_a_lost_speaker",
        "SPEAKERS_RETURN_UNTOLD, AUD_4_a_lost_speaker",
        "FIRST_CALLBACK_ON_THE_CALLERS_THREAD, AUD_1",
        "A_LATE_BLOCK_OF_15_MS, AUD_1",
        "PACE_OF_15_MS, AUD_2_captured",
        "FIFTEEN_MS_OF_SOUND_A_FRAME, AUD_1_tones",
        "EVERY_TWENTIETH_FRAME_IS_OLD, AUD_1_tones",
        "EVERY_SECOND_SAMPLE_DROPPED, AUD_1_tones",
        "AN_OFFSET, AUD_1_tones",
        "CUT_ABOVE_16_383, AUD_1_tones",
        "WRAPPED_ABOVE_16_383, AUD_1_tones",
        "SILENT_WITHOUT_A_DEVICE, AUD_3_without",
        "ALWAYS_400_MS_LATE, AUD_5_sound_that_is_played",
        "ONE_CLOSED_STREAM_CLOSES_ALL, AUD_6_closing",
        "DEFAULT_NOT_FOLLOWED, AUD_12_a_microphone",
        "LONG_PAUSES, AUD_12_a_microphone",
        "HEADSET_LEFT, AUD_13_a_microphone"
    })
    void a_break_is_caught(Break how, String clause) {
        broken = how;
        KitRun.assertCaught(Adapter.class, clause);
    }

    @Test
    void a_port_that_works_keeps_all_clauses_at_the_same_place() {
        broken = Break.NOTHING;
        KitRun.assertKept(Adapter.class, 18);
    }

    static class Adapter extends FakeAudioKit {
        private final AudioPort port = new BrokenAudio(audio, time.openLoop("broken"), broken);

        @Override
        protected AudioPort port() {
            return port;
        }
    }
}
