// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.phone;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.call.QualitySample;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot;
import com.techpro.callclient.engine.voicemail.VoicemailProblem;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said, without a window. */
class WordsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T11:05:00Z, 12:05",
        "2026-03-01T23:30:00Z, 00:30",
        "2026-03-01T22:30:00Z, Yesterday",
        "2026-02-25T12:00:00Z, Wednesday",
        "2026-02-23T12:00:00Z, 23 Feb",
        "2025-12-31T12:00:00Z, 31 Dec 2025"
    })
    void when_something_was(Instant then, String words) {
        assertThat(Words.when(then, Clock.fixed(NOW, BERLIN))).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"Ben Okafor, BO", "ben, B", "1002, ''", "'  Carla   Maria Rossi', CM", "'', ''"})
    void initials(String name, String letters) {
        assertThat(Words.initials(name)).isEqualTo(letters);
    }

    @Test
    void an_end_that_the_user_wanted_is_not_told_and_a_failure_is_told_with_its_advice() {
        Caller ben = new Caller(Caller.Source.FAVORITE, "Ben", "1002", null);
        assertThat(Words.ending(new CallEnding.LocalHangUp(), ben)).isNull();
        assertThat(Words.ending(new CallEnding.RemoteHangUp(), ben)).isNull();
        assertThat(Words.ending(new CallEnding.Busy(), ben))
                .isEqualTo(new Notice(false, "Call ended: Ben.", "The number is busy; try again later."));
        Failure failure = new Failure.Forbidden();
        assertThat(Words.ending(new CallEnding.Failed(failure), ben))
                .isEqualTo(new Notice(true, "Call ended: Ben.", failure.advice()));
        assertThat(Words.ending(new CallEnding.CancelledByCaller(), ben).title())
                .isEqualTo("Missed call: Ben.");
    }

    @Test
    void the_player_describes_its_state() {
        Duration whole = Duration.ofSeconds(20);
        var paused = new PlaybackSnapshot(
                PlaybackSnapshot.State.PAUSED,
                Duration.ofSeconds(5),
                whole,
                whole,
                PlaybackSnapshot.Arrival.COMPLETE,
                null);
        assertThat(Words.playback(paused)).isEqualTo("Paused");
        var failed = new PlaybackSnapshot(
                PlaybackSnapshot.State.FAILED,
                Duration.ZERO,
                Duration.ZERO,
                null,
                PlaybackSnapshot.Arrival.COMPLETE,
                VoicemailProblem.NO_SOUND);
        assertThat(Words.playback(failed)).isEqualTo(VoicemailProblem.NO_SOUND.advice());
    }

    private static CallSnapshot.Builder call(CallState state) {
        return CallSnapshot.builder(
                        "1", CallDirection.OUTGOING, new PartyIdentity("Ben Okafor", "1002", "pbx.test", false))
                .started(NOW)
                .state(state);
    }

    @ParameterizedTest
    @CsvSource({
        "DIALLING, NONE, false, true, Calling…",
        "RINGING_OUT, NONE, false, true, Ringing…",
        "INCOMING, NONE, false, true, Incoming call",
        "CONNECTING, NONE, false, true, Connecting…",
        "ESTABLISHED, NONE, false, true, Connected",
        "ESTABLISHED, NONE, false, false, Microphone or loudspeaker does not work",
        "ESTABLISHED, NONE, true, true, Your microphone is off",
        "ESTABLISHED, LOCAL, true, true, On hold",
        "ESTABLISHED, REMOTE, false, true, You are on hold",
        "ESTABLISHED, BOTH, false, false, On hold on both sides",
        "ENDED, NONE, false, true, Call ended"
    })
    void the_status_of_a_call(CallState state, HoldState hold, boolean muted, boolean sounds, String words) {
        assertThat(Words.status(call(state).hold(hold).muted(muted).build(), sounds))
                .isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"-75, 1:15", "-3675, 1:01:15", "5, 0:00"})
    void the_time_of_a_call_is_counted_from_the_answer(long answered, String words) {
        Clock clock = Clock.fixed(NOW, BERLIN);
        assertThat(Words.timer(call(CallState.RINGING_OUT).build(), clock)).isEmpty();
        CallSnapshot now =
                call(CallState.ESTABLISHED).answered(NOW.plusSeconds(answered)).build();
        assertThat(Words.timer(now, clock)).isEqualTo(words);
    }

    @Test
    void encryption_is_told_once_something_is_agreed() {
        assertThat(Words.encryption(call(CallState.DIALLING).build())).isEmpty();
        CallSnapshot open = call(CallState.ESTABLISHED).codecAgreed(true).build();
        assertThat(Words.encryption(open)).isEqualTo("Not encrypted");
        assertThat(Words.cipher(open)).isEqualTo("Others can listen in on this call");
        CallSnapshot closed = open.toBuilder()
                .encrypted(true)
                .cipher(SrtpSuite.AEAD_AES_128_GCM)
                .build();
        assertThat(Words.encryption(closed)).isEqualTo("Encrypted");
        assertThat(Words.cipher(closed)).endsWith("AEAD-AES-128-GCM");
    }

    @Test
    void a_withheld_caller_has_a_text_and_a_number_is_shown_once() {
        assertThat(Words.name(Caller.WITHHELD)).isEqualTo("Number withheld");
        Caller number = new Caller(Caller.Source.NUMBER, null, "+49 30 1234", null);
        assertThat(Words.name(number)).isEqualTo("+49 30 1234");
        assertThat(Words.number(number)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"4.4, Very good", "4.0, Very good", "3.9, Good", "3.2, Fair", "2.7, Poor", "1.2, Bad"})
    void how_a_call_sounds(double mos, String word) {
        CallQuality measured = new CallQuality(
                "opus",
                null,
                new QualitySample(Instant.EPOCH, mos, 1.25, Duration.ofMillis(4), null, Duration.ofMillis(40)),
                new CallQuality.Sending(1, false),
                new CallQuality.Receiving(1, 0, 0, 0, 0, null, null),
                null,
                null,
                List.of());
        assertThat(Words.quality(measured)).isEqualTo(word);
        assertThat(Words.measurement(measured)).startsWith("opus, 1.").contains("jitter 4 ms");
    }
}
