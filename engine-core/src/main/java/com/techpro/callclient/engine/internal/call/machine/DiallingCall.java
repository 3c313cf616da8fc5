// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.machine;

import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.internal.call.machine.CallEffect.Acknowledge;
import com.techpro.callclient.engine.internal.call.machine.CallEffect.Cancel;
import com.techpro.callclient.engine.internal.call.machine.CallEffect.Discard;
import com.techpro.callclient.engine.internal.call.machine.CallEffect.Respond;
import com.techpro.callclient.engine.internal.call.machine.CallMachine.Step;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Answered;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Confirmed;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Dialling;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Fork;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Linger;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Target;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Terminated;
import com.techpro.callclient.engine.internal.call.sdp.LocalMedia;
import com.techpro.callclient.engine.internal.call.sdp.Negotiation;
import com.techpro.callclient.engine.internal.call.sdp.OfferAnswer;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.ports.phonesystem.KeyExchange;
import com.techpro.callclient.stack.media.MediaDirection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of {@link CallMachine} in which our INVITE is on its way and phones ring. If the phone
 * system forks it there are several; each has an early dialog with its own offer and answer (RFC
 * 3261 §13.2.2).
 *
 * <pre>
 *   of each phone:   unheard ──1xx with answer──► early media ──UPDATE with offer / 200──► early media
 *                       │                             │
 *                       │  UPDATE with offer / 491    │  UPDATE without / 200
 *                       └──BYE──► ended ◄──BYE────────┘
 *   of the call:     the first 2xx decides; what its own dialog agreed is the call's, what others did is not
 *                    488 to the keys ──the others / INVITE──► as from the start, once
 *                    device leaves the network ──► lost ──registered at another address / INVITE──► as from the start
 * </pre>
 */
public final class DiallingCall {
    private DiallingCall() {}

    static Step next(Dialling now, CallInput input) {
        if (now.lost() && !(input instanceof CallInput.OfferReceived)) {
            return lost(now, input);
        }
        if (input instanceof CallInput.InviteLost) {
            return new Step(now.withoutInvite());
        }
        if (input instanceof CallInput.Progress progress) {
            return new Step(progress(now, progress));
        }
        if (input instanceof CallInput.EarlyDialogEnded ended) {
            return new Step(ended(now, ended.remoteTag()));
        }
        if (input instanceof CallInput.Accepted accepted) {
            return accepted(now, accepted);
        }
        if (input instanceof CallInput.UpdateReceived update) {
            return updated(now, update);
        }
        if (input instanceof CallInput.ReInviteReceived offered) {
            // RFC 3261 §14.2: our own INVITE is in progress.
            return new Step(now, new Respond(offered.id(), 491));
        }
        if (input instanceof CallInput.Replaced replaced) {
            return replaced(now, replaced);
        }
        if (input instanceof CallInput.LocalAddressChanged moved) {
            return new Step(now.at(moved.of(now.local())));
        }
        if (input instanceof CallInput.Refused refused) {
            return refused.instead() == null
                    ? CallMachine.ended(refused.ending(), refused.status())
                    : offeredAgain(now, refused.instead());
        }
        if (input instanceof CallInput.InviteTimeout unanswered) {
            return CallMachine.failed(unanswered.failure());
        }
        if (input instanceof CallInput.HangUp) {
            return cancelled(new CallEnding.Cancelled());
        }
        if (input instanceof CallInput.RingTimeout) {
            return cancelled(new CallEnding.NoAnswer());
        }
        if (input instanceof CallInput.CallFailed broken) {
            return cancelled(new CallEnding.Failed(broken.failure()));
        }
        if (input instanceof CallInput.Hold || input instanceof CallInput.Resume) {
            return new Step(now.withHeld(input instanceof CallInput.Hold));
        }
        return new Step(now);
    }

    /**
     * Offers other key exchanges (RFC 3261 §8.1.3.5). The phones that rang stop, but for the user
     * it is one call.
     */
    private static Step offeredAgain(Dialling now, Set<KeyExchange> keys) {
        LocalMedia local = now.local().offering(keys);
        SessionDescription offer = OfferAnswer.offerAgain(local, MediaDirection.SENDRECV, now.offer());
        return new Step(new Dialling(local, offer, List.of(), now.ringing(), now.held()), new CallEffect.Invite(offer));
    }

    /**
     * Handles inputs while the INVITE is lost. It is sent again once the account is reached at
     * another address.
     */
    private static Step lost(Dialling now, CallInput input) {
        if (input instanceof CallInput.LocalAddressChanged moved) {
            LocalMedia local = moved.of(now.local());
            SessionDescription offer = OfferAnswer.offer(local, MediaDirection.SENDRECV);
            return new Step(new Dialling(local, offer, now.forks(), false, now.held()), new CallEffect.Invite(offer));
        }
        if (input instanceof CallInput.Accepted late) {
            return new Step(now, new Discard(late.id()));
        }
        if (input instanceof CallInput.HangUp) {
            return CallMachine.ended(new CallEnding.Cancelled());
        }
        if (input instanceof CallInput.RingTimeout) {
            return CallMachine.ended(new CallEnding.NoAnswer());
        }
        if (input instanceof CallInput.CallFailed broken) {
            return CallMachine.failed(broken.failure());
        }
        if (input instanceof CallInput.Hold || input instanceof CallInput.Resume) {
            return new Step(now.withHeld(input instanceof CallInput.Hold));
        }
        return new Step(now);
    }

