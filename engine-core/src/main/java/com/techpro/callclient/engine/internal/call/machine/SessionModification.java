// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.machine;

import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.internal.call.machine.CallEffect.Acknowledge;
import com.techpro.callclient.engine.internal.call.machine.CallEffect.Bye;
import com.techpro.callclient.engine.internal.call.machine.CallEffect.Invite;
import com.techpro.callclient.engine.internal.call.machine.CallEffect.Refresh;
import com.techpro.callclient.engine.internal.call.machine.CallEffect.Respond;
import com.techpro.callclient.engine.internal.call.machine.CallEffect.StartGlareBackoff;
import com.techpro.callclient.engine.internal.call.machine.CallMachine.Step;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Confirmed;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Exchange;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Exchange.AwaitingAck;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Exchange.AwaitingAnswer;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Exchange.GlareBackoff;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Exchange.Offering;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Exchange.Refreshing;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Exchange.Settled;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Linger;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Target;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Terminated;
import com.techpro.callclient.engine.internal.call.sdp.Negotiation;
import com.techpro.callclient.engine.internal.call.sdp.OfferAnswer;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.stack.media.MediaDirection;
import com.techpro.callclient.stack.media.codec.Codec;
import com.techpro.callclient.stack.sip.StatusMeaning;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of {@link CallMachine} for established calls: hold, resume, and changes by the far end.
 *
 * <pre>
 *   Settled ──user's wish differs from what was told / re-INVITE──► Offering ──2xx / ACK──► Settled
 *      │  ▲                                                           │
 *      │  └──timer fires── GlareBackoff ◄──491, 5xx, no connection────┘
 *      │
 *      ├──refresh due, or reached by another flow / UPDATE──► Refreshing ──any response──► Settled   (or by re-INVITE: Offering)
 *      ├──re-INVITE with offer / 200────► AwaitingAck ──ACK──► Settled
 *      └──re-INVITE without / 200+offer─► AwaitingAnswer ──ACK+answer──► Settled
 * </pre>
 *
 * Each time an exchange settles, the user's hold state is compared with the one last accepted, so
 * that changes made meanwhile are not lost.
 */
public final class SessionModification {
    /** Attempts to send a temporarily refused re-INVITE before giving up. */
    private static final int MAX_ATTEMPTS = 6;

    private SessionModification() {}

    static Step next(Confirmed now, CallInput input, CallDirection direction, double chance) {
        if (input instanceof CallInput.HangUp) {
            return left(now, new CallEnding.LocalHangUp());
        }
        if (input instanceof CallInput.ByeReceived) {
            return CallMachine.ended(new CallEnding.RemoteHangUp());
        }
        if (input instanceof CallInput.Transferred transferred) {
            return transferred.goodbye()
                    ? CallMachine.ended(new CallEnding.Transferred())
                    : left(now, new CallEnding.Transferred());
        }
        if (input instanceof CallInput.MediaMissing) {
            return left(now, new CallEnding.MediaTimeout());
        }
        if (input instanceof CallInput.CallFailed broken) {
            return left(now, new CallEnding.Failed(broken.failure()));
        }
        if (input instanceof CallInput.AckTimeout
                && (now.exchange() instanceof AwaitingAck || now.exchange() instanceof AwaitingAnswer)) {
            return CallMachine.failed(new Failure.TimedOut(Failure.Waited.RESPONSE), new Bye());
        }
        if (input instanceof CallInput.SessionExpired) {
            return left(now, new CallEnding.Failed(new Failure.TimedOut(Failure.Waited.SESSION)));
        }
        if (input instanceof CallInput.RefreshDue due) {
            return refresh(now, due.byUpdate());
        }
        if (input instanceof CallInput.Hold || input instanceof CallInput.Resume) {
            return settle(now.withHeld(input instanceof CallInput.Hold), 0);
        }
        if (input instanceof CallInput.LocalAddressChanged moved) {
            return moved(now, moved);
        }
        if (input instanceof CallInput.ReInviteReceived offered) {
            return offered(now, offered);
        }
        if (input instanceof CallInput.Replaced replaced) {
            return replaced(now, replaced);
        }
        if (input instanceof CallInput.UpdateReceived updated) {
            return updated(now, updated);
        }
        if (input instanceof CallInput.AckReceived acknowledged) {
            return acknowledged(now, acknowledged.answer());
        }
        if (input instanceof CallInput.CandidatesFound) {
            return new Step(now, new CallEffect.SendCandidates());
        }
        if (input instanceof CallInput.PathLost) {
            return new Step(now, new CallEffect.RestartIce());
        }
        if (input instanceof CallInput.Accepted late && !(now.exchange() instanceof Offering)) {
            // We no longer wait for it, but the far end repeats it until it is acknowledged (RFC
            // 3261 §13.3.1.4).
            return new Step(now, new Acknowledge(late.id()));
        }
        if (now.exchange() instanceof Offering offering) {
            return offering(now, offering, input, direction, chance);
        }
        if (now.exchange() instanceof Refreshing refreshing) {
            return refreshing(now, refreshing, input, direction, chance);
        }
        if (now.exchange() instanceof GlareBackoff pausing && input instanceof CallInput.GlareBackoffElapsed) {
            return settle(now.with(new Settled()), pausing.attempts());
        }
        return new Step(now);
    }

