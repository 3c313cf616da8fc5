// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.subscription;

import com.techpro.callclient.stack.sip.Delays;
import com.techpro.callclient.stack.sip.StatusMeaning;
import com.techpro.callclient.stack.sip.subscription.SubscriptionEffect.DropDialog;
import com.techpro.callclient.stack.sip.subscription.SubscriptionEffect.Publish;
import com.techpro.callclient.stack.sip.subscription.SubscriptionEffect.Refresh;
import com.techpro.callclient.stack.sip.subscription.SubscriptionEffect.StartTimer;
import com.techpro.callclient.stack.sip.subscription.SubscriptionEffect.StopTimer;
import com.techpro.callclient.stack.sip.subscription.SubscriptionEffect.Subscribe;
import com.techpro.callclient.stack.sip.subscription.SubscriptionPhase.Active;
import com.techpro.callclient.stack.sip.subscription.SubscriptionPhase.Awaiting;
import com.techpro.callclient.stack.sip.subscription.SubscriptionPhase.Gone;
import com.techpro.callclient.stack.sip.subscription.SubscriptionPhase.Idle;
import com.techpro.callclient.stack.sip.subscription.SubscriptionPhase.Leaving;
import com.techpro.callclient.stack.sip.subscription.SubscriptionPhase.Refreshing;
import com.techpro.callclient.stack.sip.subscription.SubscriptionPhase.Stopped;
import com.techpro.callclient.stack.sip.subscription.SubscriptionPhase.Subscribing;
import com.techpro.callclient.stack.sip.subscription.SubscriptionPhase.Waiting;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of a subscription (RFC 6665 §4.1). Pure: {@code (phase, input, chance)} gives
 * the next phase and what to do.
 *
 * <pre>
 *           Start                2xx              NOTIFY              timer
 *   Idle ──────────► Subscribing ────► Awaiting ────────► Active ◄──────────► Refreshing
 *    ▲                 ▲   │ │            │ Timer N         │      2xx           │
 *    │           timer │   │ │ 423: again │                 │                    │ 481: Subscribing
 *    │                 │   ▼ ▼            ▼                 ▼ terminated         ▼
 *    │                Waiting ◄────────────────────────────────────────────────────
 *    └── flow lost, from anywhere          403, 404, 489 ..., rejected, noresource ──► Stopped
 *   Leave ──► Leaving (a last NOTIFY) ──► Gone
 * </pre>
 */
final class SubscriptionMachine {
    /** Timer N, 64*T1 (RFC 6665 §4.1.2.4). */
    static final Duration TIMER_N = Duration.ofSeconds(32);

    private static final Duration BASE_WAIT = Duration.ofSeconds(30);
    private static final Duration MAX_WAIT = Duration.ofHours(1);
    private static final Duration MAX_EXPIRES = Duration.ofDays(1);

    private SubscriptionMachine() {}

    /** A phase, and what to do on entering it. */
    record Step(SubscriptionPhase phase, List<SubscriptionEffect> effects) {
        Step(SubscriptionPhase phase, SubscriptionEffect... effects) {
            this(phase, List.of(effects));
        }
    }

    /**
     * @param wanted the duration to ask for
     * @param chance uniform in [0, 1): chooses a delay within its range
     */
    static Step next(SubscriptionPhase phase, SubscriptionInput input, Duration wanted, double chance) {
        if (phase instanceof Gone) {
            return new Step(phase);
        }
        if (input instanceof SubscriptionInput.Leave) {
            return unsubscribe(phase);
        }
        if (phase instanceof Leaving) {
            boolean over = !(input instanceof SubscriptionInput.Accepted
                    || input instanceof SubscriptionInput.Notified
                    || input instanceof SubscriptionInput.Start);
            return over ? gone() : new Step(phase);
        }
        if (input instanceof SubscriptionInput.FlowLost) {
            return phase instanceof Stopped
                    ? new Step(phase)
                    : new Step(
                            new Idle(), new StopTimer(), new DropDialog(), new Publish(SubscriptionState.INTERRUPTED));
        }
        if (input instanceof SubscriptionInput.Terminated ended) {
            return terminated(phase, ended, wanted, chance);
        }
        if (phase instanceof Idle && input instanceof SubscriptionInput.Start) {
            return subscribe(wanted, 0);
        }
        if (phase instanceof Waiting now
                && (input instanceof SubscriptionInput.TimerFired || input instanceof SubscriptionInput.Start)) {
            return subscribe(now.asked(), now.failures());
        }
        if (phase instanceof Subscribing now) {
            return subscribing(now, input, chance);
        }
        if (phase instanceof Awaiting now) {
            return awaiting(now, input, chance);
        }
        if (phase instanceof Active now) {
            return active(now, input, chance);
        }
        if (phase instanceof Refreshing now) {
            return refreshing(now, input, chance);
        }
        return new Step(phase);
    }

    private static Step subscribe(Duration asked, int failures) {
        return new Step(
                new Subscribing(asked, failures, false), new StopTimer(), new DropDialog(), new Subscribe(asked));
    }

