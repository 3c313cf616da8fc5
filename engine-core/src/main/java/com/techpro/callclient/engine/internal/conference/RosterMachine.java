// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.conference;

import com.techpro.callclient.engine.internal.conference.ConferenceInfo.State;
import java.time.Duration;
import java.util.List;

/**
 * How the documents of a conference become its roster (RFC 4575 §4.6). Pure: {@code (phase, input)} gives the next phase and what to do.
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
 * An old document changes nothing.
 */
final class RosterMachine {
    /** How long a full document is waited for before it is asked for again. */
    static final Duration FIRST_PAUSE = Duration.ofSeconds(4);

    static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private RosterMachine() {}

    /** What is known of the conference. */
    sealed interface Phase {
        /**
         * Nothing yet.
         *
         * @param pause after which a full document is asked for again; zero if none was asked for
         */
        record Waiting(Duration pause) implements Phase {}

        record Known(long version, ConferenceState state) implements Phase {}

        /** A document was missed: what is known is old, until a full one comes. */
        record Stale(ConferenceState state, Duration pause) implements Phase {}

        record Ended() implements Phase {}
    }

    /** What a roster reacts to. */
    sealed interface Input {
        record Document(ConferenceInfo info) implements Input {}

        /** A document came that could not be read. */
        record Unreadable() implements Input {}

        /** The subscription broke off; what comes next belongs to a new one, which counts anew. */
        record Interrupted() implements Input {}

        record PauseOver() implements Input {}
    }

    /** What a roster wants done. */
    sealed interface Effect {
        /** Subscribe again, which brings a full document. */
        record Refresh() implements Effect {}

        /** Replaces the pause that runs, if any. */
        record StartPause(Duration length) implements Effect {}

        record StopPause() implements Effect {}

        /** The roster changed. */
        record Publish() implements Effect {}
    }

    /** A phase and what to do on entering it. */
    record Step(Phase phase, List<Effect> effects) {
        Step(Phase phase, Effect... effects) {
            this(phase, List.of(effects));
        }
    }

    static final Phase START = new Phase.Waiting(Duration.ZERO);

    static Step next(Phase phase, Input input) {
        if (phase instanceof Phase.Ended) {
            return new Step(phase);
        }
        if (input instanceof Input.Document document) {
            return read(phase, document.info());
        }
        if (input instanceof Input.Unreadable) {
            return missed(phase);
        }
        if (input instanceof Input.Interrupted) {
            return phase instanceof Phase.Known known
                    ? new Step(new Phase.Stale(known.state(), Duration.ZERO), new Effect.Publish())
                    : new Step(
                            phase instanceof Phase.Stale stale ? new Phase.Stale(stale.state(), Duration.ZERO) : START,
                            new Effect.StopPause());
        }
        return askAgain(phase);
    }

    private static Step read(Phase phase, ConferenceInfo document) {
        if (phase instanceof Phase.Known known && document.version() <= known.version()) {
            return new Step(phase);
        }
        if (document.state() == State.DELETED) {
            return new Step(new Phase.Ended(), new Effect.StopPause(), new Effect.Publish());
        }
        if (document.state() == State.FULL) {
            return new Step(
                    new Phase.Known(document.version(), ConferenceState.EMPTY.after(document)),
                    new Effect.StopPause(),
                    new Effect.Publish());
        }
        if (phase instanceof Phase.Known known && document.version() == known.version() + 1) {
            ConferenceState after = known.state().after(document);
            Phase next = new Phase.Known(document.version(), after);
            return after.equals(known.state()) ? new Step(next) : new Step(next, new Effect.Publish());
        }
        return missed(phase);
    }

    private static Step missed(Phase phase) {
        if (phase instanceof Phase.Known known) {
            return new Step(
                    new Phase.Stale(known.state(), FIRST_PAUSE),
                    new Effect.Publish(),
                    new Effect.Refresh(),
                    new Effect.StartPause(FIRST_PAUSE));
        }
        return pause(phase).isZero() ? ask(phase, FIRST_PAUSE) : new Step(phase);
    }

    private static Step askAgain(Phase phase) {
        Duration before = pause(phase);
        Duration longer = before.multipliedBy(2);
        return before.isZero()
                ? new Step(phase)
                : ask(phase, longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE);
    }

    private static Step ask(Phase phase, Duration pause) {
        Phase next =
                phase instanceof Phase.Stale stale ? new Phase.Stale(stale.state(), pause) : new Phase.Waiting(pause);
        return new Step(next, new Effect.Refresh(), new Effect.StartPause(pause));
    }

    private static Duration pause(Phase phase) {
        if (phase instanceof Phase.Stale stale) {
            return stale.pause();
        }
        return phase instanceof Phase.Waiting waiting ? waiting.pause() : Duration.ZERO;
    }
}
