// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.machine;

import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.SipStatus;
import com.techpro.callclient.engine.internal.call.machine.CallEffect.Acknowledge;
import com.techpro.callclient.engine.internal.call.machine.CallEffect.Bye;
import com.techpro.callclient.engine.internal.call.machine.CallEffect.Discard;
import com.techpro.callclient.engine.internal.call.machine.CallEffect.Respond;
import com.techpro.callclient.engine.internal.call.machine.CallEffect.Ring180;
import com.techpro.callclient.engine.internal.call.machine.CallEffect.StartRingTimer;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Answered;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Confirmed;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Dialling;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Idle;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Incoming;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Linger;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.OpeningMedia;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Target;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Terminated;
import com.techpro.callclient.engine.internal.call.sdp.NegotiatedMedia;
import com.techpro.callclient.engine.internal.call.sdp.Negotiation;
import com.techpro.callclient.engine.internal.call.sdp.OfferAnswer;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.stack.media.MediaDirection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of a call. It is pure: {@code (phase, input, chance)} gives the next phase and
 * the effects.
 *
 * <pre>
 *   OpeningMedia
 *      │ media open / INVITE
 *      ▼
 *   Dialling ──2xx / ACK──────────────────────► Confirmed ──hang up / BYE──► Terminated
 *      │  └──3xx-6xx, no answer──► Terminated     ▲  │ └──BYE received─────► Terminated
 *      └──hang up, ring timeout / CANCEL          │  └─┐ re-INVITE and UPDATE, either way: see
 *         ──► Terminated (linger)                 │  ◄─┘ {@link SessionModification}
 *     phones that ring: see {@link DiallingCall}  │
 *   Idle                                          │
 *      │ INVITE / 180                             │
 *      ▼                                          │
 *   Incoming ──answer / 200──► Answered ──ACK─────┘
 *      │                          └──hang up──► Terminated (linger until ACK / BYE)
 *      └──reject / 486, 603; forward / 302; hang up / 486; CANCEL / 487; ring timeout / 480
 *         ──► Terminated
 * </pre>
 *
 * For the user the call ends at once; what the protocol still requires is the {@link Linger}.
 */
public final class CallMachine {
    private CallMachine() {}

    /** A phase, and the effects of entering it. */
    public record Step(CallPhase phase, List<CallEffect> effects) {
        Step(CallPhase phase, CallEffect... effects) {
            this(phase, List.of(effects));
        }
    }

    /**
     * @param direction which side started the call, and so owns its Call-ID (RFC 3261 §14.1)
     * @param chance uniform in [0, 1), for waits that must differ between the two sides
     */
    public static Step next(CallPhase phase, CallInput input, CallDirection direction, double chance) {
        if (input instanceof CallInput.Observation what) {
            return observed(phase, what);
        }
        if (input instanceof CallInput.TransferRequested requested) {
            return new Step(phase, new CallEffect.DecideTransfer(requested.id()));
        }
        if (input instanceof CallInput.CandidatesReceived received) {
            return new Step(phase, new CallEffect.AddCandidates(received.id(), received.fragment()));
        }
        if (phase instanceof OpeningMedia preparing) {
            return preparing(preparing, input);
        }
        if (phase instanceof Dialling dialling) {
            return DiallingCall.next(dialling, input);
        }
        if (phase instanceof Idle) {
            return input instanceof CallInput.InviteReceived invite
                    ? new Step(
                            new Incoming(invite.id(), invite.offer()), new Ring180(invite.id()), new StartRingTimer())
                    : new Step(phase);
        }
        if (phase instanceof Incoming incoming) {
            return incoming(incoming, input, chance);
        }
        if (phase instanceof Answered answered) {
            return answered(answered, input);
        }
        if (phase instanceof Confirmed talking) {
            return SessionModification.next(talking, input, direction, chance);
        }
        return terminated((Terminated) phase, input);
    }

    /** An observation changes no phase. After the end, nobody is told of parties and digits. */
    private static Step observed(CallPhase phase, CallInput.Observation what) {
        boolean late = phase instanceof Terminated
                && (what instanceof CallInput.PartyIdentified
                        || what instanceof CallInput.DtmfReceived
                        || what instanceof CallInput.DtmfRefused);
        return late ? new Step(phase) : new Step(phase, new CallEffect.Report(what));
    }

    private static Step preparing(OpeningMedia now, CallInput input) {
        if (input instanceof CallInput.Ready ready) {
            SessionDescription offer = OfferAnswer.offer(ready.local(), MediaDirection.SENDRECV);
            return new Step(
                    new Dialling(ready.local(), offer, List.of(), false, now.held()), new CallEffect.Invite(offer));
        }
        if (input instanceof CallInput.HangUp) {
            return ended(new CallEnding.Cancelled());
        }
        if (input instanceof CallInput.CallFailed broken) {
            return failed(broken.failure());
        }
        if (input instanceof CallInput.Hold || input instanceof CallInput.Resume) {
            return new Step(new OpeningMedia(input instanceof CallInput.Hold));
        }
        return new Step(now);
    }

