// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.SipStatus;
import com.techpro.callclient.engine.internal.call.sdp.LocalMedia;
import com.techpro.callclient.engine.internal.call.sdp.NegotiatedMedia;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.engine.internal.ice.IceAttributes;
import com.techpro.callclient.engine.internal.media.Direction;
import com.techpro.callclient.engine.internal.media.MediaParameters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a call has come; see {@link CallMachine}. What the host sees, which sound is due and what media is set to follow from the
 * phase alone.
 */
sealed interface CallPhase {
    /**
     * Outgoing: media is being opened.
     *
     * @param held whether the user put the call on hold already
     */
    record OpeningMedia(boolean held) implements CallPhase {}

    /**
     * Outgoing: the INVITE with our offer is on its way; see {@link DiallingCall}.
     *
     * @param forks the phones that were heard of, the last to send media at the end
     * @param ringing whether one of them rings
     * @param held whether the user put the call on hold before it was answered
     * @param lost whether the INVITE went out on a network that this device has left, and goes out anew when the account is reached on another
     */
    record Dialling(
            LocalMedia local, SessionDescription offer, List<Fork> forks, boolean ringing, boolean held, boolean lost)
            implements CallPhase {
        Dialling(LocalMedia local, SessionDescription offer, List<Fork> forks, boolean ringing, boolean held) {
            this(local, offer, forks, ringing, held, false);
        }

        /** Of several phones with early media, the one that began last is heard: it is what the phone system plays now. */
        @Override
        public @Nullable NegotiatedMedia media() {
            for (int i = forks.size() - 1; i >= 0; i--) {
                Fork fork = forks.get(i);
                if (fork.media() != null && !fork.ended() && !fork.withheld()) {
                    return fork.media();
                }
            }
            return null;
        }

        @Nullable
        Fork fork(String remoteTag) {
            return forks.stream()
                    .filter(fork -> fork.remoteTag().equals(remoteTag))
                    .findFirst()
                    .orElse(null);
        }

        /** In place of the one with the same tag, or as one more; at the end. */
        Dialling with(Fork changed) {
            List<Fork> all = new ArrayList<>(forks);
            all.removeIf(fork -> fork.remoteTag().equals(changed.remoteTag()));
            all.add(changed);
            return new Dialling(local, offer, all, ringing, held, lost);
        }

        Dialling withRinging() {
            return new Dialling(local, offer, forks, true, held, lost);
        }

        Dialling withHeld(boolean wish) {
            return new Dialling(local, offer, forks, ringing, wish, lost);
        }

        Dialling at(LocalMedia place) {
            return new Dialling(place, offer, forks, ringing, held, lost);
        }

        /** Whatever rang is not heard of any more. */
        Dialling withoutInvite() {
            return new Dialling(local, offer, List.of(), false, held, true);
        }
    }

    /**
     * One of the phones that may answer our INVITE: its early dialog has an offer and answer of its own (RFC 3261 §13.2.1, RFC 3264).
     *
     * @param mine our description as agreed with it: the offer, or our answer to an UPDATE of its
     * @param media null as long as it has not answered the offer
     * @param updated whether an UPDATE has agreed something since
     * @param ended whether it said goodbye
     * @param withheld whether the phone system wants its sound not to be heard before an answer (RFC 5009)
     */
    record Fork(
            String remoteTag,
            SessionDescription mine,
            @Nullable NegotiatedMedia media,
            boolean updated,
            boolean ended,
            boolean withheld) {
        /** Nothing but its being there is known. */
        static Fork heard(String remoteTag, SessionDescription offer) {
            return new Fork(remoteTag, offer, null, false, false, false);
        }

        Fork agreed(SessionDescription description, NegotiatedMedia outcome, boolean byUpdate) {
            return new Fork(remoteTag, description, outcome, byUpdate, ended, withheld);
        }

        Fork gone() {
            return new Fork(remoteTag, mine, media, updated, true, withheld);
        }

        Fork with(CallInput.EarlyMedia said) {
            return said == CallInput.EarlyMedia.UNSAID
                    ? this
                    : new Fork(remoteTag, mine, media, updated, ended, said == CallInput.EarlyMedia.WITHHELD);
        }
    }

    /**
     * It rings here.
     *
     * @param invite wants the answer
     * @param offer of the INVITE, or null if the caller leaves the offer to us
     */
    record Incoming(RequestId invite, @Nullable SessionDescription offer) implements CallPhase {}

