// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.machine;

import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.failure.SipStatus;
import com.techpro.callclient.engine.internal.call.sdp.LocalMedia;
import com.techpro.callclient.engine.internal.call.sdp.NegotiatedMedia;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.stack.ice.IceAttributes;
import com.techpro.callclient.stack.media.MediaDirection;
import com.techpro.callclient.stack.media.MediaParameters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The phase of a call; see {@link CallMachine}. The host's view, the sound and the media settings
 * follow from the phase alone.
 */
public sealed interface CallPhase {
    /**
     * Outgoing: media is being opened.
     *
     * @param held whether the user has already put the call on hold
     */
    record OpeningMedia(boolean held) implements CallPhase {}

    /**
     * Outgoing: our INVITE with the offer is on its way; see {@link DiallingCall}.
     *
     * @param forks the phones that responded; the last to send early media is at the end
     * @param ringing whether one of them rings
     * @param held whether the user put the call on hold before it was answered
     * @param lost whether the INVITE went out on a network that this device has left. It is sent
     *     again once the account is reached on another.
     */
    record Dialling(
            LocalMedia local, SessionDescription offer, List<Fork> forks, boolean ringing, boolean held, boolean lost)
            implements CallPhase {
        Dialling(LocalMedia local, SessionDescription offer, List<Fork> forks, boolean ringing, boolean held) {
            this(local, offer, forks, ringing, held, false);
        }

        /** Returns the early media that began last, because the phone system plays it now. */
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

        /** Replaces the fork with the same tag, or adds one; it is then the last. */
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

        /** Forgets the phones that rang. */
        Dialling withoutInvite() {
            return new Dialling(local, offer, List.of(), false, held, true);
        }
    }

    /**
     * A phone that may answer our INVITE. Its early dialog has its own offer and answer (RFC 3261
     * §13.2.1, RFC 3264).
     *
     * @param mine our description as agreed with it: the offer, or our answer to its UPDATE
     * @param media null until it has answered the offer
     * @param updated whether an UPDATE has agreed something since
     * @param ended whether it sent BYE
     * @param withheld whether the phone system forbids its early media (RFC 5009)
     */
    record Fork(
            String remoteTag,
            SessionDescription mine,
            @Nullable NegotiatedMedia media,
            boolean updated,
            boolean ended,
            boolean withheld) {
        /** Creates a fork of which only the tag is known. */
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

    /** Incoming: the INVITE has not been handled yet. */
    record Idle() implements CallPhase {}

    /**
     * Incoming: it rings here.
     *
     * @param invite the INVITE to answer
     * @param offer of the INVITE, or null if the caller leaves the offer to us
     */
    record Incoming(RequestId invite, @Nullable SessionDescription offer) implements CallPhase {}

    /**
     * Incoming: the 200 is sent, the ACK has not arrived.
     *
     * @param mine our description: the answer, or the offer if the INVITE had none
     * @param media null while the answer is expected in the ACK
     * @param target whether the caller knows our Contact
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
     * The call is established.
     *
     * @param mine our description as last agreed
     * @param sent our description as last sent, agreed or not; the next one increments its version
     *     (RFC 3264 §8)
     * @param held whether the user wants the call on hold
     * @param told the hold state that the far end has accepted
     * @param refused whether the far end did not accept another hold state, so that it is not sent
     *     again
     * @param target whether the far end knows our Contact
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
        /** Once the far end does without ICE, we do without it too, until the end. */
        public Confirmed {
            local = media.remoteIce() == null ? local.withoutIce() : local;
        }

        /** Creates the phase as the call begins. */
        Confirmed(LocalMedia local, SessionDescription mine, NegotiatedMedia media, boolean held, Target target) {
            this(local, mine, mine, media, held, false, false, target, new Exchange.Settled());
        }

        Confirmed with(Exchange other) {
            return new Confirmed(local, mine, sent, media, held, told, refused, target, other);
        }

        Confirmed with(Target other) {
            return new Confirmed(local, mine, sent, media, held, told, refused, other, exchange);
        }

        /** Changes our ICE attributes; null changes nothing. */
        Confirmed found(@Nullable IceAttributes ice) {
            return at(local.found(ice));
        }

        Confirmed at(LocalMedia place) {
            return new Confirmed(place, mine, sent, media, held, told, refused, target, exchange);
        }

        Confirmed withHeld(boolean wish) {
            return new Confirmed(local, mine, sent, media, wish, told, false, target, exchange);
        }

        /**
         * Notes that the far end did not accept this hold state. A hold still applies here; a
         * refused resume leaves the call on hold.
         */
        Confirmed refused(boolean wish) {
            boolean keep = held || !wish;
            return new Confirmed(local, mine, sent, media, keep, told, keep != told, target, new Exchange.Settled());
        }

        /** Notes that our offer is sent. */
        Confirmed offering(SessionDescription offer, int attempts) {
            return sending(offer, new Exchange.Offering(offer, held, attempts, target != Target.KNOWN));
        }

        /** Notes that we answered an INVITE without an offer by our own offer. */
        Confirmed awaitingAnswer(SessionDescription offer, boolean newDialog) {
            return sending(offer, new Exchange.AwaitingAnswer(offer, held, newDialog));
        }

        private Confirmed sending(SessionDescription offer, Exchange other) {
            return new Confirmed(local, mine, offer, media, held, told, refused, target, other);
        }

        Confirmed agreed(SessionDescription description, NegotiatedMedia outcome, boolean toldNow, Exchange other) {
            return new Confirmed(local, description, description, outcome, held, toldNow, false, target, other);
        }

        /** Whether we sent an offer that asks for media and has no answer yet. */
        private boolean offersToHear() {
            return (exchange instanceof Exchange.Offering mine && !mine.held())
                    || (exchange instanceof Exchange.AwaitingAnswer theirs && !theirs.held());
        }
    }