    /** Sends BYE: at once, or after the ACK if the dialog is new (RFC 3261 §15). */
    private static Step left(Confirmed now, CallEnding ending) {
        boolean unacknowledged = (now.exchange() instanceof AwaitingAck ack && ack.newDialog())
                || (now.exchange() instanceof AwaitingAnswer answer && answer.newDialog());
        return unacknowledged ? new Step(new Terminated(ending, Linger.ACK)) : CallMachine.ended(ending, new Bye());
    }

    private static Step moved(Confirmed now, CallInput.LocalAddressChanged moved) {
        Confirmed there = now.at(moved.of(now.local()));
        if (moved.target() != Target.KNOWN) {
            there = there.with(moved.target()).with(withOldTarget(now.exchange()));
        }
        // An expected ACK went to our old address. If our answer was lost too, the far end responds
        // 491 to our offer.
        return settle(there.exchange() instanceof AwaitingAck ? there.with(new Settled()) : there, 0);
    }

    /** Marks requests on their way as sent with the old Contact. */
    private static Exchange withOldTarget(Exchange exchange) {
        if (exchange instanceof Offering mine) {
            return new Offering(mine.offer(), mine.held(), mine.attempts(), false);
        }
        return exchange instanceof Refreshing refreshing ? new Refreshing(refreshing.attempts(), false) : exchange;
    }

    /**
     * Sends what the far end does not know yet, if no exchange is open: another hold state, another
     * media address or another Contact. Every re-INVITE and UPDATE also carries the Contact.
     *
     * @param attempts how often this was tried; a description that was refused for good is not sent
     *     again
     */
    static Step settle(Confirmed now, int attempts, CallEffect... before) {
        List<CallEffect> effects = new ArrayList<>(List.of(before));
        boolean described = (now.held() == now.told() || now.refused())
                && now.local().isIn(attempts == 0 ? now.sent() : now.mine());
        if (!(now.exchange() instanceof Settled) || (described && now.target() == Target.KNOWN)) {
            return new Step(now, effects);
        }
        if (described && now.target() == Target.TELL_BY_UPDATE) {
            effects.add(new Refresh());
            return new Step(now.with(new Refreshing(attempts, true)), effects);
        }
        SessionDescription offer = laterOffer(now, wanted(now.held()));
        effects.add(new Invite(offer));
        return new Step(now.offering(offer, attempts), effects);
    }

    private static SessionDescription laterOffer(Confirmed now, MediaDirection wanted) {
        Codec spoken = now.media().parameters().codec().codec();
        return OfferAnswer.offer(now.local(), wanted, now.sent(), spoken);
    }

    /**
     * Refreshes the session (RFC 4028 §7.4). Any other open request also refreshes it if accepted.
     */
    private static Step refresh(Confirmed now, boolean byUpdate) {
        if (!(now.exchange() instanceof Settled)) {
            return new Step(now);
        }
        if (byUpdate) {
            return new Step(now.with(new Refreshing(0, now.target() != Target.KNOWN)), new Refresh());
        }
        SessionDescription same = laterOffer(now, wanted(now.held()));
        return new Step(now.offering(same, 0), new Invite(same));
    }

