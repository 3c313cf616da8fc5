// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.Failure.AuthenticationProblem;
import com.techpro.callclient.engine.internal.account.RegistrationEffect.Publish;
import com.techpro.callclient.engine.internal.account.RegistrationEffect.SendRegister;
import com.techpro.callclient.engine.internal.account.RegistrationEffect.StartTimer;
import com.techpro.callclient.engine.internal.account.RegistrationEffect.StopTimer;
import com.techpro.callclient.engine.internal.account.RegistrationPhase.Gone;
import com.techpro.callclient.engine.internal.account.RegistrationPhase.Idle;
import com.techpro.callclient.engine.internal.account.RegistrationPhase.Leaving;
import com.techpro.callclient.engine.internal.account.RegistrationPhase.Refreshing;
import com.techpro.callclient.engine.internal.account.RegistrationPhase.Registered;
import com.techpro.callclient.engine.internal.account.RegistrationPhase.Registering;
import com.techpro.callclient.engine.internal.account.RegistrationPhase.Stopped;
import com.techpro.callclient.engine.internal.account.RegistrationPhase.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RegistrationMachineTest {
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final Failure UNREACHABLE = new Failure.Unreachable();
    private static final Failure EXPIRED = new Failure.TlsFailed(Failure.TlsProblem.EXPIRED);
    private static final Failure BROKEN_OFF = new Failure.TlsFailed(Failure.TlsProblem.PROTOCOL);
    private static final Failure PORTAL = new Failure.CaptivePortal(Failure.TlsProblem.HOST_NAME);
    private static final Failure STALE = new Failure.AuthenticationFailed(AuthenticationProblem.STALE);
    private static final Failure WRONG = new Failure.AuthenticationFailed(AuthenticationProblem.WRONG_CREDENTIALS);

    record Row(
            String name,
            RegistrationPhase phase,
            RegistrationInput input,
            double chance,
            RegistrationPhase next,
            List<RegistrationEffect> effects) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> rows() {
        RegistrationPhase registering = new Registering(TEN_MINUTES, 0);
        RegistrationPhase registered = new Registered(TEN_MINUTES);
        RegistrationPhase refreshing = new Refreshing(TEN_MINUTES);
        return Stream.of(
                row(
                        "start",
                        new Idle(),
                        new RegistrationInput.Start(),
                        registering,
                        new StopTimer(),
                        publish(RegistrationState.REGISTERING),
                        new SendRegister(TEN_MINUTES)),
                row(
                        "200",
                        registering,
                        new RegistrationInput.Accepted(TEN_MINUTES),
                        registered,
                        new StartTimer(Duration.ofSeconds(480)),
                        new Publish(RegistrationState.REGISTERED, null, TEN_MINUTES, null)),
                new Row(
                        "200 with a shorter life, and late within the range",
                        registering,
                        new RegistrationInput.Accepted(Duration.ofSeconds(100)),
                        0.999,
                        registered,
                        List.of(
                                new StartTimer(Duration.ofMillis(89_990)),
                                new Publish(RegistrationState.REGISTERED, null, Duration.ofSeconds(100), null))),
                row(
                        "time to refresh",
                        registered,
                        new RegistrationInput.TimerFired(),
                        refreshing,
                        new StopTimer(),
                        new SendRegister(TEN_MINUTES)),
                row(
                        "refreshed",
                        refreshing,
                        new RegistrationInput.Accepted(TEN_MINUTES),
                        registered,
                        new StartTimer(Duration.ofSeconds(480)),
                        new Publish(RegistrationState.REGISTERED, null, TEN_MINUTES, null)),
                row(
                        "423 asks again with what the registrar wants",
                        registering,
                        new RegistrationInput.Rejected(423, Duration.ofMinutes(30), null),
                        new Registering(Duration.ofMinutes(30), 0, true),
                        new SendRegister(Duration.ofMinutes(30))),
                row(
                        "423 while refreshing keeps the registration",
                        refreshing,
                        new RegistrationInput.Rejected(423, Duration.ofMinutes(30), null),
                        new Refreshing(Duration.ofMinutes(30), true),
                        new SendRegister(Duration.ofMinutes(30))),
                row(
                        "423 once more: a pause, and then what it wanted last",
                        new Registering(Duration.ofMinutes(30), 0, true),
                        new RegistrationInput.Rejected(423, Duration.ofMinutes(31), null),
                        new Waiting(Duration.ofMinutes(31), 6, new Failure.Rejected(423)),
                        waits(new Failure.Rejected(423), Duration.ofSeconds(32))),
                row(
                        "423 once more while refreshing: a pause as well",
                        new Refreshing(Duration.ofMinutes(30), true),
                        new RegistrationInput.Rejected(423, Duration.ofMinutes(31), null),
                        new Waiting(Duration.ofMinutes(31), 6, new Failure.Rejected(423)),
                        waits(new Failure.Rejected(423), Duration.ofSeconds(32))),
                row(
                        "nonces that are stale again and again are no wrong password: tried again later",
                        registering,
                        new RegistrationInput.Failed(STALE),
                        new Waiting(TEN_MINUTES, 6, STALE),
                        waits(STALE, Duration.ofSeconds(32))),
                row(
                        "credentials that were changed meanwhile are tried instead",
                        new Registering(TEN_MINUTES, 2),
                        new RegistrationInput.CredentialsChanged(),
                        new Registering(TEN_MINUTES, 2),
                        new SendRegister(TEN_MINUTES)),
                row(
                        "credentials that were changed during a refresh are tried instead",
                        refreshing,
                        new RegistrationInput.CredentialsChanged(),
                        refreshing,
                        new SendRegister(TEN_MINUTES)),
                row(
                        "stopped, and told to register",
                        new Stopped(WRONG),
                        new RegistrationInput.Register(),
                        registering,
                        new StopTimer(),
                        publish(RegistrationState.REGISTERING),
                        new SendRegister(TEN_MINUTES)),
                row(
                        "waiting, and told to register",
                        new Waiting(TEN_MINUTES, 3, UNREACHABLE),
                        new RegistrationInput.Register(),
                        new Registering(TEN_MINUTES, 3),
                        new StopTimer(),
                        publish(RegistrationState.REGISTERING),
                        new SendRegister(TEN_MINUTES)),
                row(
                        "registered, and told to register",
                        registered,
                        new RegistrationInput.Register(),
                        refreshing,
                        new StopTimer(),
                        new SendRegister(TEN_MINUTES)),
                row("registering, and told to register", registering, new RegistrationInput.Register(), registering),
                row(
                        "leaving, and told to register",
                        new Leaving(false),
                        new RegistrationInput.Register(),
                        new Leaving(false)),
                row("gone, and told to register", new Gone(), new RegistrationInput.Register(), new Gone()),
                row(
                        "the network is back, but the user has to act",
                        new Stopped(WRONG),
                        new RegistrationInput.TryNow(),
                        new Stopped(WRONG)),
                row(
                        "leave while waiting for a certificate: the cause stays",
                        new Waiting(TEN_MINUTES, 9, EXPIRED),
                        new RegistrationInput.Leave(),
                        new Gone(),
                        new StopTimer(),
                        new Publish(RegistrationState.UNREGISTERED, EXPIRED, null, null)),
                row(
                        "leave when stopped: the cause stays",
                        new Stopped(WRONG),
                        new RegistrationInput.Leave(),
                        new Gone(),
                        new StopTimer(),
                        new Publish(RegistrationState.UNREGISTERED, WRONG, null, null)),
                row(
                        "423 that asks for no more than we did is no reason to ask at once again",
                        registering,
                        new RegistrationInput.Rejected(423, TEN_MINUTES, null),
                        new Waiting(TEN_MINUTES, 6, new Failure.Rejected(423)),
                        waits(new Failure.Rejected(423), Duration.ofSeconds(32))),
                row(
                        "423 that asks for a week",
                        registering,
                        new RegistrationInput.Rejected(423, Duration.ofDays(7), null),
                        new Waiting(TEN_MINUTES, 6, new Failure.Rejected(423)),
                        waits(new Failure.Rejected(423), Duration.ofSeconds(32))),
                row(
                        "wrong credentials stop",
                        registering,
                        new RegistrationInput.Failed(WRONG),
                        new Stopped(WRONG),
                        new StopTimer(),
                        new Publish(RegistrationState.FAILED, WRONG, null, null)),
                row(
                        "wrong credentials at a refresh stop too",
                        refreshing,
                        new RegistrationInput.Failed(WRONG),
                        new Stopped(WRONG),
                        new StopTimer(),
                        new Publish(RegistrationState.FAILED, WRONG, null, null)),
                row(
                        "403 stops",
                        registering,
                        new RegistrationInput.Rejected(403, null, null),
                        new Stopped(new Failure.Forbidden()),
                        new StopTimer(),
                        new Publish(RegistrationState.FAILED, new Failure.Forbidden(), null, null)),
                row(
                        "stopped stays stopped",
                        new Stopped(WRONG),
                        new RegistrationInput.TimerFired(),
                        new Stopped(WRONG)),
                row(
                        "404 waits long",
                        registering,
                        new RegistrationInput.Rejected(404, null, null),
                        new Waiting(TEN_MINUTES, 6, new Failure.NotFound()),
                        waits(new Failure.NotFound(), Duration.ofSeconds(32))),
                row(
                        "503 waits as long as it is asked to, and a little",
                        registering,
                        new RegistrationInput.Rejected(503, null, Duration.ofSeconds(120)),
                        new Waiting(TEN_MINUTES, 1, new Failure.ServerError(503, Duration.ofSeconds(120))),
                        waits(new Failure.ServerError(503, Duration.ofSeconds(120)), Duration.ofSeconds(120))),
                row(
                        "503 that asks for a year",
                        registering,
                        new RegistrationInput.Rejected(503, null, Duration.ofDays(365)),
                        new Waiting(TEN_MINUTES, 1, new Failure.ServerError(503, Duration.ofDays(365))),
                        waits(new Failure.ServerError(503, Duration.ofDays(365)), Duration.ofHours(1))),
                row(
                        "404 waits as long as it is asked to, as any answer may (RFC 3261 §20.33)",
                        registering,
                        new RegistrationInput.Rejected(404, null, Duration.ofSeconds(120)),
                        new Waiting(TEN_MINUTES, 6, new Failure.NotFound()),
                        waits(new Failure.NotFound(), Duration.ofSeconds(120))),
                new Row(
                        "those who are asked to wait as long do not come back at the same moment",
                        registering,
                        new RegistrationInput.Rejected(503, null, Duration.ofSeconds(120)),
                        0.75,
                        new Waiting(TEN_MINUTES, 1, new Failure.ServerError(503, Duration.ofSeconds(120))),
                        waits(new Failure.ServerError(503, Duration.ofSeconds(120)), Duration.ofMillis(121_500))),
                row(
                        "503 without a time",
                        registering,
                        new RegistrationInput.Rejected(503, null, null),
                        new Waiting(TEN_MINUTES, 1, new Failure.ServerError(503, null)),
                        waits(new Failure.ServerError(503, null), Duration.ofSeconds(1))),
                row(
                        "the server of a WebSocket asks for time before any SIP was spoken",
                        registering,
                        new RegistrationInput.Failed(new Failure.ServerError(503, Duration.ofSeconds(120))),
                        new Waiting(TEN_MINUTES, 1, new Failure.ServerError(503, Duration.ofSeconds(120))),
                        waits(new Failure.ServerError(503, Duration.ofSeconds(120)), Duration.ofSeconds(120))),
                row(
                        "a certificate that is not good enough: retried rarely, as it may be renewed",
                        registering,
                        new RegistrationInput.Failed(EXPIRED),
                        new Waiting(TEN_MINUTES, 9, EXPIRED),
                        waits(EXPIRED, Duration.ofSeconds(150))),
                row(
                        "the certificate has gone bad by the refresh",
                        refreshing,
                        new RegistrationInput.Failed(EXPIRED),
                        new Waiting(TEN_MINUTES, 9, EXPIRED),
                        waits(EXPIRED, Duration.ofSeconds(150))),
                row(
                        "a handshake that broke off says nothing about who was there",
                        registering,
                        new RegistrationInput.Failed(BROKEN_OFF),
                        new Waiting(TEN_MINUTES, 1, BROKEN_OFF),
                        waits(BROKEN_OFF, Duration.ofSeconds(1))),
                row(
                        "a network that wants its user to sign in: soon, as somebody is doing that",
                        registering,
                        new RegistrationInput.Failed(PORTAL),
                        new Waiting(TEN_MINUTES, 1, PORTAL),
                        waits(PORTAL, Duration.ofSeconds(1))),
                row(
                        "and still is after many attempts",
                        new Registering(TEN_MINUTES, 40),
                        new RegistrationInput.Failed(PORTAL),
                        new Waiting(TEN_MINUTES, 41, PORTAL),
                        waits(PORTAL, Duration.ofSeconds(10))),
                row(
                        "unreachable",
                        registering,
                        new RegistrationInput.Failed(UNREACHABLE),
                        new Waiting(TEN_MINUTES, 1, UNREACHABLE),
                        waits(UNREACHABLE, Duration.ofSeconds(1))),
                row(
                        "unreachable for the fourth time",
                        new Registering(TEN_MINUTES, 3),
                        new RegistrationInput.Failed(UNREACHABLE),
                        new Waiting(TEN_MINUTES, 4, UNREACHABLE),
                        waits(UNREACHABLE, Duration.ofSeconds(8))),
                row(
                        "unreachable for the hundredth time",
                        new Registering(TEN_MINUTES, 99),
                        new RegistrationInput.Failed(UNREACHABLE),
                        new Waiting(TEN_MINUTES, 100, UNREACHABLE),
                        waits(UNREACHABLE, Duration.ofSeconds(150))),
                row(
                        "wait over",
                        new Waiting(TEN_MINUTES, 3, UNREACHABLE),
                        new RegistrationInput.TimerFired(),
                        new Registering(TEN_MINUTES, 3),
                        new StopTimer(),
                        publish(RegistrationState.REGISTERING),
                        new SendRegister(TEN_MINUTES)),
                row(
                        "the network is back",
                        new Waiting(TEN_MINUTES, 3, UNREACHABLE),
                        new RegistrationInput.TryNow(),
                        new Registering(TEN_MINUTES, 3),
                        new StopTimer(),
                        publish(RegistrationState.REGISTERING),
                        new SendRegister(TEN_MINUTES)),
                row(
                        "success forgets failures",
                        new Registering(TEN_MINUTES, 9),
                        new RegistrationInput.Accepted(TEN_MINUTES),
                        registered,
                        new StartTimer(Duration.ofSeconds(480)),
                        new Publish(RegistrationState.REGISTERED, null, TEN_MINUTES, null)),
                row(
                        "flow lost",
                        registered,
                        new RegistrationInput.FlowLost(UNREACHABLE),
                        new Waiting(TEN_MINUTES, 1, UNREACHABLE),
                        waits(UNREACHABLE, Duration.ofSeconds(1))),
                row(
                        "flow lost while asking: the request will tell",
                        registering,
                        new RegistrationInput.FlowLost(UNREACHABLE),
                        registering),
                row(
                        "flow lost while refreshing: the request will tell",
                        refreshing,
                        new RegistrationInput.FlowLost(UNREACHABLE),
                        refreshing),
                row(
                        "leave",
                        registered,
                        new RegistrationInput.Leave(),
                        new Leaving(false),
                        new StopTimer(),
                        publish(RegistrationState.UNREGISTERING),
                        new SendRegister(Duration.ZERO)),
                row(
                        "leave while asking: one request at a time",
                        registering,
                        new RegistrationInput.Leave(),
                        new Leaving(true),
                        new StopTimer(),
                        publish(RegistrationState.UNREGISTERING)),
                row(
                        "the earlier request is answered, now leave",
                        new Leaving(true),
                        new RegistrationInput.Accepted(TEN_MINUTES),
                        new Leaving(false),
                        new SendRegister(Duration.ZERO)),
                row(
                        "left",
                        new Leaving(false),
                        new RegistrationInput.Accepted(Duration.ZERO),
                        new Gone(),
                        new StopTimer(),
                        publish(RegistrationState.UNREGISTERED)),
                row(
                        "leaving fails: gone all the same",
                        new Leaving(false),
                        new RegistrationInput.Failed(UNREACHABLE),
                        new Gone(),
                        new StopTimer(),
                        new Publish(RegistrationState.UNREGISTERED, UNREACHABLE, null, null)),
                row(
                        "leave while waiting",
                        new Waiting(TEN_MINUTES, 2, UNREACHABLE),
                        new RegistrationInput.Leave(),
                        new Gone(),
                        new StopTimer(),
                        new Publish(RegistrationState.UNREGISTERED, UNREACHABLE, null, null)),
                row("gone stays gone", new Gone(), new RegistrationInput.Leave(), new Gone()),
                row(
                        "a late answer changes nothing",
                        new Waiting(TEN_MINUTES, 1, UNREACHABLE),
                        new RegistrationInput.Accepted(TEN_MINUTES),
                        new Waiting(TEN_MINUTES, 1, UNREACHABLE)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void steps(Row row) {
        RegistrationMachine.Step step = RegistrationMachine.next(row.phase, row.input, TEN_MINUTES, row.chance);

        assertThat(step.phase()).isEqualTo(row.next);
        assertThat(step.effects()).isEqualTo(row.effects);
    }

    @Test
    void U3_delays_spread_over_their_range() {
        List<Duration> delays = new ArrayList<>();
        for (double chance = 0; chance < 1; chance += 0.25) {
            RegistrationMachine.next(
                            new Registering(TEN_MINUTES, 2),
                            new RegistrationInput.Failed(UNREACHABLE),
                            TEN_MINUTES,
                            chance)
                    .effects()
                    .stream()
                    .filter(StartTimer.class::isInstance)
                    .forEach(effect -> delays.add(((StartTimer) effect).delay()));
        }

        assertThat(delays)
                .containsExactly(
                        Duration.ofSeconds(4), Duration.ofSeconds(5), Duration.ofSeconds(6), Duration.ofSeconds(7));
    }

    private static Row row(
            String name,
            RegistrationPhase phase,
            RegistrationInput input,
            RegistrationPhase next,
            RegistrationEffect... effects) {
        return new Row(name, phase, input, 0, next, List.of(effects));
    }

    private static Row row(
            String name,
            RegistrationPhase phase,
            RegistrationInput input,
            RegistrationPhase next,
            List<RegistrationEffect> effects) {
        return new Row(name, phase, input, 0, next, effects);
    }

    private static Publish publish(RegistrationState state) {
        return new Publish(state, null, null, null);
    }

    private static List<RegistrationEffect> waits(Failure failure, Duration delay) {
        return List.of(new StartTimer(delay), new Publish(RegistrationState.WAITING, failure, null, delay));
    }
}
