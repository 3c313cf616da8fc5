// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transaction;

import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The common part of the four state machines: it looks up the transition for an input and performs
 * its effects. At most two timers run in any state: one repeats something, one ends the state.
 */
abstract class Transaction<S extends Enum<S>, I extends Enum<I>, E> {
    /** What a machine gets from its layer. */
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

    /** @return the effects of the transition, all performed */
    final List<E> input(I input) {
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
        return step.effects();
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

    /** Starts the timer that repeats something, replacing the previous one. */
    final void startRepetition(I timer, Duration delay) {
        stop(repetition);
        repetition = start(timer, delay);
    }

    /** Starts the timer that ends the state, replacing the previous one. */
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