    private static Step subscribing(Subscribing now, SubscriptionInput input, double chance) {
        if (input instanceof SubscriptionInput.Notified) {
            return new Step(new Subscribing(now.asked(), now.failures(), true));
        }
        if (input instanceof SubscriptionInput.Accepted ok) {
            return now.notified()
                    ? established(now.asked(), ok.granted(), chance)
                    : new Step(new Awaiting(now.asked(), ok.granted(), now.failures()), new StartTimer(TIMER_N));
        }
        if (input instanceof SubscriptionInput.Rejected no) {
            Duration minimum = larger(no, now.asked());
            if (minimum != null) {
                return subscribe(minimum, now.failures());
            }
            // Without a dialog, a 481 says nothing about the event: a server behind others has lost
            // its route, and may find it.
            return no.status() != 481 && StatusMeaning.of(no.status()).isLasting()
                    ? stop()
                    : backOff(now.asked(), now.failures(), no.retryAfter(), chance);
        }
        return input instanceof SubscriptionInput.Failed
                ? backOff(now.asked(), now.failures(), null, chance)
                : new Step(now);
    }

    private static Step awaiting(Awaiting now, SubscriptionInput input, double chance) {
        if (input instanceof SubscriptionInput.Notified notified) {
            Duration left = notified.expires() == null ? now.granted() : notified.expires();
            return established(now.asked(), left, chance);
        }
        return input instanceof SubscriptionInput.TimerFired
                ? backOff(now.asked(), now.failures(), null, chance)
                : new Step(now);
    }

    private static Step active(Active now, SubscriptionInput input, double chance) {
        if (input instanceof SubscriptionInput.TimerFired || input instanceof SubscriptionInput.Start) {
            return new Step(new Refreshing(now.asked()), new StopTimer(), new Refresh(now.asked()));
        }
        if (input instanceof SubscriptionInput.Notified notified && notified.expires() != null) {
            // The notifier may shorten what it granted (§4.1.3).
            return new Step(now, new StartTimer(untilRefresh(notified.expires(), chance)));
        }
        return new Step(now);
    }

    private static Step refreshing(Refreshing now, SubscriptionInput input, double chance) {
        if (input instanceof SubscriptionInput.Accepted ok) {
            return new Step(new Active(now.asked()), new StartTimer(untilRefresh(ok.granted(), chance)));
        }
        if (input instanceof SubscriptionInput.Rejected no) {
            Duration minimum = larger(no, now.asked());
            if (minimum != null) {
                return new Step(new Refreshing(minimum), new Refresh(minimum));
            }
            // §4.1.2.2: the notifier has forgotten the subscription; it may accept a new one.
            return no.status() == 481 ? subscribe(now.asked(), 0) : backOff(now.asked(), 0, no.retryAfter(), chance);
        }
        return input instanceof SubscriptionInput.Failed ? backOff(now.asked(), 0, null, chance) : new Step(now);
    }

    private static Step established(Duration asked, Duration left, double chance) {
        return new Step(
                new Active(asked), new StartTimer(untilRefresh(left, chance)), new Publish(SubscriptionState.ACTIVE));
    }

    private static Step terminated(
            SubscriptionPhase phase, SubscriptionInput.Terminated ended, Duration wanted, double chance) {
        if (phase instanceof Idle || phase instanceof Waiting || phase instanceof Stopped) {
            return new Step(phase);
        }
        // An answer to the first SUBSCRIBE may still be in transit; it comes too late to count.
        return switch (ended.reason()) {
            case NEVER -> stop();
            case AGAIN ->
                ended.retryAfter() == null && phase instanceof Active
                        ? subscribe(wanted, 0)
                        : backOff(wanted, 0, ended.retryAfter(), chance);
            case LATER -> backOff(wanted, 0, ended.retryAfter(), chance);
        };
    }

    /**
     * Returns the Min-Expires of a 423 if it is larger than what was asked; it only grows, so this
     * ends.
     */
    private static @Nullable Duration larger(SubscriptionInput.Rejected no, Duration asked) {
        Duration minimum = no.minExpires();
        return no.status() == 423
                        && minimum != null
                        && minimum.compareTo(asked) > 0
                        && minimum.compareTo(MAX_EXPIRES) <= 0
                ? minimum
                : null;
    }

    private static Step backOff(Duration asked, int failures, @Nullable Duration retryAfter, double chance) {
        Duration delay = Delays.afterFailures(BASE_WAIT, failures, MAX_WAIT, chance);
        if (retryAfter != null) {
            Duration asAsked = Delays.smaller(retryAfter, MAX_WAIT).plus(Delays.scaled(Duration.ofSeconds(2), chance));
            delay = Delays.larger(asAsked, delay);
        }
        return new Step(
                new Waiting(asked, failures + 1),
                new StartTimer(delay),
                new DropDialog(),
                new Publish(SubscriptionState.INTERRUPTED));
    }

    private static Step stop() {
        return new Step(new Stopped(), new StopTimer(), new DropDialog(), new Publish(SubscriptionState.REFUSED));
    }

    private static Step unsubscribe(SubscriptionPhase phase) {
        if (phase instanceof Active || phase instanceof Refreshing) {
            return new Step(new Leaving(), new StartTimer(TIMER_N), new Refresh(Duration.ZERO));
        }
        return phase instanceof Leaving ? new Step(phase) : gone();
    }

    private static Step gone() {
        return new Step(new Gone(), new StopTimer(), new DropDialog(), new Publish(SubscriptionState.ENDED));
    }

    private static Duration untilRefresh(Duration left, double chance) {
        return Delays.untilRefresh(Delays.smaller(left, MAX_EXPIRES), chance);
    }
}
