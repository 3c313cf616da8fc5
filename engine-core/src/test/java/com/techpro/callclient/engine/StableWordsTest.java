// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.message.MessageRefusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The codes of endings and failures are kept in logs and statistics of hosts: they stay as they are. */
class StableWordsTest {
    private static final List<Failure> FAILURES = failures();

    private static List<Failure> failures() {
        List<Failure> all = new ArrayList<>(List.of(
                new Failure.Dns(),
                new Failure.SwitchedOff(),
                new Failure.DestinationRefused(),
                new Failure.Unreachable(),
                new Failure.Forbidden(),
                new Failure.Busy(),
                new Failure.Declined(),
                new Failure.Unavailable(),
                new Failure.SessionIntervalTooSmall(),
                new Failure.NotFound(),
                new Failure.TooManyCalls(),
                new Failure.Redirected(302),
                new Failure.AudioUnavailable("x"),
                new Failure.MicrophoneDenied(),
                new Failure.MessageTooLarge(),
                new Failure.ServerError(503, Duration.ofSeconds(1)),
                new Failure.Rejected(405),
                new Failure.ProtocolViolation("x")));
        for (Failure.TlsProblem problem : Failure.TlsProblem.values()) {
            all.add(new Failure.TlsFailed(problem));
        }
        all.add(new Failure.CaptivePortal(Failure.TlsProblem.UNTRUSTED));
        for (Failure.AuthenticationProblem problem : Failure.AuthenticationProblem.values()) {
            all.add(new Failure.AuthenticationFailed(problem));
        }
        for (Failure.MediaProblem problem : Failure.MediaProblem.values()) {
            all.add(new Failure.MediaRefused(problem));
        }
        for (Failure.Waited waited : Failure.Waited.values()) {
            all.add(new Failure.TimedOut(waited));
        }
        return all;
    }

    @Test
    void every_failure_has_a_word_of_its_own_and_an_advice() {
        assertThat(FAILURES)
                .extracting(Failure::code)
                .containsExactly(
                        "dns",
                        "switched-off",
                        "destination-refused",
                        "unreachable",
                        "forbidden",
                        "busy",
                        "declined",
                        "unavailable",
                        "session-interval-too-small",
                        "not-found",
                        "too-many-calls",
                        "redirected-302",
                        "audio-unavailable",
                        "microphone-denied",
                        "message-too-large",
                        "server-error-503",
                        "rejected-405",
                        "protocol-violation",
                        "tls-untrusted",
                        "tls-host-name",
                        "tls-expired",
                        "tls-weak",
                        "tls-pin",
                        "tls-protocol",
                        "captive-portal",
                        "wrong-credentials",
                        "authentication-too-weak",
                        "authentication-downgraded",
                        "authentication-unsupported",
                        "authentication-stale",
                        "media-refused",
                        "no-common-codec",
                        "ice-refused",
                        "encryption-refused",
                        "encryption-unsupported",
                        "no-keys",
                        "keys-of-somebody-else",
                        "no-relay",
                        "media-address-unusable",
                        "media-unsupported",
                        "media-lost",
                        "timeout-answer",
                        "timeout-response",
                        "timeout-connection",
                        "timeout-tls",
                        "timeout-session");
        assertThat(FAILURES).allSatisfy(failure -> assertThat(failure.advice()).endsWith("."));
    }

    @Test
    void no_failure_is_forgotten() {
        Set<Class<?>> tested = FAILURES.stream().map(Object::getClass).collect(Collectors.toSet());
        assertThat(tested).containsExactlyInAnyOrder(Failure.class.getPermittedSubclasses());
    }

    @Test
    void every_refusal_to_send_a_text_has_a_word_and_an_advice_of_its_own() {
        assertThat(MessageRefusal.values())
                .extracting(MessageRefusal::code)
                .containsExactly(
                        "insecure-transport", "empty", "too-long", "too-many-pending", "not-asked-for", "account-gone");
        assertThat(MessageRefusal.values())
                .extracting(MessageRefusal::advice)
                .doesNotHaveDuplicates()
                .allSatisfy(advice -> assertThat(advice).matches("[A-Z].*\\."));
    }

    @Test
    void every_ending_has_a_word_of_its_own_and_an_advice() {
        List<CallEnding> endings = List.of(
                new CallEnding.LocalHangUp(),
                new CallEnding.RemoteHangUp(),
                new CallEnding.Transferred(),
                new CallEnding.Cancelled(),
                new CallEnding.CancelledByCaller(),
                new CallEnding.AnsweredElsewhere(),
                new CallEnding.Busy(),
                new CallEnding.Declined(),
                new CallEnding.RejectedHere(RejectReason.BUSY),
                new CallEnding.Forwarded(),
                new CallEnding.NoAnswer(),
                new CallEnding.NotFound(),
                new CallEnding.Unavailable(),
                new CallEnding.MediaTimeout(),
                new CallEnding.Failed(new Failure.Dns()));

        assertThat(endings)
                .extracting(CallEnding::code)
                .containsExactly(
                        "local-hang-up",
                        "remote-hang-up",
                        "transferred",
                        "cancelled",
                        "cancelled-by-caller",
                        "answered-elsewhere",
                        "busy",
                        "declined",
                        "rejected-here",
                        "forwarded",
                        "no-answer",
                        "not-found",
                        "unavailable",
                        "media-timeout",
                        "dns");
        assertThat(endings)
                .extracting(CallEnding::advice)
                .doesNotHaveDuplicates()
                .doesNotContain("Try again later.")
                .contains(new Failure.Dns().advice())
                .allSatisfy(advice -> assertThat(advice).endsWith("."));
        assertThat(endings.stream().map(Object::getClass).collect(Collectors.toList()))
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(CallEnding.class.getPermittedSubclasses()));
    }

    @Test
    void every_refusal_of_a_command_has_an_advice_of_its_own() {
        assertThat(CommandRefusal.values())
                .extracting(CommandRefusal::advice)
                .doesNotHaveDuplicates()
                .allSatisfy(advice -> assertThat(advice).matches("[A-Z].*\\."));
    }
}