    private static Step refreshing(
            Confirmed now, Refreshing mine, CallInput input, CallDirection direction, double chance) {
        if (input instanceof CallInput.Refreshed) {
            return settle(known(now, mine.target()).with(new Settled()), 0);
        }
        if (input instanceof CallInput.RefreshRefused refused) {
            StatusMeaning meaning = StatusMeaning.of(refused.status().code());
            if (meaning.endsDialog()) {
                return CallMachine.ended(refused.ending(), refused.status(), new Bye());
            }
            if (!mine.target()) {
                // The session timer asks again while there is time.
                return settle(now.with(new Settled()), 0);
            }
            if (meaning == StatusMeaning.UNSUPPORTED) {
                return settle(now.with(Target.TELL_BY_INVITE).with(new Settled()), 0);
            }
            return isPassing(refused.status().code())
                    ? retell(now, mine, StartGlareBackoff.afterGlare(direction, chance))
                    : settle(now.with(Target.KNOWN).with(new Settled()), 0);
        }
        if (input instanceof CallInput.RefreshUnanswered unanswered) {
            if (isSilent(unanswered.failure())) {
                return CallMachine.failed(unanswered.failure(), new Bye());
            }
            return mine.target()
                    ? retell(now, mine, StartGlareBackoff.toReconnect(chance))
                    : settle(now.with(new Settled()), 0);
        }
        return new Step(now);
    }

    /**
     * Whether a sent request got no response (RFC 3261 §12.2.1.2). A failed connection says nothing
     * about the far end.
     */
    private static boolean isSilent(Failure failure) {
        return failure instanceof Failure.TimedOut late && late.waited() == Failure.Waited.RESPONSE;
    }

    private static Step retell(Confirmed now, Refreshing mine, StartGlareBackoff wait) {
        return mine.attempts() >= MAX_ATTEMPTS
                ? settle(now.with(Target.KNOWN).with(new Settled()), 0)
                : new Step(now.with(new GlareBackoff(mine.attempts() + 1)), wait);
    }

    /** @param told whether the accepted request carried our Contact */
    private static Confirmed known(Confirmed now, boolean told) {
        return told ? now.with(Target.KNOWN) : now;
    }

    /**
     * Whether the refusal is temporary, so that our Contact and description may be accepted a
     * moment later (RFC 3261 §14.1).
     */
    private static boolean isPassing(int status) {
        return status == 491 || status == 500 || status == 503;
    }

    private static MediaDirection wanted(boolean held) {
        return held ? MediaDirection.SENDONLY : MediaDirection.SENDRECV;
    }

    private static Step offering(
            Confirmed now, Offering mine, CallInput input, CallDirection direction, double chance) {
        if (input instanceof CallInput.Accepted accepted) {
            Negotiation outcome = accepted.answer() == null
                    ? null
                    : OfferAnswer.conclude(
                            now.local(),
                            mine.offer(),
                            accepted.answer(),
                            now.media().keying());
            if (outcome instanceof Negotiation.Agreed agreed) {
                return settle(
                        known(now, mine.target()).agreed(mine.offer(), agreed.media(), mine.held(), new Settled()),
                        0,
                        new Acknowledge(accepted.id()));
            }
            Failure failure = outcome instanceof Negotiation.Refused refused
                    ? new Failure.MediaRefused(refused.problem())
                    : new Failure.ProtocolViolation("an offer was accepted without an answer");
            return CallMachine.failed(failure, new Acknowledge(accepted.id()), new Bye());
        }
        if (input instanceof CallInput.Refused refused) {
            if (StatusMeaning.of(refused.status().code()).endsDialog()) {
                // The far end no longer knows this call (RFC 3261 §14.1, §12.2.1.2).
                return CallMachine.ended(refused.ending(), refused.status(), new Bye());
            }
            return isPassing(refused.status().code())
                    ? pause(now, mine, StartGlareBackoff.afterGlare(direction, chance))
                    : giveUp(now, mine);
        }
        if (input instanceof CallInput.InviteTimeout unanswered) {
            if (isSilent(unanswered.failure())) {
                return CallMachine.failed(unanswered.failure(), new Bye());
            }
            // Media does not need the connection, so the call continues however long the account
            // reconnects. The far end received nothing, so this counts as no attempt.
            return new Step(
                    now.with(new GlareBackoff(Math.max(1, mine.attempts()))), StartGlareBackoff.toReconnect(chance));
        }
        return new Step(now);
    }

