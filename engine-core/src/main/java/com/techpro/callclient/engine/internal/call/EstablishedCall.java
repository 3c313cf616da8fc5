// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.internal.call.CallMachine.Step;
import com.techpro.callclient.engine.internal.call.Effect.Acknowledge;
import com.techpro.callclient.engine.internal.call.Effect.Bye;
import com.techpro.callclient.engine.internal.call.Effect.Invite;
import com.techpro.callclient.engine.internal.call.Effect.Pause;
import com.techpro.callclient.engine.internal.call.Effect.Refresh;
import com.techpro.callclient.engine.internal.call.Effect.Respond;
import com.techpro.callclient.engine.internal.call.Phase.Exchange;
import com.techpro.callclient.engine.internal.call.Phase.Exchange.AwaitingAck;
import com.techpro.callclient.engine.internal.call.Phase.Exchange.AwaitingAnswer;
import com.techpro.callclient.engine.internal.call.Phase.Exchange.Offering;
import com.techpro.callclient.engine.internal.call.Phase.Exchange.Pausing;
import com.techpro.callclient.engine.internal.call.Phase.Exchange.Refreshing;
import com.techpro.callclient.engine.internal.call.Phase.Exchange.Settled;
import com.techpro.callclient.engine.internal.call.Phase.Talking;
import com.techpro.callclient.engine.internal.call.sdp.Negotiation;
import com.techpro.callclient.engine.internal.call.sdp.OfferAnswer;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.engine.internal.media.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of {@link CallMachine} in which both sides are there: hold, resume, and what the other side changes.
 *
 * <pre>
 *   Settled ──user's wish differs from what was told / re-INVITE──► Offering ──2xx / ACK──► Settled
 *      │  ▲                                                           │
 *      │  └──pause over── Pausing ◄──491, 5xx, no connection──────────┘
 *      │
 *      ├──refresh due / UPDATE──────────► Refreshing ──any response──► Settled   (or by re-INVITE: Offering)
 *      ├──re-INVITE with offer / 200────► AwaitingAck ──ACK──► Settled
 *      └──re-INVITE without / 200+offer─► AwaitingAnswer ──ACK+answer──► Settled
 * </pre>
 *
 * Whenever things settle, the wish and what was told are compared again: a wish that came in between is not lost.
 */
final class EstablishedCall {
    /** How often a re-INVITE that failed is tried again before the user's wish is given up. */
    private static final int MAX_ATTEMPTS = 6;

    private EstablishedCall() {}

    static Step next(Talking now, Input input, CallDirection direction, double chance) {
        if (input instanceof Input.HangUp) {
            return CallMachine.ended(new CallEnding.LocalHangUp(), new Bye());
        }
        if (input instanceof Input.Goodbye) {
            return CallMachine.ended(new CallEnding.RemoteHangUp());
        }
        if (input instanceof Input.MediaMissing) {
            return CallMachine.ended(new CallEnding.MediaTimeout(), new Bye());
        }
        if (input instanceof Input.Broken broken) {
            return CallMachine.failed(broken.failure(), new Bye());
        }
        if (input instanceof Input.AckMissing
                && (now.exchange() instanceof AwaitingAck || now.exchange() instanceof AwaitingAnswer)) {
            return CallMachine.failed(new Failure.TimedOut(Failure.Waited.RESPONSE), new Bye());
        }
        if (input instanceof Input.SessionExpired) {
            return CallMachine.failed(new Failure.TimedOut(Failure.Waited.SESSION), new Bye());
        }
        if (input instanceof Input.RefreshDue due) {
            return refresh(now, due.byUpdate());
        }
        if (input instanceof Input.Hold || input instanceof Input.Resume) {
            return settle(now.withHeld(input instanceof Input.Hold), 0);
        }
        if (input instanceof Input.Moved moved) {
            // Their ACK, if we wait for one, went to the old address. Should they have missed our answer as well, they
            // say 491.
            return settle(
                    now.at(moved.rtp()).with(now.exchange() instanceof AwaitingAck ? new Settled() : now.exchange()),
                    0);
        }
        if (input instanceof Input.Offered offered) {
            return offered(now, offered);
        }
        if (input instanceof Input.Updated updated) {
            return updated(now, updated);
        }
        if (input instanceof Input.Acknowledged acknowledged) {
            return acknowledged(now, acknowledged.answer());
        }
        if (now.exchange() instanceof Offering offering) {
            return offering(now, offering, input, direction, chance);
        }
        if (now.exchange() instanceof Refreshing) {
            return refreshing(now, input);
        }
        if (now.exchange() instanceof Pausing pausing && input instanceof Input.PauseOver) {
            return settle(now.with(new Settled()), pausing.attempts());
        }
        return new Step(now);
    }

