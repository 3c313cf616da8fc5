// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.transaction;

import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.ports.time.Timer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the four machines share: they take an input, look the step up, and perform its effects. In every state at most two timers
 * run, one that repeats something and one that ends the state.
 */
abstract class Transaction<S extends Enum<S>, I extends Enum<I>, E> {
    /** What a machine needs from the layer that keeps it. */
    record Surroundings(EngineLoop loop, Timers timers, MessageSender wire, Runnable onTerminated) {}

    private final TransitionTable<S, I, E> table;
    private final Surroundings surroundings;
    private S state;
    private @Nullable Timer repetition;
    private @Nullable Timer limit;

    Transaction(TransitionTable<S, I, E> table, S initial, Surroundings surroundings) {
        this.table = table;
        this.state = initial;
        this.surroundings = surroundings;
    }

    final S state() {
        return state;
    }

    final boolean isTerminated() {
        return state == table.terminal();
    }

    final void input(I input) {
        TransitionTable.Step<S, E> step = table.step(state, input);
        boolean ends = step.next() == table.terminal() && state != step.next();
        state = step.next();
        for (E effect : step.effects()) {
            perform(effect);
        }
        if (ends) {
            stopTimers();
            surroundings.onTerminated.run();
        }
    }

    abstract void perform(E effect);

    final Timers timers() {
        return surroundings.timers;
    }

    final MessageSender wire() {
        return surroundings.wire;
    }

    final boolean isReliable() {
        return surroundings.wire.isReliable();
    }

    /** Starts the timer that repeats something, in place of the one before. */
    final void startRepetition(I timer, Duration delay) {
        stop(repetition);
        repetition = start(timer, delay);
    }

    /** Starts the timer that ends the state, in place of the one before. */
    final void startLimit(I timer, Duration delay) {
        stop(limit);
        limit = null;
        if (delay.isZero()) {
            input(timer);
        } else {
            limit = start(timer, delay);
        }
    }

    public final void stopTimers() {
        stop(repetition);
        stop(limit);
        repetition = null;
        limit = null;
    }

    private Timer start(I timer, Duration delay) {
        return surroundings.loop.schedule(delay, () -> input(timer));
    }

    private static void stop(@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }
}
