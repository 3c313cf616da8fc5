// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.call.SipStatus;
import com.techpro.callclient.engine.internal.call.sdp.LocalMedia;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.engine.internal.ice.IceAttributes;
import com.techpro.callclient.engine.internal.sip.SipEndpoint;
import com.techpro.callclient.engine.internal.sip.dialog.Dialog;
import com.techpro.callclient.engine.internal.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.ports.phonesystem.KeyExchange;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a call reacts to. */
sealed interface CallInput {
    /** Media has been opened for a call that we make. */
    record Ready(LocalMedia local) implements CallInput {}

    /** The user takes the call; media has been opened for it. */
    record Answer(LocalMedia local) implements CallInput {}

    record Reject(RejectReason reason) implements CallInput {}

    /** The caller is sent on to somebody else. */
    record Forward(Forwarding to) implements CallInput {}

    record HangUp() implements CallInput {}

    record Hold() implements CallInput {}

    record Resume() implements CallInput {}

    /**
     * The phone system reaches us elsewhere now: by another connection, or at another address of this machine.
     *
     * @param rtp where media is received now, or null if it stayed where it was
     * @param target whether our Contact is one that the other side does not know, and how to tell it
     * @param ice how media is found now, {@link IceAttributes#NONE} if not by ICE any more, or null if that is as it was
     */
    record LocalAddressChanged(
            @Nullable InetSocketAddress rtp,
            CallPhase.Target target,
            @Nullable IceAttributes ice) implements CallInput {
        LocalAddressChanged(@Nullable InetSocketAddress rtp, CallPhase.Target target) {
            this(rtp, target, null);
        }

        /** Where and how media is received now. */
        LocalMedia of(LocalMedia before) {
            return before.at(rtp == null ? before.rtp() : rtp).found(ice);
        }
    }

    /** Something of ours that the call cannot do without failed. */
    record CallFailed(Failure failure) implements CallInput {}

    /**
     * A provisional response to our first INVITE.
     *
     * @param remoteTag of the phone it comes from; empty if it does not say
     * @param earlyMedia what the phone system says of sound before an answer
     */
    record Progress(
            String remoteTag, boolean ringing, @Nullable SessionDescription answer, EarlyMedia earlyMedia)
            implements CallInput {}

    /** Whether the phone system lets sound from there be heard before an answer (P-Early-Media, RFC 5009 §8). */
    enum EarlyMedia {
        UNSAID,
        PERMITTED,
        WITHHELD
    }

    /** A phone that rang for our first INVITE says goodbye; the others go on (RFC 3261 §15). It has been answered. */
    record EarlyDialogEnded(String remoteTag) implements CallInput {}

    /** A 2xx to our INVITE, first or later: {@link CallEffect.Acknowledge} or {@link CallEffect.Discard} is owed. */
    record Accepted(AnswerId id, @Nullable SessionDescription answer) implements CallInput {}

    /**
     * A final no to our INVITE, first or later.
     *
     * @param instead what keys to offer instead of those of the first, or null if the no is one to the call
     */
    record Refused(
            SipStatus status, CallEnding ending, @Nullable Set<KeyExchange> instead) implements CallInput {
        Refused(SipStatus status, CallEnding ending) {
            this(status, ending, null);
        }
    }

    /** No final response to our INVITE, first or later. */
    record InviteTimeout(Failure failure) implements CallInput {}

    /** Our first INVITE went out on a network that this device has left: no answer to it can come. */
    record InviteLost() implements CallInput {}

    /** A request in the dialog that may have an offer. */
    sealed interface OfferReceived extends CallInput {
        @Nullable
        SessionDescription offer();

        /** How media is found that this is answered with, or null if that is as it was. */
        @Nullable
        IceAttributes ice();

        OfferReceived found(IceAttributes now);
    }

    /** Their later INVITE: {@link CallEffect.Respond} is owed; a malformed body has been answered already. */
    record ReInviteReceived(
            RequestId id,
            @Nullable SessionDescription offer,
            @Nullable IceAttributes ice) implements OfferReceived {
        ReInviteReceived(RequestId id, @Nullable SessionDescription offer) {
            this(id, offer, null);
        }

        @Override
        public ReInviteReceived found(IceAttributes now) {
            return new ReInviteReceived(id, offer, now);
        }
    }