    /**
     * Takes a call pickup (RFC 3891 §7.1): it counts as the answer, and our INVITE is cancelled.
     */
    private static Step replaced(Dialling now, CallInput.Replaced input) {
        LocalMedia local = input.local().found(input.ice());
        SessionDescription offer = input.offer();
        if (offer == null) {
            SessionDescription ours = OfferAnswer.offer(local, MediaDirection.SENDRECV);
            return CallMachine.replaced(new Answered(local, ours, null, now.held(), Target.KNOWN), input, ours);
        }
        return OfferAnswer.answer(local, MediaDirection.SENDRECV, offer) instanceof Negotiation.Agreed agreed
                ? CallMachine.replaced(
                        new Answered(local, agreed.local(), agreed.media(), now.held(), Target.KNOWN),
                        input,
                        agreed.local())
                : new Step(now, new Respond(input.id(), 488));
    }

    private static Step cancelled(CallEnding ending) {
        return new Step(new Terminated(ending, Linger.FINAL_RESPONSE), new Cancel());
    }

    private static Dialling progress(Dialling now, CallInput.Progress progress) {
        Dialling heard = progress.ringing() ? now.withRinging() : now;
        Fork known = now.fork(progress.remoteTag());
        Fork fork = (known == null ? Fork.heard(progress.remoteTag(), now.offer()) : known).with(progress.earlyMedia());
        if (progress.answer() != null
                && !fork.updated()
                && OfferAnswer.conclude(now.local(), now.offer(), progress.answer())
                        instanceof Negotiation.Agreed agreed) {
            return heard.with(fork.agreed(now.offer(), agreed.media(), false));
        }
        return fork.equals(known) ? heard : heard.with(fork);
    }

    private static Dialling ended(Dialling now, String remoteTag) {
        Fork fork = now.fork(remoteTag);
        return fork == null ? now : now.with(fork.gone());
    }

    /**
     * Handles an UPDATE (RFC 3311 §5.2). Without an offer it reports the called party or refreshes
     * the target, which the dialog has already handled.
     */
    private static Step updated(Dialling now, CallInput.UpdateReceived update) {
        if (update.offer() == null) {
            return new Step(now, new Respond(update.id(), 200));
        }
        Fork fork = now.fork(update.id().remoteTag());
        if (fork == null || fork.media() == null) {
            return new Step(now, new Respond(update.id(), 491));
        }
        Negotiation outcome = OfferAnswer.answer(
                now.local(),
                MediaDirection.SENDRECV,
                update.offer(),
                fork.mine(),
                fork.media().keying());
        if (outcome instanceof Negotiation.Agreed agreed) {
            return new Step(
                    now.with(fork.agreed(agreed.local(), agreed.media(), true)),
                    new Respond(update.id(), 200, agreed.local()));
        }
        return new Step(now, new Respond(update.id(), 488));
    }

    /**
     * Handles a 2xx. The answer is in it or was in an earlier provisional response of the same
     * phone (RFC 3261 §13.2.1). After an UPDATE, the answer in the 2xx is outdated.
     */
    private static Step accepted(Dialling now, CallInput.Accepted accepted) {
        Fork tagged = now.fork(accepted.id().remoteTag());
        // A phone may give its tag late.
        Fork known = tagged == null ? now.fork("") : tagged;
        Fork fork = known == null ? Fork.heard("", now.offer()) : known;
        if (fork.ended()) {
            // Its BYE overtook its 2xx.
            return CallMachine.ended(new CallEnding.RemoteHangUp(), new Discard(accepted.id()));
        }
        @Nullable SessionDescription answer = fork.updated() ? null : accepted.answer();
        Negotiation outcome = answer == null ? null : OfferAnswer.conclude(now.local(), now.offer(), answer);
        if (outcome instanceof Negotiation.Refused refused) {
            return CallMachine.failed(new Failure.MediaRefused(refused.problem()), new Discard(accepted.id()));
        }
        var media = outcome instanceof Negotiation.Agreed agreed ? agreed.media() : fork.media();
        if (media == null) {
            return CallMachine.failed(
                    new Failure.ProtocolViolation("an offer was accepted without an answer"),
                    new Discard(accepted.id()));
        }
        Confirmed talking = new Confirmed(now.local(), fork.mine(), media, now.held(), Target.KNOWN);
        return SessionModification.settle(talking, 0, new Acknowledge(accepted.id()));
    }
}