    private static Step incoming(Incoming now, CallInput input, double chance) {
        if (input instanceof CallInput.Answer answer) {
            return answer(now, answer);
        }
        if (input instanceof CallInput.Reject reject) {
            int status = switch (reject.reason()) {
                case BUSY -> 486;
                case DECLINED -> 603;
                case UNAVAILABLE -> 480;
            };
            return ended(new CallEnding.RejectedHere(reject.reason()), new Respond(now.invite(), status));
        }
        if (input instanceof CallInput.Forward forward) {
            return ended(new CallEnding.Forwarded(), new Respond(now.invite(), forward.to()));
        }
        if (input instanceof CallInput.HangUp) {
            // 603 would also reject for the user's other phones (RFC 3261 §21.6.2); the user
            // declines for that.
            return ended(new CallEnding.RejectedHere(RejectReason.BUSY), new Respond(now.invite(), 486));
        }
        if (input instanceof CallInput.RingTimeout) {
            return ended(new CallEnding.NoAnswer(), new Respond(now.invite(), 480));
        }
        if (input instanceof CallInput.CancelReceived || input instanceof CallInput.ByeReceived) {
            boolean elsewhere = input instanceof CallInput.CancelReceived givenUp
                    ? givenUp.answeredElsewhere()
                    : ((CallInput.ByeReceived) input).answeredElsewhere();
            return ended(
                    elsewhere ? new CallEnding.AnsweredElsewhere() : new CallEnding.CancelledByCaller(),
                    new Respond(now.invite(), 487));
        }
        if (input instanceof CallInput.CallFailed broken) {
            return failed(broken.failure(), new Respond(now.invite(), 500));
        }
        if (input instanceof CallInput.FlowLost) {
            return failed(new Failure.Unreachable(), new Respond(now.invite(), 500));
        }
        if (input instanceof CallInput.ReInviteReceived offered) {
            // RFC 3261 §14.2: the first INVITE has no answer yet.
            return new Step(now, new Respond(offered.id(), 500, null, retryAfter(chance)));
        }
        if (input instanceof CallInput.UpdateReceived updated) {
            // RFC 3311 §5.2: their offer has no answer yet. If they left the offer to us, a second
            // one could not be answered.
            return new Step(
                    now,
                    updated.offer() == null
                            ? new Respond(updated.id(), 200)
                            : new Respond(updated.id(), 500, null, retryAfter(chance)));
        }
        return new Step(now);
    }

    /** Returns a random number of seconds from 0 to 10 (RFC 3261 §14.2, RFC 3311 §5.2). */
    private static int retryAfter(double chance) {
        return (int) (11 * chance);
    }

    private static Step answer(Incoming now, CallInput.Answer answer) {
        if (now.offer() == null) {
            SessionDescription offer = OfferAnswer.offer(answer.local(), MediaDirection.SENDRECV);
            return new Step(
                    new Answered(answer.local(), offer, null, false, Target.KNOWN),
                    new Respond(now.invite(), 200, offer));
        }
        Negotiation outcome = OfferAnswer.answer(answer.local(), MediaDirection.SENDRECV, now.offer());
        if (outcome instanceof Negotiation.Agreed agreed) {
            return new Step(
                    new Answered(answer.local(), agreed.local(), agreed.media(), false, Target.KNOWN),
                    new Respond(now.invite(), 200, agreed.local()));
        }
        return failed(
                new Failure.MediaRefused(((Negotiation.Refused) outcome).problem()), new Respond(now.invite(), 488));
    }

    private static Step answered(Answered now, CallInput input) {
        if (input instanceof CallInput.AckReceived acknowledged) {
            return acknowledged(now, acknowledged.answer());
        }
        if (input instanceof CallInput.LocalAddressChanged moved) {
            return new Step(
                    now.at(moved.of(now.local()), moved.target() == Target.KNOWN ? now.target() : moved.target()));
        }
        if (input instanceof CallInput.AckTimeout) {
            return failed(new Failure.TimedOut(Failure.Waited.RESPONSE), new Bye());
        }
        if (input instanceof CallInput.HangUp) {
            return new Step(new Terminated(new CallEnding.LocalHangUp(), Linger.ACK));
        }
        if (input instanceof CallInput.CallFailed broken) {
            return new Step(new Terminated(new CallEnding.Failed(broken.failure()), Linger.ACK));
        }
        if (input instanceof CallInput.Transferred transferred) {
            return new Step(
                    new Terminated(new CallEnding.Transferred(), transferred.goodbye() ? Linger.NOTHING : Linger.ACK));
        }
        if (input instanceof CallInput.ByeReceived goodbye) {
            return ended(
                    goodbye.answeredElsewhere() ? new CallEnding.AnsweredElsewhere() : new CallEnding.RemoteHangUp());
        }
        if (input instanceof CallInput.Hold || input instanceof CallInput.Resume) {
            return new Step(now.withHeld(input instanceof CallInput.Hold));
        }
        if (input instanceof CallInput.ReInviteReceived offered) {
            return new Step(now, new Respond(offered.id(), 491));
        }
        return input instanceof CallInput.UpdateReceived updated ? updated(now, updated) : new Step(now);
    }

