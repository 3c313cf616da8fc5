// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.testkit.judge.verify.SpeechVerdict;
import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.run.WatchedCalls.Featured;
import com.techpro.callclient.testkit.soak.settings.CallFeature;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;
import com.techpro.callclient.testkit.soak.settings.MediaChoice.Path;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Transfers, pickups and the like of the soak, with the real engine and the embedded PBX, judged as in the main job. */
class FeatureCallsTest {
    private static final MediaChoice PCMU = new MediaChoice(List.of("pcmu"), KeyingPolicy.SDES_ONLY, Path.WITHOUT_ICE);

    @ParameterizedTest
    @EnumSource(
            value = CallFeature.class,
            names = {"BLIND_TRANSFER", "ATTENDED_TRANSFER", "PICKUP", "PARK", "FORWARDED_TWICE"})
    void each_feature_connects_the_parties_and_updates_lamps_and_history(CallFeature feature) throws IOException {
        try (WatchedCalls calls = new WatchedCalls(5, List.of(PCMU, PCMU, PCMU, PCMU))) {
            calls.watchAndListen();
            assertDone(feature, calls.call(feature));
            assertThat(calls.lamps.gate()).matches(Gate::green, "green");
        }
    }

    /** As towards half of the soak's extensions, in each codec, with each keying, by each way. */
    @ParameterizedTest
    @CsvSource({
        "BLIND_TRANSFER, opus, opus, DTLS_ONLY, ICE",
        "BLIND_TRANSFER, g722, opus, SDES_ONLY, WITHOUT_ICE",
        "ATTENDED_TRANSFER, opus, opus, DTLS_ONLY, ICE",
        "ATTENDED_TRANSFER, opus, g722, SDES_ONLY, ICE_WHEN_OFFERED",
        "PICKUP, g722, g722, DTLS_ONLY, ICE",
        "PICKUP, opus, g722, SDES_ONLY, WITHOUT_ICE",
        "PARK, opus, opus, DTLS_ONLY, ICE",
        "PARK, g722, opus, SDES_ONLY, WITHOUT_ICE",
        "FORWARDED_TWICE, g722, opus, SDES_ONLY, ICE_WHEN_OFFERED"
    })
    void transfer_and_pickup_work_with_the_quirks_of_real_phone_systems(
            CallFeature feature, String codec, String thirds, KeyingPolicy keying, Path path) throws IOException {
        FieldBehaviour[] field =
                EnumSet.complementOf(EnumSet.of(FieldBehaviour.DIRECT_MEDIA)).toArray(FieldBehaviour[]::new);
        MediaChoice two = new MediaChoice(List.of(codec, "pcma"), keying, path);
        MediaChoice third = new MediaChoice(List.of(thirds, "pcma"), KeyingPolicy.OFFER_BOTH, Path.ICE);
        try (WatchedCalls calls = new WatchedCalls(6, List.of(two, two, third, third), field)) {
            calls.watchAndListen();
            assertDone(feature, calls.call(feature));
            assertThat(calls.lamps.gate()).matches(Gate::green, "green");
        }
    }

    private static void assertDone(CallFeature feature, Featured done) {
        assertThat(done.record().problem()).isNull();
        assertThat(done.record().heard()).as(done.toString()).hasSize(2).allMatch(SpeechVerdict::verified);
        assertThat(done.calls()).as(done.toString()).hasSize(feature == CallFeature.ATTENDED_TRANSFER ? 2 : 1);
        assertThat(done.calls()).allSatisfy(call -> {
            assertThat(call.problem()).isNull();
            assertThat(call.connected()).isTrue();
            assertThat(call.heard()).as(call.toString()).hasSize(2).allMatch(SpeechVerdict::verified);
        });
    }
}
