// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.phone;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.LossBursts;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.call.PlayoutQuality;
import com.techpro.callclient.engine.call.QualitySample;
import com.techpro.callclient.engine.call.RemoteQuality;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QualityWordingTest {
    private static final LossBursts BURSTS =
            new LossBursts(40, Duration.ofMillis(240), 1.5, Duration.ofMillis(3_000), 2.5);

    private static final PlayoutQuality PLAYOUT = new PlayoutQuality(
            Duration.ofSeconds(61),
            Duration.ofMillis(120),
            4,
            Duration.ofMillis(15),
            Duration.ofMillis(25),
            Duration.ofMillis(33),
            2,
            Duration.ofMillis(8),
            1);

    private static List<QualitySample> history(int seconds) {
        List<QualitySample> samples = new ArrayList<>();
        for (int i = 0; i < seconds; i++) {
            double mos = i == 15 ? 2.1 : 4.3;
            samples.add(new QualitySample(Instant.EPOCH, mos, 0, Duration.ZERO, null, Duration.ZERO));
        }
        return samples;
    }

    private static String shown(@Nullable RemoteQuality remote, List<QualitySample> history) {
        CallQuality quality = new CallQuality(
                "PCMU",
                null,
                new QualitySample(Instant.EPOCH, 4.3, 1, Duration.ZERO, null, Duration.ZERO),
                new CallQuality.Sending(1, false),
                new CallQuality.Receiving(1, 0, 0, 0, 0, null, BURSTS),
                PLAYOUT,
                remote,
                history);
        CallSnapshot call = CallSnapshot.builder(
                        "1", CallDirection.OUTGOING, new PartyIdentity(null, "1002", "pbx.test"))
                .state(CallState.ESTABLISHED)
                .quality(quality)
                .build();
        return Wording.qualityInFull(call);
    }

    @Test
    void bursts_of_missing_packets_are_shown() {
        assertThat(shown(null, List.of()))
                .contains("bursts of 240 ms, of which 40.0 % is missing; gaps of 3000 ms with 1.5 %; burst ratio 2.5")
                .doesNotContain("the other side")
                .doesNotContain("MOS of each");
    }

    @Test
    void how_sound_was_played_is_shown() {
        assertThat(shown(null, List.of()))
                .contains("played 61 s: concealed 120 ms in 4 places, inserted 15 ms, removed 25 ms; 2 packets"
                        + " recovered; too slow 1 times, 8 ms");
    }

    @Test
    void figures_of_the_other_side_are_shown_as_far_as_it_reports_them() {
        RemoteQuality little = new RemoteQuality(3, Duration.ofMillis(7), null, null);
        assertThat(shown(little, List.of()))
                .contains("the other side reports: loss 3.0 %, jitter 7 ms")
                .doesNotContain("its own delay");

        RemoteQuality all = new RemoteQuality(
                3,
                Duration.ofMillis(7),
                4,
                new RemoteQuality.VoipMetrics(2, 0.5, BURSTS, Duration.ofMillis(95), Duration.ZERO, 4.1, null));
        assertThat(shown(all, List.of()))
                .contains("; in all 2.0 % lost, 0.5 % late, bursts of 240 ms, its own delay 95 ms, MOS ?");
    }

    @Test
    void the_history_has_the_lowest_score_of_each_ten_seconds() {
        assertThat(shown(null, history(34))).endsWith("MOS of each ten seconds: 4.3 2.1 4.3");
    }
}