    /**
     * Handles an UPDATE. After we answered the caller's offer, the caller may send another one,
     * even before its ACK (RFC 3311 §5.2).
     */
    private static Step updated(Answered now, CallInput.UpdateReceived update) {
        if (update.offer() == null) {
            return new Step(now, new Respond(update.id(), 200));
        }
        if (now.media() == null) {
            return new Step(now, new Respond(update.id(), 491));
        }
        Negotiation outcome = OfferAnswer.answer(
                now.local(),
                MediaDirection.SENDRECV,
                update.offer(),
                now.mine(),
                now.media().keying());
        if (outcome instanceof Negotiation.Agreed agreed) {
            return new Step(now.with(agreed.local(), agreed.media()), new Respond(update.id(), 200, agreed.local()));
        }
        return new Step(now, new Respond(update.id(), 488));
    }

    private static Step acknowledged(Answered now, @Nullable SessionDescription answer) {
        NegotiatedMedia media = now.media();
        if (media == null) {
            if (answer == null) {
                return failed(new Failure.ProtocolViolation("an offer was acknowledged without an answer"), new Bye());
            }
            Negotiation outcome = OfferAnswer.conclude(now.local(), now.mine(), answer);
            if (outcome instanceof Negotiation.Refused refused) {
                return failed(new Failure.MediaRefused(refused.problem()), new Bye());
            }
            media = ((Negotiation.Agreed) outcome).media();
        }
        return SessionModification.settle(new Confirmed(now.local(), now.mine(), media, now.held(), now.target()), 0);
    }

    private static Step terminated(Terminated now, CallInput input) {
        Terminated done = new Terminated(now.ending(), Linger.NOTHING, now.status());
        if (input instanceof CallInput.Accepted accepted) {
            // The answer crossed our CANCEL (RFC 3261 §9.1), or our BYE crossed the answer to a re-INVITE.
            return now.linger() == Linger.FINAL_RESPONSE
                    ? new Step(done, new Discard(accepted.id()))
                    : new Step(now, new Acknowledge(accepted.id()));
        }
        if (now.linger() == Linger.FINAL_RESPONSE
                && (input instanceof CallInput.Refused || input instanceof CallInput.InviteTimeout)) {
            return new Step(done);
        }
        if (now.linger() == Linger.ACK) {
            if (input instanceof CallInput.AckReceived || input instanceof CallInput.AckTimeout) {
                return new Step(done, new Bye());
            }
            if (input instanceof CallInput.ByeReceived) {
                return new Step(done);
            }
        }
        // Until our INVITE has a final response, its early dialogs exist (RFC 3261 §12.3) and it is
        // in progress (§14.2).
        boolean dialled = now.linger() == Linger.FINAL_RESPONSE;
        if (input instanceof CallInput.Replaced replaced) {
            return new Step(now, new Respond(replaced.id(), 603));
        }
        if (input instanceof CallInput.ReInviteReceived offered) {
            return new Step(now, new Respond(offered.id(), dialled ? 491 : 481));
        }
        if (input instanceof CallInput.UpdateReceived updated) {
            int status = !dialled ? 481 : updated.offer() == null ? 200 : 491;
            return new Step(now, new Respond(updated.id(), status));
        }
        return new Step(now);
    }

    /** Ends what was asked of the former far end, or by it, and tells of the new one. */
    static Step replaced(CallPhase next, CallInput.Replaced input, SessionDescription ours) {
        return new Step(
                next,
                new CallEffect.AbandonTransfers(),
                new Respond(input.id(), 200, ours),
                new CallEffect.Report(new CallInput.PartyIdentified(input.party())));
    }

    static Step failed(Failure failure, CallEffect... effects) {
        return ended(new CallEnding.Failed(failure), effects);
    }

    /** Ends the call with the response that ended it. */
    static Step ended(CallEnding ending, SipStatus status, CallEffect... effects) {
        return new Step(new Terminated(ending, Linger.NOTHING, status), effects);
    }

    static Step ended(CallEnding ending, CallEffect... effects) {
        return new Step(new Terminated(ending, Linger.NOTHING), effects);
    }
}
