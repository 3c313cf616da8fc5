// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.presence;

import com.techpro.callclient.engine.internal.presence.PublicationState.Phase;
import com.techpro.callclient.stack.sip.Delays;
import com.techpro.callclient.stack.sip.StatusMeaning;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of an event state publication (RFC 3903 §4). It is pure:
 * {@code (state, input, chance)} gives the next state and the effects.
 *
 * <pre>
 *            Publish             2xx
 *   RESTING ─────────► SENDING ───────► PUBLISHED ─── timer, Publish, Withdraw ──► SENDING
 *                      │  │  │ 412: anew, 423: for longer
 *       403, 405, 489  │  │  └── 5xx, no answer ──► WAITING ─── timer ──► SENDING
 *                      ▼  └── 2xx of a withdrawal ──► RESTING
 *                   REFUSED
 * </pre>
 */
final class PublicationMachine {
    private static final Duration BASE_WAIT = Duration.ofSeconds(30);
    private static final Duration MAX_WAIT = Duration.ofHours(1);
    private static final Duration MAX_EXPIRES = Duration.ofDays(1);

    private PublicationMachine() {}

    /** An action to perform. */
    sealed interface Effect {
        /**
         * Sends a PUBLISH.
         *
         * @param tag for SIP-If-Match, or null
         * @param body whether to include the document; a refresh and a removal have none (§4.1)
         */
        record Send(@Nullable String tag, Duration expires, boolean body) implements Effect {}

        record StartTimer(Duration delay) implements Effect {}

        record StopTimer() implements Effect {}

        /** Reports the outcome of earlier requests. */
        record Settle() implements Effect {}
    }

    /** A state, and the effects of entering it. */
    record Step(PublicationState state, List<Effect> effects) {
        Step(PublicationState state, Effect... effects) {
            this(state, List.of(effects));
        }
    }

    /** @param chance uniform in [0, 1): the position of a delay in its range */
    static Step next(PublicationState now, PublicationInput input, double chance) {
        if (input instanceof PublicationInput.Publish) {
            return proceed(now.wanted(true));
        }
        if (input instanceof PublicationInput.Withdraw) {
            return proceed(now.wanted(false));
        }
        if (input instanceof PublicationInput.Registered) {
            return now.reachable() ? new Step(now) : proceed(now.reachable(true));
        }
        if (input instanceof PublicationInput.FlowLost) {
            // The publication stays at the phone system until it expires, so the tag is kept.
            return now.phase() == Phase.REFUSED
                    ? new Step(now.reachable(false))
                    : new Step(now.reachable(false).changed(true).in(Phase.RESTING), new Effect.StopTimer());
        }
        if (input instanceof PublicationInput.TimerFired) {
            return now.phase() == Phase.PUBLISHED || now.phase() == Phase.WAITING ? send(now) : new Step(now);
        }
        if (now.phase() != Phase.SENDING) {
            return new Step(now);
        }
        if (input instanceof PublicationInput.Accepted ok) {
            return accepted(now, ok, chance);
        }
        if (input instanceof PublicationInput.Rejected no) {
            return rejected(now, no, chance);
        }
        return backOff(now, null, chance);
    }

    /** Does what is possible now; the rest follows once the account is registered. */
    private static Step proceed(PublicationState now) {
        if (now.phase() == Phase.SENDING) {
            return new Step(now);
        }
        if (now.phase() == Phase.REFUSED) {
            return new Step(now, new Effect.Settle());
        }
        if (!now.wanted() && now.tag() == null) {
            return new Step(now.changed(false).in(Phase.RESTING), new Effect.StopTimer(), new Effect.Settle());
        }
        return now.reachable() ? send(now) : new Step(now);
    }

    private static Step send(PublicationState now) {
        PublicationState sending = now.changed(false).in(Phase.SENDING);
        if (!now.wanted()) {
            return new Step(sending, new Effect.StopTimer(), new Effect.Send(now.tag(), Duration.ZERO, false));
        }
        boolean body = now.changed() || now.tag() == null;
        return new Step(sending, new Effect.StopTimer(), new Effect.Send(now.tag(), now.asked(), body));
    }

    private static Step accepted(PublicationState now, PublicationInput.Accepted ok, double chance) {
        PublicationState heard =
                now.tagged(ok.granted().isZero() ? null : ok.tag()).failed(0);
        if (heard.changed()) {
            return proceed(heard.in(Phase.RESTING));
        }
        if (!heard.wanted()) {
            return new Step(heard.tagged(null).in(Phase.RESTING), new Effect.Settle());
        }
        return new Step(
                heard.in(Phase.PUBLISHED),
                new Effect.StartTimer(Delays.untilRefresh(Delays.smaller(ok.granted(), MAX_EXPIRES), chance)),
                new Effect.Settle());
    }

    private static Step rejected(PublicationState now, PublicationInput.Rejected no, double chance) {
        Duration minimum = no.minExpires();
        if (no.status() == 412 && now.tag() != null) {
            // §4.1: the phone system has lost the publication.
            return proceed(now.tagged(null).changed(true).in(Phase.RESTING));
        }
        if (no.status() == 423
                && minimum != null
                && minimum.compareTo(now.asked()) > 0
                && minimum.compareTo(MAX_EXPIRES) <= 0) {
            return proceed(now.asking(minimum).changed(true).in(Phase.RESTING));
        }
        StatusMeaning meaning = StatusMeaning.of(no.status());
        if (!meaning.isLasting() && meaning != StatusMeaning.BODY) {
            return backOff(now, no.retryAfter(), chance);
        }
        return now.wanted()
                ? new Step(now.tagged(null).in(Phase.REFUSED), new Effect.StopTimer(), new Effect.Settle())
                : nothingLeft(now);
    }

    private static Step nothingLeft(PublicationState now) {
        return new Step(now.tagged(null).changed(false).in(Phase.RESTING), new Effect.Settle());
    }

    private static Step backOff(PublicationState now, @Nullable Duration retryAfter, double chance) {
        if (!now.wanted() && now.tag() == null) {
            return nothingLeft(now); // §4.5: without a tag it cannot be removed
        }
        Duration delay = Delays.afterFailures(BASE_WAIT, now.failures(), MAX_WAIT, chance);
        if (retryAfter != null) {
            // Not earlier than requested, and not all phones at the same moment.
            Duration asAsked = Delays.smaller(retryAfter, MAX_WAIT).plus(Delays.scaled(Duration.ofSeconds(2), chance));
            delay = Delays.larger(asAsked, delay);
        }
        return new Step(
                now.changed(true).failed(now.failures() + 1).in(Phase.WAITING),
                new Effect.StartTimer(delay),
                new Effect.Settle());
    }
}