    /**
     * Incoming: the 200 is on its way, the ACK has not come.
     *
     * @param mine our description: the answer, or the offer if the INVITE had none
     * @param media null as long as the ACK has to bring the answer
     * @param target whether the caller knows where its requests reach us
     */
    record Answered(
            LocalMedia local,
            SessionDescription mine,
            @Nullable NegotiatedMedia media,
            boolean held,
            Target target) implements CallPhase {
        Answered with(SessionDescription description, NegotiatedMedia outcome) {
            return new Answered(local, description, outcome, held, target);
        }

        Answered withHeld(boolean wish) {
            return new Answered(local, mine, media, wish, target);
        }

        Answered at(LocalMedia place, Target changed) {
            return new Answered(place, mine, media, held, changed);
        }
    }

    /**
     * Both sides are there.
     *
     * @param mine our description as last agreed
     * @param sent our description as last sent, agreed or not: the next one counts on from it (RFC 3264 §8)
     * @param held whether the user wants the call on hold
     * @param told the wish that the other side has accepted
     * @param refused whether it was told of another wish and did not accept it, so that it is not told again
     * @param target whether the other side knows where its requests reach us
     */
    record Confirmed(
            LocalMedia local,
            SessionDescription mine,
            SessionDescription sent,
            NegotiatedMedia media,
            boolean held,
            boolean told,
            boolean refused,
            Target target,
            Exchange exchange)
            implements CallPhase {
        /** A side that has done without ICE once does so to the end. */
        public Confirmed {
            local = media.remoteIce() == null ? local.withoutIce() : local;
        }

        /** As the call begins. */
        Confirmed(LocalMedia local, SessionDescription mine, NegotiatedMedia media, boolean held, Target target) {
            this(local, mine, mine, media, held, false, false, target, new Exchange.Settled());
        }

        Confirmed with(Exchange other) {
            return new Confirmed(local, mine, sent, media, held, told, refused, target, other);
        }

        Confirmed with(Target other) {
            return new Confirmed(local, mine, sent, media, held, told, refused, other, exchange);
        }

        /** Media is found in another way; null changes nothing. */
        Confirmed found(@Nullable IceAttributes ice) {
            return at(local.found(ice));
        }

        Confirmed at(LocalMedia place) {
            return new Confirmed(place, mine, sent, media, held, told, refused, target, exchange);
        }

        Confirmed withHeld(boolean wish) {
            return new Confirmed(local, mine, sent, media, wish, told, false, target, exchange);
        }

        /** The other side does not accept this wish: a hold is kept here all the same, and the call stays on hold where it was. */
        Confirmed refused(boolean wish) {
            boolean keep = held || !wish;
            return new Confirmed(local, mine, sent, media, keep, told, keep != told, target, new Exchange.Settled());
        }

        /** An offer of ours goes out. */
        Confirmed offering(SessionDescription offer, int attempts) {
            return sending(offer, new Exchange.Offering(offer, held, attempts, target != Target.KNOWN));
        }

        /** Their INVITE without an offer is answered with ours. */
        Confirmed awaitingAnswer(SessionDescription offer, boolean newDialog) {
            return sending(offer, new Exchange.AwaitingAnswer(offer, held, newDialog));
        }

        private Confirmed sending(SessionDescription offer, Exchange other) {
            return new Confirmed(local, mine, offer, media, held, told, refused, target, other);
        }

        Confirmed agreed(SessionDescription description, NegotiatedMedia outcome, boolean toldNow, Exchange other) {
            return new Confirmed(local, description, description, outcome, held, toldNow, false, target, other);
        }

        /** Whether an offer of ours is open that asks for sound. */
        private boolean offersToHear() {
            return (exchange instanceof Exchange.Offering mine && !mine.held())
                    || (exchange instanceof Exchange.AwaitingAnswer theirs && !theirs.held());
        }
    }

    /** Whether the other side of the dialog knows our Contact (RFC 3261 §12.2: target refresh), and how to tell it if not. */
    enum Target {
        KNOWN,
        TELL_BY_UPDATE,
        TELL_BY_INVITE
    }

    /**
     * Over for the user.
     *
     * @param status the response that ended it, or null
     */
    record Terminated(
            CallEnding ending, Linger linger, @Nullable SipStatus status) implements CallPhase {
        Terminated(CallEnding ending, Linger linger) {
            this(ending, linger, null);
        }
    }

