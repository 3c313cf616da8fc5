// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.conference;

import com.techpro.callclient.engine.internal.conference.ConferenceInfo.State;
import java.time.Duration;
import java.util.List;

/**
 * The state machine that turns conference documents into a roster (RFC 4575 §4.6). It is pure:
 * {@code (phase, input)} gives the next phase and the effects.
 *
 * <pre>
 *              full                 the next one, or a newer full one
 *   Waiting ─────────► Known ◄──────────────────────────────────────┐
 *      │ partial:        │  └─────────────────────────────────────────┘
 *      │ refresh         │ a gap, or one that cannot be read: refresh
 *      ▼                 ▼         full
 *   Waiting            Stale ─────────────► Known
 *                      (refresh again, less and less often, until a full one comes)
 *   deleted, from anywhere ──► Ended
 * </pre>
 *
 * An outdated document changes nothing.
 */
final class RosterMachine {
    /** How long to wait for a full document before it is requested again. */
    static final Duration FIRST_PAUSE = Duration.ofSeconds(4);

    static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private RosterMachine() {}

    /** What is known about the conference. */
    sealed interface RosterPhase {
        /**
         * Nothing yet.
         *
         * @param pause the wait before a full document is requested again; zero if none was
         *     requested
         */
        record Waiting(Duration pause) implements RosterPhase {}

        record Known(long version, ConferenceState state) implements RosterPhase {}

        /** A document was missed; the state is outdated until a full one arrives. */
        record Stale(ConferenceState state, Duration pause) implements RosterPhase {}

        record Ended() implements RosterPhase {}
    }

    /** An input of the machine. */
    sealed interface RosterInput {
        record Document(ConferenceInfo info) implements RosterInput {}

        /** A document could not be parsed. */
        record Unreadable() implements RosterInput {}

        /**
         * The subscription was interrupted; the next document belongs to a new one, with its own
         * versions.
         */
        record Interrupted() implements RosterInput {}

        record PauseOver() implements RosterInput {}
    }

    /** An action that the machine requests. */
    sealed interface RosterEffect {
        /** Subscribes again, which brings a full document. */
        record Refresh() implements RosterEffect {}

        /** Starts the timer, in place of a running one. */
        record StartPause(Duration length) implements RosterEffect {}

        record StopPause() implements RosterEffect {}

        /** Reports a change of the roster. */
        record Publish() implements RosterEffect {}
    }

    /** A phase, and the effects of entering it. */
    record Step(RosterPhase phase, List<RosterEffect> effects) {
        Step(RosterPhase phase, RosterEffect... effects) {
            this(phase, List.of(effects));
        }
    }

    static final RosterPhase START = new RosterPhase.Waiting(Duration.ZERO);

    static Step next(RosterPhase phase, RosterInput input) {
        if (phase instanceof RosterPhase.Ended) {
            return new Step(phase);
        }
        if (input instanceof RosterInput.Document document) {
            return read(phase, document.info());
        }
        if (input instanceof RosterInput.Unreadable) {
            return missed(phase);
        }
        if (input instanceof RosterInput.Interrupted) {
            return phase instanceof RosterPhase.Known known
                    ? new Step(new RosterPhase.Stale(known.state(), Duration.ZERO), new RosterEffect.Publish())
                    : new Step(
                            phase instanceof RosterPhase.Stale stale
                                    ? new RosterPhase.Stale(stale.state(), Duration.ZERO)
                                    : START,
                            new RosterEffect.StopPause());
        }
        return askAgain(phase);
    }

    private static Step read(RosterPhase phase, ConferenceInfo document) {
        if (phase instanceof RosterPhase.Known known && document.version() <= known.version()) {
            return new Step(phase);
        }
        if (document.state() == State.DELETED) {
            return new Step(new RosterPhase.Ended(), new RosterEffect.StopPause(), new RosterEffect.Publish());
        }
        if (document.state() == State.FULL) {
            return new Step(
                    new RosterPhase.Known(document.version(), ConferenceState.EMPTY.after(document)),
                    new RosterEffect.StopPause(),
                    new RosterEffect.Publish());
        }
        if (phase instanceof RosterPhase.Known known && document.version() == known.version() + 1) {
            ConferenceState after = known.state().after(document);
            RosterPhase next = new RosterPhase.Known(document.version(), after);
            return after.equals(known.state()) ? new Step(next) : new Step(next, new RosterEffect.Publish());
        }
        return missed(phase);
    }

    private static Step missed(RosterPhase phase) {
        if (phase instanceof RosterPhase.Known known) {
            return new Step(
                    new RosterPhase.Stale(known.state(), FIRST_PAUSE),
                    new RosterEffect.Publish(),
                    new RosterEffect.Refresh(),
                    new RosterEffect.StartPause(FIRST_PAUSE));
        }
        return pause(phase).isZero() ? ask(phase, FIRST_PAUSE) : new Step(phase);
    }

    private static Step askAgain(RosterPhase phase) {
        Duration before = pause(phase);
        Duration longer = before.multipliedBy(2);
        return before.isZero()
                ? new Step(phase)
                : ask(phase, longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE);
    }

    private static Step ask(RosterPhase phase, Duration pause) {
        RosterPhase next = phase instanceof RosterPhase.Stale stale
                ? new RosterPhase.Stale(stale.state(), pause)
                : new RosterPhase.Waiting(pause);
        return new Step(next, new RosterEffect.Refresh(), new RosterEffect.StartPause(pause));
    }

    private static Duration pause(RosterPhase phase) {
        if (phase instanceof RosterPhase.Stale stale) {
            return stale.pause();
        }
        return phase instanceof RosterPhase.Waiting waiting ? waiting.pause() : Duration.ZERO;
    }
}
