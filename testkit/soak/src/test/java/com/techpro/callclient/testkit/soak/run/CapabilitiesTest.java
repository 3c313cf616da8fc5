// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.MediaKeying;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.soak.driver.EndMedia;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.gate.Gate.Verdict;
import com.techpro.callclient.testkit.soak.script.CallScript;
import com.techpro.callclient.testkit.soak.script.Capabilities;
import com.techpro.callclient.testkit.soak.script.Capabilities.Hold;
import com.techpro.callclient.testkit.soak.settings.CallFeature;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;
import com.techpro.callclient.testkit.soak.settings.SoakPhoneSystem.OnHold;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a phone system lacks is not asked of it, and its gates are not judged, by name; every other gate is. */
class CapabilitiesTest {
    private static final Capabilities WITHOUT_HOLD = of(Hold.REFUSED, Hold.REFUSED, true, Map.of(), Map.of(), null);

    @ParameterizedTest
    @CsvSource({
        "TOLD,    true,  ANYTHING, ANYTHING",
        "UNTOLD,  true,  ANYTHING, UNTOLD",
        "UNTOLD,  false, ANYTHING, ANYTHING",
        "UNTOLD,  true,  MUSIC,    MUSIC",
        "REFUSED, true,  ANYTHING, NEVER",
        "REFUSED, false, ANYTHING, ANYTHING",
    })
    void a_hold_by_the_caller_is_expected_as_it_was_found(
            Hold found, boolean callerHolds, OnHold known, OnHold expected) {
        assertThat(of(found, Hold.TOLD, true, Map.of(), Map.of(), null).onHold(known, callerHolds))
                .isEqualTo(expected);
        assertThat(of(Hold.TOLD, found, true, Map.of(), Map.of(), null).onHold(known, !callerHolds))
                .isEqualTo(expected);
    }

    @Test
    void keys_that_do_not_arrive_are_not_pressed_and_not_judged() {
        Capabilities able = of(Hold.TOLD, Hold.TOLD, false, Map.of(), Map.of(), null);
        assertThat(able.script(CallScript.random(Seeds.random(1))).keys()).isEmpty();
        assertThat(verdict(able, "dtmf-received")).isEqualTo(Verdict.NOT_JUDGED);
        assertThat(verdict(able, "silence-on-hold")).isEqualTo(Verdict.RED);
        assertThat(verdict(able, "speech-heard")).isEqualTo(Verdict.RED);
        assertThat(verdict(Capabilities.ALL, "dtmf-received")).isEqualTo(Verdict.RED);
    }

    @Test
    void silence_is_judged_as_long_as_either_end_can_hold() {
        assertThat(verdict(WITHOUT_HOLD, "silence-on-hold")).isEqualTo(Verdict.NOT_JUDGED);
        assertThat(verdict(WITHOUT_HOLD, "dtmf-received")).isEqualTo(Verdict.RED);
        for (Hold one : List.of(Hold.TOLD, Hold.UNTOLD)) {
            assertThat(verdict(of(one, Hold.REFUSED, true, Map.of(), Map.of(), null), "silence-on-hold"))
                    .isEqualTo(Verdict.RED);
            assertThat(verdict(of(Hold.REFUSED, one, true, Map.of(), Map.of(), null), "silence-on-hold"))
                    .isEqualTo(Verdict.RED);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = CallFeature.class,
            names = {"BLIND_TRANSFER", "ATTENDED_TRANSFER", "PICKUP"})
    void a_transfer_or_pickup_that_is_refused_is_not_tried_and_not_judged(CallFeature feature) {
        Capabilities able = of(Hold.TOLD, Hold.TOLD, true, Map.of(feature, "transfer-failed"), Map.of(), null);
        assertThat(able.can(feature)).isFalse();
        for (CallFeature each :
                List.of(CallFeature.BLIND_TRANSFER, CallFeature.ATTENDED_TRANSFER, CallFeature.PICKUP)) {
            Verdict expected = each == feature ? Verdict.NOT_JUDGED : Verdict.RED;
            assertThat(verdict(able, each.code() + "-done")).isEqualTo(expected);
            assertThat(verdict(able, each.code() + "-speech-heard")).isEqualTo(expected);
        }
        assertThat(able.lacks()).containsExactly(feature.title() + " (transfer-failed)");
    }

    @Test
    void a_codec_that_is_not_spoken_has_a_gate_of_its_own_that_is_not_judged() {
        Capabilities able = of(Hold.TOLD, Hold.TOLD, true, Map.of(), Map.of("opus", "PCMA"), null);
        assertThat(able.judged(List.of())).singleElement().satisfies(gate -> {
            assertThat(gate.id()).isEqualTo("codec-opus");
            assertThat(gate.verdict()).isEqualTo(Verdict.NOT_JUDGED);
            assertThat(gate.note()).contains("PCMA");
        });
        assertThat(able.lacks()).containsExactly("opus (two who prefer it use PCMA)");
    }

    @ParameterizedTest
    @CsvSource({
        "opus, opus, opus, ",
        "opus, opus, OPUS, ",
        "opus, opus, PCMA, PCMA",
        "g722, g722, PCMU, PCMU",
        "opus, g722, PCMA, ",
        "pcma, pcmu, PCMU, ",
        "pcma, pcma, PCMU, ",
    })
    void a_codec_is_reported_unused_if_two_ends_that_prefer_it_use_another(
            String caller, String callee, String spoken, @Nullable String instead) {
        assertThat(CapabilityProbe.spokenInstead(choice(caller), choice(callee), media(spoken)))
                .isEqualTo(instead);
        assertThat(CapabilityProbe.spokenInstead(choice(caller), choice(callee), null))
                .isNull();
    }

    private static MediaChoice choice(String codec) {
        return new MediaChoice(List.of(codec, "pcma"), KeyingPolicy.SDES_ONLY, MediaChoice.Path.WITHOUT_ICE);
    }

    private static EndMedia media(String codec) {
        return new EndMedia(codec, MediaKeying.SDES, MediaChoice.Path.WITHOUT_ICE);
    }

    @Test
    void without_calls_their_gates_are_not_judged_and_engine_failures_are() {
        Capabilities able = Capabilities.withoutCalls("encryption-refused");
        assertThat(verdict(able, "calls-without-fault")).isEqualTo(Verdict.NOT_JUDGED);
        assertThat(verdict(able, "engine-exceptions")).isEqualTo(Verdict.RED);
        assertThat(verdict(able, "registrations-lost")).isEqualTo(Verdict.RED);
        assertThat(able.judged(List.of())).extracting(Gate::id).containsExactly("media-agreed");
    }

    private static Verdict verdict(Capabilities able, String id) {
        return able.judged(List.of(Gate.of(id, id, "some", "all", false)))
                .get(0)
                .verdict();
    }

    private static Capabilities of(
            Hold callerHolds,
            Hold calleeHolds,
            boolean keys,
            Map<CallFeature, String> refused,
            Map<String, String> spokenInstead,
            @Nullable String noCall) {
        return new Capabilities(callerHolds, calleeHolds, keys, refused, spokenInstead, noCall);
    }
}