    /**
     * Whether the far end knows our Contact (RFC 3261 §12.2, target refresh), and how to tell it if
     * not.
     */
    enum Target {
        KNOWN,
        TELL_BY_UPDATE,
        TELL_BY_INVITE
    }

    /**
     * The call has ended for the user.
     *
     * @param status the response that ended it, or null
     */
    record Terminated(
            CallEnding ending, Linger linger, @Nullable SipStatus status) implements CallPhase {
        public Terminated(CallEnding ending, Linger linger) {
            this(ending, linger, null);
        }
    }

    /**
     * The state of a later offer/answer exchange (RFC 3264 §8, RFC 3261 §14). The {@code target} of
     * our request says whether it carries a Contact that the far end does not know yet.
     */
    sealed interface Exchange {
        record Settled() implements Exchange {}

        /** Our re-INVITE is on its way. */
        record Offering(SessionDescription offer, boolean held, int attempts, boolean target) implements Exchange {}

        /** Our UPDATE without an offer is on its way. */
        record Refreshing(int attempts, boolean target) implements Exchange {}

        /**
         * We answered the far end's re-INVITE, or an INVITE that replaces it; the ACK has not
         * arrived.
         *
         * @param newDialog whether that INVITE created the dialog; BYE is then forbidden before the
         *     ACK (RFC 3261 §15)
         */
        record AwaitingAck(boolean newDialog) implements Exchange {}

        /** As {@link AwaitingAck}, but the INVITE had no offer: our 200 has one, the ACK its answer. */
        record AwaitingAnswer(SessionDescription offer, boolean held, boolean newDialog) implements Exchange {}

        /** Our re-INVITE failed temporarily; a timer runs (RFC 3261 §14.1). */
        record GlareBackoff(int attempts) implements Exchange {}
    }

    /** What the signalling still waits for after the end. */
    enum Linger {
        NOTHING,
        /** A final response: we sent CANCEL, but a 2xx may have crossed it. */
        FINAL_RESPONSE,
        /** An ACK: BYE is forbidden before it (RFC 3261 §15). */
        ACK
    }

    /** The directions in which sound flows (promise C11). */
    record Sound(boolean capture, boolean playback) {
        public static final Sound NONE = new Sound(false, false);
    }

    default CallState state() {
        if (this instanceof Dialling dialling) {
            return dialling.ringing() || dialling.media() != null ? CallState.RINGING_OUT : CallState.DIALLING;
        }
        if (this instanceof OpeningMedia) {
            return CallState.DIALLING;
        }
        if (this instanceof Idle || this instanceof Incoming) {
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

    /** Whether the far end has accepted our hold state. */
    default boolean holdAccepted() {
        return this instanceof Confirmed talking ? talking.held() == talking.told() : !hold().isLocal();
    }

    /** Returns our side of the negotiation; null before media is open. */
    default @Nullable LocalMedia local() {
        return null;
    }

    /** Returns the media agreed so far, or null. */
    default @Nullable NegotiatedMedia media() {
        return null;
    }

    /** Returns our description as last agreed, or null. */
    default @Nullable SessionDescription description() {
        return this instanceof Confirmed talking
                ? talking.mine()
                : this instanceof Answered answered ? answered.mine() : null;
    }

    /**
     * Returns the media settings for now, or null. The far end may send media as soon as it has our
     * offer, and its media may overtake its answer (RFC 3264 §5.1); so it is received already.
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

    /**
     * Returns the sound that is due. The microphone is off before the answer, on hold, and while
     * the far end does not receive; all sound is off after the end.
     */
    default Sound sound() {
        MediaParameters now = parameters();
        if (now == null || hold().isLocal()) {
            return Sound.NONE;
        }
        MediaDirection direction = now.direction();
        return new Sound(!(this instanceof Dialling) && direction.sends(), direction.receives());
    }
}
