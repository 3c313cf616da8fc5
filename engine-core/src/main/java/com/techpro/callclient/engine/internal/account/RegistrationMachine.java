// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.account;

import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.failure.Failure;
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
import com.techpro.callclient.stack.sip.Delays;
import com.techpro.callclient.stack.sip.StatusMeaning;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of a registration. It is pure: {@code (phase, input, chance)} gives the next
 * phase and the effects.
 *
 * <pre>
 *            Start                 200                     timer
 *   Idle ───────────► Registering ───────► Registered ◄──────────► Refreshing
 *                      ▲   │ │ ▲ 423          │     200             │    │
 *               timer  │   │ └─┘              │ flow lost           │    │
 *                      │   ▼ fails            ▼                     ▼    │
 *                     Waiting ◄─────────────────────────────────────     │
 *                                                                        │
 *   403, wrong credentials, from Registering or Refreshing ──► Stopped ◄─┘
 *   Register, from Stopped or Waiting ──► Registering; from Registered ──► Refreshing
 *   a second 423: Waiting; a certificate that is not good enough: Waiting, at its longest from the start
 *   a network that wants its user to sign in: Waiting, for 20 s at the most
 *   the network changed: from Registered or Refreshing ──► Registering
 *   Leave, from anywhere ──► Leaving ──► Gone
 * </pre>
 */
final class RegistrationMachine {
    /**
     * RFC 5626 §4.5 doubles from a base up to a maximum; our first waits are shorter, because
     * people wait for their phone.
     */
    private static final Duration BASE_WAIT = Duration.ofSeconds(2);

    private static final Duration MAX_WAIT = Duration.ofMinutes(5);

    /**
     * First back-off step if the registrar refuses for a lasting reason, or does not respond: 2 s
     * doubled five times. A silent registrar may be overloaded, and early retries only lengthen its
     * queue. A refresh without response proves less, because its connection may be dead.
     */
    private static final int SLOW = 5;

    /** Back-off step if somebody must act first: the longest wait from the start. */
    private static final int RARE = 8;

    /** The user is signing in to the network now, and watches the app. */
    private static final Duration MAX_PORTAL_WAIT = Duration.ofSeconds(20);

    private static final Duration MAX_EXPIRY = Duration.ofDays(1);
    private static final Duration MAX_RETRY_AFTER = Duration.ofHours(1);

    private RegistrationMachine() {}

    /** A phase, and the effects of entering it. */
    record Step(RegistrationPhase phase, List<RegistrationEffect> effects) {
        Step(RegistrationPhase phase, RegistrationEffect... effects) {
            this(phase, List.of(effects));
        }
    }

    /**
     * @param wanted the expiry that the account asks for
     * @param chance uniform in [0, 1): the position of a delay in its range, so that a thousand
     *     phones do not return at once
     */
    static Step next(RegistrationPhase phase, RegistrationInput input, Duration wanted, double chance) {
        if (input instanceof RegistrationInput.Leave) {
            return unregister(phase);
        }
        if (phase instanceof Idle && input instanceof RegistrationInput.Start) {
            return register(wanted, 0);
        }
        if (phase instanceof Stopped && input instanceof RegistrationInput.Register) {
            return register(wanted, 0);
        }
        boolean moved = input instanceof RegistrationInput.NetworkChanged;
        if (phase instanceof Registering now) {
            return registering(now, now.asked(), now.failures(), now.raised(), input, chance);
        }
        if (phase instanceof Refreshing now) {
            return moved ? register(now.asked(), 0) : registering(now, now.asked(), 0, now.raised(), input, chance);
        }
        if (phase instanceof Registered now) {
            if (moved) {
                return register(now.asked(), 0);
            }
            if (isDue(input)) {
                return new Step(new Refreshing(now.asked()), new StopTimer(), new SendRegister(now.asked()));
            }
            if (input instanceof RegistrationInput.FlowLost lost) {
                return backOff(now.asked(), 0, lost.failure(), null, chance);
            }
        }
        if (phase instanceof Waiting now && isDue(input)) {
            return register(now.asked(), now.failures());
        }
        if (phase instanceof Leaving now) {
            return leaving(now, input);
        }
        return new Step(phase);
    }

    private static boolean isDue(RegistrationInput input) {
        return input instanceof RegistrationInput.TimerFired
                || input instanceof RegistrationInput.TryNow
                || input instanceof RegistrationInput.Register;
    }

    private static Step register(Duration asked, int failures) {
        return new Step(
                new Registering(asked, failures),
                new StopTimer(),
                new Publish(RegistrationState.REGISTERING, null, null, null),
                new SendRegister(asked));
    }

    /**
     * Handles inputs while a REGISTER is on its way. A lost flow is ignored, because the request
     * then fails as well.
     */
    private static Step registering(
            RegistrationPhase phase,
            Duration asked,
            int failures,
            boolean raised,
            RegistrationInput input,
            double chance) {
        if (input instanceof RegistrationInput.Accepted ok) {
            return new Step(
                    new Registered(asked),
                    new StartTimer(Delays.untilRefresh(ok.granted(), ok.lead(), chance)),
                    new Publish(RegistrationState.REGISTERED, null, ok.granted(), null));
        }
        if (input instanceof RegistrationInput.Rejected no) {
            Duration longer = longer(asked, no);
            if (longer != null && !raised) {
                // RFC 3261 §10.2.8: ask again with the registrar's minimum. Only once, or a
                // registrar that raises it each time would keep us busy for ever.
                return new Step(
                        phase instanceof Refreshing
                                ? new Refreshing(longer, true)
                                : new Registering(longer, failures, true),
                        new SendRegister(longer));
            }
            return rejected(longer == null ? asked : longer, failures, no, chance);
        }
        if (input instanceof RegistrationInput.Failed failed) {
            boolean silent = failed.failure() instanceof Failure.TimedOut && phase instanceof Registering;
            return failed(asked, silent ? Math.max(failures, SLOW) : failures, failed.failure(), chance);
        }
        if (input instanceof RegistrationInput.CredentialsChanged
                || input instanceof RegistrationInput.NetworkChanged) {
            return new Step(phase, new SendRegister(asked));
        }
        return new Step(phase);
    }

