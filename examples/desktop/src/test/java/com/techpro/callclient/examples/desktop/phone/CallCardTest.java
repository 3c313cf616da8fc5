// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.phone;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.call.QualitySample;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A call, in words. */
class CallCardTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private static CallSnapshot.Builder call(CallState state) {
        return CallSnapshot.builder(
                        "1", CallDirection.OUTGOING, new PartyIdentity("Ben Okafor", "1002", "pbx.test", false))
                .started(NOON)
                .caller(new Caller(Caller.Source.FAVORITE, "Ben Okafor", "1002", null))
                .state(state);
    }

    private static CallCard card(CallSnapshot.Builder call) {
        return CallCard.of(call.build(), true, NOON.plusSeconds(75));
    }

    @ParameterizedTest
    @CsvSource({
        "DIALLING, NONE, false, Calling…",
        "RINGING_OUT, NONE, false, Ringing…",
        "INCOMING, NONE, false, Incoming call",
        "CONNECTING, NONE, false, Connecting…",
        "ESTABLISHED, NONE, false, Connected",
        "ESTABLISHED, NONE, true, Your microphone is off",
        "ESTABLISHED, LOCAL, true, On hold",
        "ESTABLISHED, REMOTE, false, You are on hold",
        "ESTABLISHED, BOTH, false, On hold on both sides",
        "ENDED, NONE, false, Call ended"
    })
    void the_status_text_shows_the_state_of_the_call(CallState state, HoldState hold, boolean muted, String words) {
        assertThat(card(call(state).hold(hold).muted(muted)).status()).isEqualTo(words);
    }

    @Test
    void its_time_is_counted_from_the_answer() {
        assertThat(card(call(CallState.RINGING_OUT)).timer()).isEmpty();
        assertThat(card(call(CallState.ESTABLISHED).answered(NOON)).timer()).isEqualTo("1:15");
        assertThat(card(call(CallState.ESTABLISHED).answered(NOON.minusSeconds(3_600)))
                        .timer())
                .isEqualTo("1:01:15");
    }

    @Test
    void its_lock_is_shown_once_something_is_agreed() {
        assertThat(card(call(CallState.DIALLING)).lock()).isEqualTo(CallCard.Lock.UNKNOWN);
        CallCard open = card(call(CallState.ESTABLISHED).codecAgreed(true));
        assertThat(open.lock()).isEqualTo(CallCard.Lock.OPEN);
        assertThat(open.sentence()).contains("Not encrypted");
        CallCard closed = card(
                call(CallState.ESTABLISHED).codecAgreed(true).encrypted(true).cipher(SrtpSuite.AEAD_AES_128_GCM));
        assertThat(closed.lock()).isEqualTo(CallCard.Lock.CLOSED);
        assertThat(closed.lockDetail()).endsWith("AES-128-GCM");
    }

    @Test
    void a_withheld_caller_has_a_text_and_a_number_is_shown_once() {
        CallCard withheld = card(call(CallState.INCOMING).caller(Caller.WITHHELD));
        assertThat(withheld.name()).isEqualTo("Number withheld");
        CallCard number =
                card(call(CallState.INCOMING).caller(new Caller(Caller.Source.NUMBER, null, "+49 30 1234", null)));
        assertThat(number.name()).isEqualTo("+49 30 1234");
        assertThat(number.number()).isEmpty();
        assertThat(number.initials()).isEqualTo("#");
        assertThat(card(call(CallState.INCOMING)).initials()).isEqualTo("BO");
    }

    private static CallQuality measured(double mos) {
        return new CallQuality(
                "opus",
                null,
                new QualitySample(Instant.EPOCH, mos, 1.25, Duration.ofMillis(4), null, Duration.ofMillis(40)),
                new CallQuality.Sending(1, false),
                new CallQuality.Receiving(1, 0, 0, 0, 0, null, null),
                null,
                null,
                List.of());
    }

    @ParameterizedTest
    @CsvSource({"4.4, 4, Very good", "4.0, 4, Very good", "3.9, 3, Good", "3.2, 2, Fair", "2.7, 1, Poor", "1.2, 1, Bad"
    })
    void how_it_sounds(double mos, int bars, String word) {
        Quality quality =
                card(call(CallState.ESTABLISHED).quality(measured(mos))).quality();
        assertThat(quality.bars()).isEqualTo(bars);
        assertThat(quality.word()).isEqualTo(word);
        assertThat(quality.detail()).startsWith("Opus, 1.").contains("jitter 4 ms");
    }

    @Test
    void on_hold_and_before_anything_was_measured_it_has_no_quality() {
        assertThat(card(call(CallState.ESTABLISHED)).quality()).isEqualTo(Quality.UNKNOWN);
        assertThat(card(call(CallState.ESTABLISHED).hold(HoldState.LOCAL).quality(measured(1)))
                        .quality())
                .isEqualTo(Quality.UNKNOWN);
    }

    @Test
    void without_microphone_and_loudspeaker_it_says_so_and_has_no_quality() {
        CallCard silent =
                CallCard.of(call(CallState.ESTABLISHED).quality(measured(4.4)).build(), false, NOON);
        assertThat(silent.status()).isEqualTo("Microphone or loudspeaker does not work");
        assertThat(silent.quality()).isEqualTo(Quality.UNKNOWN);
    }

    @Test
    void it_prints_without_personal_data() {
        assertThat(card(call(CallState.ESTABLISHED)).toString()).doesNotContain("Ben", "1002");
    }
}
