// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.push.PushSupport;
import com.techpro.callclient.stack.loop.PendingAnswers.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The registration of a fake account. All but {@link #snapshot} runs under the context's lock. */
final class FakeRegistration {
    private static final Duration RETRY = Duration.ofSeconds(30);

    private final FakeContext context;
    private final boolean weakenedSecurity;
    private final Duration expiry;
    private final Consumer<RegistrationSnapshot> changed;
    private final List<Waiting> waiting = new ArrayList<>();
    private volatile RegistrationSnapshot snapshot;
    /** What the registrar answers to an attempt: null accepts it. */
    private @Nullable RegistrationSnapshot refusal;

    private boolean answersLater;

    private record Waiting(Predicate<RegistrationState> over, Answer<RegistrationSnapshot> answer) {}

    /** @param changed notifies the listeners */
    FakeRegistration(
            FakeContext context, boolean weakenedSecurity, Duration expiry, Consumer<RegistrationSnapshot> changed) {
        this.context = context;
        this.weakenedSecurity = weakenedSecurity;
        this.expiry = expiry;
        this.changed = changed;
        this.snapshot = inState(RegistrationState.UNREGISTERED, null, weakenedSecurity);
    }

    private static RegistrationSnapshot inState(
            RegistrationState state, @Nullable Failure failure, boolean weakenedSecurity) {
        Duration retryIn = state == RegistrationState.WAITING ? RETRY : null;
        return new RegistrationSnapshot(
                state, failure, null, retryIn, weakenedSecurity, 0, PushSupport.NOT_ASKED, null);
    }

    /** From any thread. */
    RegistrationSnapshot snapshot() {
        return snapshot;
    }

    /** Whether the registrar leaves the next attempts without an answer. */
    void setAnswersLater(boolean later) {
        answersLater = later;
    }

    /** Begins an attempt, as at the start and at the app's request. */
    void attempt() {
        become(inState(RegistrationState.REGISTERING, null, weakenedSecurity));
        RegistrationSnapshot refused = refusal;
        if (answersLater) {
            return;
        }
        if (refused == null) {
            accept();
        } else {
            become(refused);
        }
    }

    /** The registrar accepts this attempt and the next. */
    void accept() {
        refusal = null;
        answersLater = false;
        become(new RegistrationSnapshot(
                RegistrationState.REGISTERED,
                null,
                context.now().plus(expiry),
                null,
                weakenedSecurity,
                1,
                PushSupport.NOT_ASKED,
                null));
    }

    /** @param state WAITING or FAILED, until the registrar accepts an attempt */
    void refuse(RegistrationState state, Failure failure) {
        RegistrationSnapshot refused = inState(state, failure, weakenedSecurity);
        refusal = refused;
        answersLater = false;
        become(refused);
    }

    /** Ends the registration for good. */
    void end(@Nullable Failure failure) {
        become(inState(RegistrationState.UNREGISTERED, failure, weakenedSecurity));
    }

    void unregistering() {
        become(inState(RegistrationState.UNREGISTERING, null, weakenedSecurity));
    }

    private void become(RegistrationSnapshot after) {
        if (after.equals(snapshot)) {
            return;
        }
        snapshot = after;
        changed.accept(after);
        waiting.removeIf(one -> {
            boolean over = one.over().test(after.state());
            if (over) {
                context.tell(one.answer(), after);
            }
            return over;
        });
    }

    Answer<RegistrationSnapshot> whenRegistered() {
        return when(state -> state == RegistrationState.REGISTERED
                || state == RegistrationState.FAILED
                || state == RegistrationState.UNREGISTERED);
    }

    Answer<RegistrationSnapshot> whenRegisteredOrFailed() {
        return when(state -> state != RegistrationState.REGISTERING && state != RegistrationState.UNREGISTERING);
    }

    private Answer<RegistrationSnapshot> when(Predicate<RegistrationState> over) {
        Answer<RegistrationSnapshot> answer =
                context.open(inState(RegistrationState.UNREGISTERED, null, weakenedSecurity));
        if (over.test(snapshot.state())) {
            context.tell(answer, snapshot);
        } else {
            waiting.add(new Waiting(over, answer));
        }
        return answer;
    }
}