    /** Nothing is open: if the user wants something else than the other side was told, or media is received elsewhere, tell it. */
    static Step settle(Talking now, int attempts, Effect... before) {
        List<Effect> effects = new ArrayList<>(List.of(before));
        if (!(now.exchange() instanceof Settled)
                || (now.held() == now.told() && now.local().isIn(now.mine()))) {
            return new Step(now, effects);
        }
        SessionDescription offer = OfferAnswer.offer(now.local(), wanted(now.held()), now.mine());
        effects.add(new Invite(offer));
        return new Step(now.with(new Offering(offer, now.held(), attempts)), effects);
    }

    /** RFC 4028 §7.4: whatever else is open, and accepted, refreshes the session as well. */
    private static Step refresh(Talking now, boolean byUpdate) {
        if (!(now.exchange() instanceof Settled)) {
            return new Step(now);
        }
        if (byUpdate) {
            return new Step(now.with(new Refreshing()), new Refresh());
        }
        SessionDescription same = OfferAnswer.offer(now.local(), wanted(now.held()), now.mine());
        return new Step(now.with(new Offering(same, now.held(), 0)), new Invite(same));
    }

    private static Step refreshing(Talking now, Input input) {
        if (input instanceof Input.RefreshRefused refused && (refused.status() == 481 || refused.status() == 408)) {
            return CallMachine.ended(refused.ending(), new Bye());
        }
        if (input instanceof Input.RefreshUnanswered unanswered && unanswered.failure() instanceof Failure.TimedOut) {
            return CallMachine.failed(unanswered.failure(), new Bye());
        }
        boolean over = input instanceof Input.Refreshed
                || input instanceof Input.RefreshRefused
                || input instanceof Input.RefreshUnanswered;
        // After any other no, the session clock asks again while there is time.
        return over ? settle(now.with(new Settled()), 0) : new Step(now);
    }

    private static Direction wanted(boolean held) {
        return held ? Direction.SENDONLY : Direction.SENDRECV;
    }

    private static Step offering(Talking now, Offering mine, Input input, CallDirection direction, double chance) {
        if (input instanceof Input.Accepted accepted) {
            Negotiation outcome = accepted.answer() == null
                    ? null
                    : OfferAnswer.conclude(now.local(), mine.offer(), accepted.answer());
            if (outcome instanceof Negotiation.Agreed agreed) {
                return settle(
                        now.agreed(mine.offer(), agreed.media(), mine.held(), new Settled()),
                        0,
                        new Acknowledge(accepted.id()));
            }
            Failure failure = outcome instanceof Negotiation.Refused refused
                    ? new Failure.MediaRefused(refused.problem())
                    : new Failure.ProtocolViolation("an offer was accepted without an answer");
            return CallMachine.failed(failure, new Acknowledge(accepted.id()), new Bye());
        }
        if (input instanceof Input.Refused refused) {
            if (refused.status() == 481 || refused.status() == 408) {
                // The other side knows nothing of this call any more (RFC 3261 §14.1, §12.2.1.2).
                return CallMachine.ended(refused.ending(), new Bye());
            }
            boolean passing = refused.status() == 491 || refused.status() == 500 || refused.status() == 503;
            return passing ? pause(now, mine, glareWait(direction, chance)) : giveUp(now, mine);
        }
        if (input instanceof Input.Unanswered unanswered) {
            if (unanswered.failure() instanceof Failure.TimedOut) {
                return CallMachine.failed(unanswered.failure(), new Bye());
            }
            // Media does not need the connection: the call goes on while the account reconnects.
            return pause(now, mine, Duration.ofMillis(3_000 + 10 * (long) (100 * chance)));
        }
        return new Step(now);
    }