    /** Where a later offer/answer exchange stands (RFC 3264 §8, RFC 3261 §14). */
    sealed interface Exchange {
        record Settled() implements Exchange {}

        /**
         * Our re-INVITE is on its way.
         *
         * @param target whether it tells a Contact that the other side does not know yet
         */
        record Offering(SessionDescription offer, boolean held, int attempts, boolean target) implements Exchange {}

        /**
         * Our UPDATE without an offer is on its way.
         *
         * @param target whether it tells a Contact that the other side does not know yet
         */
        record Refreshing(int attempts, boolean target) implements Exchange {}

        /**
         * We answered their re-INVITE, or the INVITE of somebody who takes the other side's place; its ACK has not come.
         *
         * @param newDialog whether it is the INVITE that made the dialog: before its ACK, BYE is not allowed (RFC 3261 §15)
         */
        record AwaitingAck(boolean newDialog) implements Exchange {}

        /**
         * Theirs had no offer, so our 200 had; the ACK brings the answer.
         *
         * @param newDialog as of {@link AwaitingAck}
         */
        record AwaitingAnswer(SessionDescription offer, boolean held, boolean newDialog) implements Exchange {}

        /** Our re-INVITE failed for now; a timer runs (RFC 3261 §14.1). */
        record GlareBackoff(int attempts) implements Exchange {}
    }

    /** What the signalling still owes after the end. */
    enum Linger {
        NOTHING,
        /** A final response: we cancelled, but an answer may have crossed. */
        FINAL_RESPONSE,
        /** An ACK: before it, BYE is not allowed (RFC 3261 §15). */
        ACK
    }

    /** Which directions of sound are due (promise C11). */
    record Sound(boolean capture, boolean playback) {
        static final Sound NONE = new Sound(false, false);
    }

    default CallState state() {
        if (this instanceof Dialling dialling) {
            return dialling.ringing() || dialling.media() != null ? CallState.RINGING_OUT : CallState.DIALLING;
        }
        if (this instanceof OpeningMedia) {
            return CallState.DIALLING;
        }
        if (this instanceof Incoming) {
            return CallState.INCOMING;
        }
        if (this instanceof Answered) {
            return CallState.CONNECTING;
        }
        return this instanceof Confirmed ? CallState.ESTABLISHED : CallState.ENDED;
    }

    default HoldState hold() {
        if (this instanceof Confirmed talking) {
            return HoldState.of(talking.held(), talking.media().remoteHold());
        }
        if (this instanceof Answered answered) {
            return HoldState.of(
                    answered.held(),
                    answered.media() != null && answered.media().remoteHold());
        }
        boolean held =
                this instanceof Dialling dialling ? dialling.held() : this instanceof OpeningMedia now && now.held();
        return HoldState.of(held, false);
    }

    /** Whether the other side has accepted what this side wants: to hold, or not to. */
    default boolean holdAccepted() {
        return this instanceof Confirmed talking ? talking.held() == talking.told() : !hold().isLocal();
    }

    /** What this side brings to the negotiation; null before media is open. */
    default @Nullable LocalMedia local() {
        return null;
    }

    /** What the two sides have agreed so far, or null. */
    default @Nullable NegotiatedMedia media() {
        return null;
    }

    /** Our description as last agreed, or null. */
    default @Nullable SessionDescription description() {
        return this instanceof Confirmed talking
                ? talking.mine()
                : this instanceof Answered answered ? answered.mine() : null;
    }

    /**
     * How media goes now, or null. The other side may speak as soon as it has our offer, and its words may be here before its answer
     * (RFC 3264 §5.1): then they are heard already.
     */
    default @Nullable MediaParameters parameters() {
        NegotiatedMedia media = media();
        if (media == null) {
            return null;
        }
        return this instanceof Confirmed talking && talking.offersToHear()
                ? media.parameters().receiving()
                : media.parameters();
    }

    /** No microphone before an answer, while held here, or while the other side does not listen; no sound after the end. */
    default Sound sound() {
        MediaParameters now = parameters();
        if (now == null || hold().isLocal()) {
            return Sound.NONE;
        }
        Direction direction = now.direction();
        return new Sound(!(this instanceof Dialling) && direction.sends(), direction.receives());
    }
}
