// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transaction;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A state machine as a table: a pure function from state and input to the next state and its
 * effects. Inputs that the table does not list change nothing.
 *
 * @param <S> states
 * @param <I> inputs
 * @param <E> effects
 */
final class TransitionTable<S extends Enum<S>, I extends Enum<I>, E> {
    /** The next state and the effects of the transition. */
    record Step<S, E>(S next, List<E> effects) {}

    private final Map<S, Map<I, Step<S, E>>> steps;
    private final Map<S, Step<S, E>> staying;
    private final S terminal;

    private TransitionTable(Builder<S, I, E> builder, S terminal) {
        this.steps = builder.steps;
        this.terminal = terminal;
        this.staying = new EnumMap<>(builder.states);
        for (S state : builder.states.getEnumConstants()) {
            staying.put(state, new Step<>(state, List.of()));
        }
    }

    static <S extends Enum<S>, I extends Enum<I>, E> Builder<S, I, E> of(Class<S> states, Class<I> inputs) {
        return new Builder<>(states, inputs);
    }

    Step<S, E> step(S state, I input) {
        Map<I, Step<S, E>> row = steps.get(state);
        Step<S, E> step = row == null ? null : row.get(input);
        return step != null ? step : stay(state);
    }

    private Step<S, E> stay(S state) {
        Step<S, E> step = staying.get(state);
        if (step == null) {
            throw new IllegalStateException("every state can be stayed in");
        }
        return step;
    }

    S terminal() {
        return terminal;
    }

    /** Collects the transitions. */
    static final class Builder<S extends Enum<S>, I extends Enum<I>, E> {
        private final Class<S> states;
        private final Class<I> inputs;
        private final Map<S, Map<I, Step<S, E>>> steps;

        private Builder(Class<S> states, Class<I> inputs) {
            this.states = states;
            this.inputs = inputs;
            this.steps = new EnumMap<>(states);
        }

        @SafeVarargs
        final Builder<S, I, E> on(S state, I input, S next, E... effects) {
            List<E> inOrder = new ArrayList<>(effects.length);
            for (E effect : effects) {
                inOrder.add(effect);
            }
            Step<S, E> step = new Step<>(next, Collections.unmodifiableList(inOrder));
            if (steps.computeIfAbsent(state, s -> new EnumMap<>(inputs)).put(input, step) != null) {
                throw new IllegalArgumentException("one transition for " + state + " and " + input);
            }
            return this;
        }

        TransitionTable<S, I, E> endingIn(S terminal) {
            return new TransitionTable<>(this, terminal);
        }
    }
}