    private static Step pause(Confirmed now, Offering mine, StartGlareBackoff wait) {
        return mine.attempts() >= MAX_ATTEMPTS
                ? giveUp(now, mine)
                : new Step(now.with(new GlareBackoff(mine.attempts() + 1)), wait);
    }

    /**
     * Keeps the session as it was (RFC 3261 §14.1). A refused hold still applies here, so that
     * nothing is heard; a refused resume leaves the call on hold.
     */
    private static Step giveUp(Confirmed now, Offering mine) {
        // A Contact that was refused together with a description may be accepted without one.
        Target target = now.target() == Target.TELL_BY_INVITE && mine.target() ? Target.KNOWN : now.target();
        Confirmed refused = now.with(target).with(new Settled());
        // Sending the refresh or the new address again would be refused again. If no media arrives
        // here any more, the media timeout ends the call.
        return settle(mine.held() == now.told() ? refused : refused.refused(mine.held()), 0);
    }

    private static Step offered(Confirmed before, CallInput.ReInviteReceived input) {
        Confirmed now = before.found(input.ice());
        RequestId id = input.id();
        SessionDescription offer = input.offer();
        if (now.exchange() instanceof Offering || now.exchange() instanceof AwaitingAnswer) {
            return new Step(now, new Respond(id, 491));
        }
        if (offer == null) {
            SessionDescription ours = laterOffer(now, wanted(now.held()));
            return new Step(now.awaitingAnswer(ours, false), new Respond(id, 200, ours));
        }
        return answered(now, id, offer, new AwaitingAck(false));
    }

    /**
     * Starts a new session with the open audio; only the user's hold state is kept from the old
     * one.
     */
    private static Step replaced(Confirmed before, CallInput.Replaced input) {
        Confirmed now =
                before.at(input.local()).found(input.ice()).with(Target.KNOWN).with(new Settled());
        SessionDescription offer = input.offer();
        if (offer == null) {
            SessionDescription ours = OfferAnswer.offer(now.local(), wanted(now.held()));
            return CallMachine.replaced(now.awaitingAnswer(ours, true), input, ours);
        }
        return OfferAnswer.answer(now.local(), wanted(now.held()), offer) instanceof Negotiation.Agreed agreed
                ? CallMachine.replaced(
                        now.agreed(agreed.local(), agreed.media(), now.held(), new AwaitingAck(true)),
                        input,
                        agreed.local())
                : new Step(before, new Respond(input.id(), 488));
    }

    private static Step updated(Confirmed before, CallInput.UpdateReceived input) {
        Confirmed now = before.found(input.ice());
        RequestId id = input.id();
        SessionDescription offer = input.offer();
        if (offer == null) {
            return new Step(now, new Respond(id, 200));
        }
        if (now.exchange() instanceof Offering || now.exchange() instanceof AwaitingAnswer) {
            return new Step(now, new Respond(id, 491));
        }
        return answered(now, id, offer, now.exchange());
    }

    /** Answers a later offer (RFC 3264 §8). */
    private static Step answered(Confirmed now, RequestId id, SessionDescription offer, Exchange next) {
        Negotiation outcome = OfferAnswer.answer(
                now.local(), wanted(now.held()), offer, now.sent(), now.media().keying());
        if (outcome instanceof Negotiation.Agreed agreed) {
            return new Step(
                    now.agreed(agreed.local(), agreed.media(), now.held(), next), new Respond(id, 200, agreed.local()));
        }
        return new Step(now, new Respond(id, 488));
    }

    private static Step acknowledged(Confirmed now, @Nullable SessionDescription answer) {
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
        Negotiation outcome = OfferAnswer.conclude(
                now.local(),
                awaiting.offer(),
                answer,
                awaiting.newDialog() ? null : now.media().keying());
        if (outcome instanceof Negotiation.Agreed agreed) {
            return settle(now.agreed(awaiting.offer(), agreed.media(), awaiting.held(), new Settled()), 0);
        }
        return CallMachine.failed(new Failure.MediaRefused(((Negotiation.Refused) outcome).problem()), new Bye());
    }
}
