// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.phone;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot;
import com.techpro.callclient.engine.voicemail.VoicemailProblem;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

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
        assertThat(Words.when(then, NOW, BERLIN)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"Ben Okafor, BO", "ben, B", "1002, #", "'  Carla   Maria Rossi', CM", "'', #"})
    void initials(String name, String letters) {
        assertThat(Words.initials(name)).isEqualTo(letters);
    }

    @Test
    void an_end_that_the_user_wanted_is_not_told_and_a_failure_is_told_with_its_advice() {
        assertThat(Words.ending(new CallEnding.LocalHangUp(), "Ben")).isNull();
        assertThat(Words.ending(new CallEnding.RemoteHangUp(), "Ben")).isNull();
        assertThat(Words.ending(new CallEnding.Busy(), "Ben"))
                .isEqualTo(new Notice(Notice.Kind.PROBLEM, "Ben is busy.", "Try again later."));
        Failure failure = new Failure.Forbidden();
        assertThat(Words.ending(new CallEnding.Failed(failure), "Ben"))
                .isEqualTo(new Notice(Notice.Kind.PROBLEM, "The call with Ben failed.", failure.advice()));
        assertThat(Words.ending(new CallEnding.CancelledByCaller(), "Ben"))
                .isEqualTo(new Notice(Notice.Kind.INFORMATION, "Missed call: Ben.", ""));
    }

    @ParameterizedTest
    @EnumSource(CommandRefusal.class)
    void every_refusal_is_a_sentence(CommandRefusal reason) {
        assertThat(Words.refusal(reason).advice()).matches("[A-Z].*\\.");
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
        assertThat(Player.of("Ben", paused)).contains(new Player("Ben", "0:05", "0:20", 0.25, false, "Paused"));
        var failed = new PlaybackSnapshot(
                PlaybackSnapshot.State.FAILED,
                Duration.ZERO,
                Duration.ZERO,
                null,
                PlaybackSnapshot.Arrival.COMPLETE,
                VoicemailProblem.NO_SOUND);
        assertThat(Player.of("Ben", failed).orElseThrow().state()).isEqualTo(VoicemailProblem.NO_SOUND.advice());
        var closed = new PlaybackSnapshot(
                PlaybackSnapshot.State.CLOSED,
                Duration.ZERO,
                Duration.ZERO,
                null,
                PlaybackSnapshot.Arrival.COMPLETE,
                null);
        assertThat(Player.of("Ben", closed)).isEmpty();
    }

    @Test
    void a_number_is_typed_and_taken_back() {
        DialLine line = new DialLine();
        line.press('1');
        line.press('2');
        line.erase();
        assertThat(line.take()).isEqualTo("1");
        assertThat(line.digits()).isEmpty();
        line.erase();
        assertThat(line.digits()).isEmpty();
    }
}