    /** Their UPDATE (RFC 3311): {@link CallEffect.Respond} is owed. */
    record UpdateReceived(
            RequestId id,
            @Nullable SessionDescription offer,
            @Nullable IceAttributes ice) implements OfferReceived {
        UpdateReceived(RequestId id, @Nullable SessionDescription offer) {
            this(id, offer, null);
        }

        @Override
        public UpdateReceived found(IceAttributes now) {
            return new UpdateReceived(id, offer, now);
        }
    }

    /**
     * Somebody takes the other side's place (RFC 3891): {@link CallEffect.Respond} is owed, and with a 2xx the call is with them.
     *
     * @param local as before, with keys that whoever leaves does not have
     */
    record Replaced(
            RequestId id,
            @Nullable SessionDescription offer,
            LocalMedia local,
            @Nullable IceAttributes ice) implements OfferReceived {
        @Override
        public Replaced found(IceAttributes now) {
            return new Replaced(id, offer, local, now);
        }
    }

    /** Their ACK of our 2xx. */
    record AckReceived(@Nullable SessionDescription answer) implements CallInput {}

    /** Their ACK of our 2xx never came. */
    record AckTimeout() implements CallInput {}

    /** Their BYE; it has been answered. */
    record ByeReceived(boolean answeredElsewhere) implements CallInput {}

    /**
     * The other side talks to somebody else now, as we wished.
     *
     * @param goodbye whether its BYE has come; it has been answered
     */
    record Transferred(boolean goodbye) implements CallInput {}

    /** Our BYE was answered, or never will be: nothing changes, but the call can be let go. */
    record ByeCompleted() implements CallInput {}

    /** Their CANCEL. */
    record CancelReceived(boolean answeredElsewhere) implements CallInput {}

    /** Their INVITE cannot be answered any more: its connection is gone, and nothing else leads to where it came from. */
    record FlowLost() implements CallInput {}

    record RingTimeout() implements CallInput {}

    /** The pause of {@link CallEffect.StartGlareBackoff} is over. */
    record GlareBackoffElapsed() implements CallInput {}

    /**
     * The session has to be refreshed by us (RFC 4028 §7.4).
     *
     * @param byUpdate whether the other side takes UPDATE
     */
    record RefreshDue(boolean byUpdate) implements CallInput {}

    /** Our UPDATE was accepted. */
    record Refreshed() implements CallInput {}

    /** A final no to our UPDATE. */
    record RefreshRefused(SipStatus status, CallEnding ending) implements CallInput {}

    /** No final response to our UPDATE. */
    record RefreshUnanswered(Failure failure) implements CallInput {}

    /** Nobody refreshed the session in time (RFC 4028 §10). */
    record SessionExpired() implements CallInput {}

    /** Nothing was received for longer than the call may go on. */
    record MediaMissing() implements CallInput {}

    /** What a part of the call has found, which leads it to no other phase: somebody is told, or does something about it. */
    sealed interface Finding extends CallInput {}

    /** The phone system says who the other side is now. */
    record PartyIdentified(PartyIdentity party) implements Finding {}

    /** The other side has pressed a key. */
    record KeyPressed(char tone, ReceivedDtmf.Path path, Duration length) implements Finding {
        @Override
        public String toString() {
            return "KeyPressed[redacted]";
        }
    }

    /** Keys of ours were not taken. */
    record KeysRefused(CommandRefusal why) implements Finding {}

    /** The other side asks to be left for somebody else (REFER): an answer to it is owed. */
    record TransferRequested(ServerTransactionHandle refer, SipEndpoint endpoint, Dialog within) implements Finding {}

    /** Somebody has taken the other side's place: what was asked of that one, or by it, is over. */
    record PlaceTaken() implements Finding {}

    /** Candidates of the other side that follow its description: an answer is owed. */
    record CandidatesReceived(RequestId id, String fragment) implements Finding {
        @Override
        public String toString() {
            return "CandidatesReceived[redacted]";
        }
    }

    /** There may be more to tell of where this side is found. */
    record CandidatesFound() implements Finding {}

    /** What ICE found does not work any more, or nothing that it tried did. */
    record WayLost() implements Finding {}

    /** A handshake has given keys for this cipher. */
    record Keyed(SrtpSuite cipher) implements Finding {}

    /** No sound has come for a while, or it comes again. Only of an established call. */
    record ReceptionChanged(boolean nothingArrives) implements Finding {}

    /** A device of the call's sound cannot be used; it is tried again. */
    record AudioInterrupted(Failure failure) implements Finding {}

    /** The devices of the call's sound can be used again. */
    record AudioRestored() implements Finding {}
}