    /** Returns the expiry that a 423 asks for, or null. */
    private static @Nullable Duration longer(Duration asked, RegistrationInput.Rejected no) {
        Duration minimum = no.minExpires();
        boolean wanted = no.status() == 423
                && minimum != null
                && minimum.compareTo(asked) > 0
                && minimum.compareTo(MAX_EXPIRY) <= 0;
        return wanted ? minimum : null;
    }

    private static Step failed(Duration asked, int failures, Failure failure, double chance) {
        if (failure instanceof Failure.AuthenticationFailed refused) {
            return refused.problem() == Failure.AuthenticationProblem.STALE
                    ? backOff(asked, Math.max(failures, SLOW), failure, null, chance)
                    : stop(failure);
        }
        if (failure instanceof Failure.CaptivePortal) {
            return backOff(asked, failures, failure, null, MAX_PORTAL_WAIT, chance);
        }
        boolean certificate = failure instanceof Failure.TlsFailed tls && tls.problem() != Failure.TlsProblem.PROTOCOL;
        // An administrator may renew the certificate at any time; nobody should then have to touch
        // a thousand phones.
        int counted = certificate ? Math.max(failures, RARE) : failures;
        // The peer that answers a WebSocket handshake is a server too.
        Duration retryAfter = failure instanceof Failure.ServerError server ? server.retryAfter() : null;
        return backOff(asked, counted, failure, retryAfter, chance);
    }

    private static Step rejected(Duration asked, int failures, RegistrationInput.Rejected no, double chance) {
        StatusMeaning meaning = StatusMeaning.of(no.status());
        Failure failure = StatusMeaning.failure(no.status(), no.retryAfter());
        if (meaning == StatusMeaning.CREDENTIALS || meaning == StatusMeaning.FORBIDDEN) {
            return stop(failure);
        }
        boolean passing = failure instanceof Failure.ServerError || meaning == StatusMeaning.TIMED_OUT;
        return backOff(asked, passing ? failures : Math.max(failures, SLOW), failure, no.retryAfter(), chance);
    }

    private static Step backOff(
            Duration asked, int failures, Failure failure, @Nullable Duration retryAfter, double chance) {
        return backOff(asked, failures, failure, retryAfter, MAX_WAIT, chance);
    }

    private static Step backOff(
            Duration asked,
            int failures,
            Failure failure,
            @Nullable Duration retryAfter,
            Duration most,
            double chance) {
        Duration delay = Delays.afterFailures(BASE_WAIT, failures, most, chance);
        if (retryAfter != null) {
            // Not earlier than requested, and not all phones at the same moment.
            Duration asAsked = Delays.smaller(retryAfter, MAX_RETRY_AFTER).plus(Delays.scaled(BASE_WAIT, chance));
            delay = Delays.larger(asAsked, delay);
        }
        return new Step(
                new Waiting(asked, failures + 1, failure),
                new StartTimer(delay),
                new Publish(RegistrationState.WAITING, failure, null, delay));
    }

    private static Step stop(Failure failure) {
        return new Step(
                new Stopped(failure), new StopTimer(), new Publish(RegistrationState.FAILED, failure, null, null));
    }

    private static Step unregister(RegistrationPhase phase) {
        Publish leaving = new Publish(RegistrationState.UNREGISTERING, null, null, null);
        if (phase instanceof Registered) {
            return new Step(new Leaving(false), new StopTimer(), leaving, new SendRegister(Duration.ZERO));
        }
        if (phase instanceof Registering || phase instanceof Refreshing) {
            return new Step(new Leaving(true), new StopTimer(), leaving);
        }
        if (phase instanceof Leaving || phase instanceof Gone) {
            return new Step(phase);
        }
        // A waiting account may still have a binding, but no connection over which to remove it.
        // The reported cause is that of the last attempt.
        if (phase instanceof Waiting waiting) {
            return gone(waiting.cause());
        }
        return gone(phase instanceof Stopped stopped ? stopped.failure() : null);
    }

    private static Step leaving(Leaving now, RegistrationInput input) {
        boolean again = input instanceof RegistrationInput.CredentialsChanged;
        if (again || (now.busy() && input instanceof RegistrationInput.Accepted)) {
            return new Step(new Leaving(false), new SendRegister(Duration.ZERO));
        }
        if (input instanceof RegistrationInput.Accepted) {
            return gone(null);
        }
        Failure unconfirmed = null;
        if (input instanceof RegistrationInput.Rejected rejected) {
            unconfirmed = StatusMeaning.failure(rejected.status());
        } else if (input instanceof RegistrationInput.Failed failed) {
            unconfirmed = failed.failure();
        } else if (input instanceof RegistrationInput.FlowLost lost) {
            unconfirmed = lost.failure();
        } else if (input instanceof RegistrationInput.NetworkChanged) {
            unconfirmed = new Failure.Unreachable();
        }
        return unconfirmed == null ? new Step(now) : gone(unconfirmed);
    }

    /**
     * @param unconfirmed why the registrar may still send calls here until the registration
     *     expires, or null
     */
    private static Step gone(@Nullable Failure unconfirmed) {
        return new Step(
                new Gone(), new StopTimer(), new Publish(RegistrationState.UNREGISTERED, unconfirmed, null, null));
    }
}
