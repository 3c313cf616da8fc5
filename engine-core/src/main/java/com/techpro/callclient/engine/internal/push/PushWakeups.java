// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.push;

import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.WakeOutcome;
import com.techpro.callclient.engine.WakeOutcome.Result;
import com.techpro.callclient.engine.WakeReason;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.internal.account.AccountSession;
import com.techpro.callclient.engine.internal.call.CallSession;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.loop.PendingAnswers;
import com.techpro.callclient.stack.loop.PendingAnswers.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The moments for which a sleeping app is woken: registrations are refreshed at once, over a new connection where the old one does not
 * answer soon, and a call is waited for until the time is up. Waking what is awake makes its time longer and changes nothing else. Belongs to
 * the loop.
 */
public final class PushWakeups {
    /** How long the phone system may take over the connection that was there before; a device that slept has often lost it unawares. */
    private static final Duration PROBE = Duration.ofSeconds(2);

    private final EngineLoop loop;
    private final PendingAnswers answers;
    private final Supplier<Collection<AccountSession>> accountSessions;
    private final Set<CallSession> ringing = new LinkedHashSet<>();
    private final Set<AccountSession> unanswered = new HashSet<>();

    private List<Answer<WakeOutcome>> waiting = new ArrayList<>();
    private @Nullable Timer end;
    private @Nullable Timer probe;
    private long endNanos;
    private boolean expectsCall;

    public PushWakeups(EngineLoop loop, PendingAnswers answers, Supplier<Collection<AccountSession>> accountSessions) {
        this.loop = loop;
        this.answers = answers;
        this.accountSessions = accountSessions;
    }

    /** From any thread. */
    public CompletionStage<WakeOutcome> wake(WakeReason reason, Duration budget) {
        Answer<WakeOutcome> outcome = answers.open(new WakeOutcome(Result.CLOSED, null));
        loop.execute(() -> wakeNow(reason, budget, outcome));
        return outcome.stage();
    }

    private void wakeNow(WakeReason reason, Duration budget, Answer<WakeOutcome> outcome) {
        boolean awake = !waiting.isEmpty();
        waiting.add(outcome);
        if (awake) {
            expectsCall |= reason == WakeReason.PUSH;
            long until = loop.nanoTime() + budget.toNanos();
            if (until > endNanos) {
                startEnd(budget);
            }
            return;
        }
        expectsCall = reason == WakeReason.PUSH;
        if (accountSessions.get().isEmpty()) {
            conclude(new WakeOutcome(Result.NO_ACCOUNT, null));
        } else if (!ringing.isEmpty()) {
            conclude(new WakeOutcome(Result.CALL, null));
        } else {
            startEnd(budget);
            unanswered.addAll(accountSessions.get());
            accountSessions.get().forEach(AccountSession::refresh);
            Duration third = budget.dividedBy(3);
            probe = loop.schedule(third.compareTo(PROBE) < 0 ? third : PROBE, () -> {
                probe = null;
                unanswered.forEach(AccountSession::networkChanged);
                unanswered.clear();
            });
        }
    }

    private void startEnd(Duration budget) {
        end = cancelled(end);
        endNanos = loop.nanoTime() + budget.toNanos();
        end = loop.schedule(budget, () -> {
            end = null;
            conclude(atTheEnd());
        });
    }

    private WakeOutcome atTheEnd() {
        for (AccountSession accountSession : accountSessions.get()) {
            RegistrationSnapshot registration = accountSession.registration().snapshot();
            if (registration.state() != RegistrationState.REGISTERED) {
                Failure why = registration.failure();
                return new WakeOutcome(
                        Result.NOT_REGISTERED, why == null ? new Failure.TimedOut(Failure.Waited.RESPONSE) : why);
            }
        }
        return new WakeOutcome(Result.NO_CALL, null);
    }

    public void registrationChanged(AccountSession accountSession, RegistrationSnapshot after) {
        if (after.state() == RegistrationState.REGISTERED) {
            unanswered.remove(accountSession);
            if (!waiting.isEmpty() && !expectsCall && registered()) {
                conclude(new WakeOutcome(Result.NO_CALL, null));
            }
        }
    }

    private boolean registered() {
        return unanswered.isEmpty()
                && accountSessions.get().stream()
                        .allMatch(accountSession ->
                                accountSession.registration().snapshot().state() == RegistrationState.REGISTERED);
    }

    public void received(CallSession call) {
        ringing.add(call);
        conclude(new WakeOutcome(Result.CALL, null));
    }

    public void changed(CallSession call, CallEvent event) {
        if (event.after().state() != CallState.INCOMING) {
            ringing.remove(call);
        }
    }

    public void gone(AccountSession accountSession) {
        unanswered.remove(accountSession);
    }

    /** The client closes. */
    public void close() {
        conclude(new WakeOutcome(Result.CLOSED, null));
    }

    private void conclude(WakeOutcome outcome) {
        List<Answer<WakeOutcome>> told = waiting;
        if (!told.isEmpty()) {
            waiting = new ArrayList<>();
            end = cancelled(end);
            probe = cancelled(probe);
            unanswered.clear();
            told.forEach(each -> each.tell(outcome));
        }
    }

    private static @Nullable Timer cancelled(@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
        return null;
    }
}