    /** RFC 3261 §14.1: the owner of the Call-ID waits 2.1 to 4 seconds, the other side up to 2, in steps of 10 ms. */
    private static Duration glareWait(CallDirection direction, double chance) {
        return direction == CallDirection.OUTGOING
                ? Duration.ofMillis(2_100 + 10 * (long) (191 * chance))
                : Duration.ofMillis(10 * (long) (201 * chance));
    }

    private static Step pause(Talking now, Offering mine, Duration wait) {
        return mine.attempts() >= MAX_ATTEMPTS
                ? giveUp(now, mine)
                : new Step(now.with(new Pausing(mine.attempts() + 1)), new Pause(wait));
    }

    /**
     * The session stays as it was (RFC 3261 §14.1). A hold that the other side does not accept is kept here all the same, so that
     * nothing is heard; a resume that it does not accept leaves the call on hold.
     */
    private static Step giveUp(Talking now, Offering mine) {
        if (mine.held() == now.told()) {
            // A refresh, or a new address, was refused. Asking again would be refused again: if nothing is heard here
            // any
            // more, the media time-out ends the call.
            Talking settled = now.with(new Settled());
            return now.held() == now.told() ? new Step(settled) : settle(settled, 0);
        }
        boolean held = now.held() || !mine.held();
        return new Step(new Talking(now.local(), now.mine(), now.media(), held, held, new Settled()));
    }

    private static Step offered(Talking now, Input.Offered input) {
        RequestId id = input.id();
        SessionDescription offer = input.offer();
        if (now.exchange() instanceof Offering || now.exchange() instanceof AwaitingAnswer) {
            return new Step(now, new Respond(id, 491));
        }
        if (offer == null) {
            SessionDescription ours = OfferAnswer.offer(now.local(), wanted(now.held()), now.mine());
            return new Step(now.with(new AwaitingAnswer(ours, now.held())), new Respond(id, 200, ours));
        }
        Negotiation outcome = OfferAnswer.answer(now.local(), wanted(now.held()), offer, now.mine());
        if (outcome instanceof Negotiation.Agreed agreed) {
            return new Step(
                    now.agreed(agreed.local(), agreed.media(), now.held(), new AwaitingAck()),
                    new Respond(id, 200, agreed.local()));
        }
        return new Step(now, new Respond(id, 488));
    }

    private static Step updated(Talking now, Input.Updated input) {
        RequestId id = input.id();
        SessionDescription offer = input.offer();
        if (offer == null) {
            return new Step(now, new Respond(id, 200));
        }
        if (now.exchange() instanceof Offering || now.exchange() instanceof AwaitingAnswer) {
            return new Step(now, new Respond(id, 491));
        }
        Negotiation outcome = OfferAnswer.answer(now.local(), wanted(now.held()), offer, now.mine());
        if (outcome instanceof Negotiation.Agreed agreed) {
            return new Step(
                    now.agreed(agreed.local(), agreed.media(), now.held(), now.exchange()),
                    new Respond(id, 200, agreed.local()));
        }
        return new Step(now, new Respond(id, 488));
    }

    private static Step acknowledged(Talking now, @Nullable SessionDescription answer) {
        Exchange exchange = now.exchange();
        if (exchange instanceof AwaitingAck) {
            return settle(now.with(new Settled()), 0);
        }
        if (!(exchange instanceof AwaitingAnswer awaiting)) {
            return new Step(now);
        }
        if (answer == null) {
            return CallMachine.failed(
                    new Failure.ProtocolViolation("an offer was acknowledged without an answer"), new Bye());
        }
        Negotiation outcome = OfferAnswer.conclude(now.local(), awaiting.offer(), answer);
        if (outcome instanceof Negotiation.Agreed agreed) {
            return settle(now.agreed(awaiting.offer(), agreed.media(), awaiting.held(), new Settled()), 0);
        }
        return CallMachine.failed(new Failure.MediaRefused(((Negotiation.Refused) outcome).problem()), new Bye());
    }
}
