// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.audio;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.judge.curves.Channel;
import com.techpro.callclient.testkit.judge.curves.CleanDirections;
import com.techpro.callclient.testkit.judge.curves.TestVoice;
import com.techpro.callclient.testkit.pbx.sound.SpeechCodec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The short form of {@code ./callclient judge --clean}: nothing is found fault with where nothing is wrong. */
class CleanDirectionsTest {
    private static final int DIRECTIONS = 50;

    /** docs/judge.md has the others, which raise some. */
    private static final List<Channel> CHANNELS = List.of(
            Channel.UNCODED,
            Codings.channel(SpeechCodec.G711_ALAW),
            Codings.channel(SpeechCodec.G711_ULAW),
            Codings.channel(SpeechCodec.G722),
            Codings.channel(SpeechCodec.OPUS_24),
            Codings.channel(SpeechCodec.OPUS_32),
            Codings.channel(SpeechCodec.GSM),
            Codings.channel(SpeechCodec.ADPCM, SpeechCodec.G711_ULAW));

    @Test
    void fifty_directions_raise_no_alarm() {
        CleanDirections directions = new CleanDirections(List.of(TestVoice.packaged()), 1);
        List<String> alarms = new ArrayList<>();
        int judged = 0;
        for (int i = 0; i < CHANNELS.size(); i++) {
            int share = DIRECTIONS * (i + 1) / CHANNELS.size() - DIRECTIONS * i / CHANNELS.size();
            CleanDirections.Result result = directions.judge(CHANNELS.get(i), share);
            alarms.addAll(result.alarms());
            judged += result.judged();
        }
        assertThat(judged).isEqualTo(DIRECTIONS);
        assertThat(alarms).isEmpty();
    }

    @Test
    void an_unverified_direction_is_an_alarm_with_its_reason() {
        TestVoice nobody = TestVoice.of("nobody", new short[16_000]);
        CleanDirections.Result result = new CleanDirections(List.of(nobody), 1).judge(Channel.UNCODED, 2);
        assertThat(result.alarms()).hasSize(2).allMatch(alarm -> alarm.contains("nobody, uncoded, delay"));
        assertThat(result.toString()).contains("2 directions").contains("2 alarms");
    }

    @Test
    void the_same_seed_gives_the_same_directions_and_another_gives_others() {
        List<TestVoice> nobody = List.of(TestVoice.of("nobody", new short[16_000]));
        List<String> once =
                new CleanDirections(nobody, 1).judge(Channel.UNCODED, 3).alarms();
        assertThat(new CleanDirections(nobody, 1).judge(Channel.UNCODED, 3).alarms())
                .isEqualTo(once);
        assertThat(new CleanDirections(nobody, 2).judge(Channel.UNCODED, 3).alarms())
                .isNotEqualTo(once);
    }
}
