// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.machine;

import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.SipStatus;
import com.techpro.callclient.engine.internal.call.sdp.LocalMedia;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.ports.phonesystem.KeyExchange;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.ice.IceAttributes;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An input of the {@link CallMachine}: what the user, the far end or a part of the call does. */
public sealed interface CallInput {
    /** Media is open for an outgoing call. */
    record Ready(LocalMedia local) implements CallInput {}

    /**
     * The INVITE of a caller, with which an incoming call begins; {@link CallEffect.Respond} must
     * follow once the call is answered or ends.
     *
     * @param offer acceptable, or null if the caller leaves the offer to us
     */
    record InviteReceived(RequestId id, @Nullable SessionDescription offer) implements CallInput {}

    /** The user answers the call, and media is open for it. */
    record Answer(LocalMedia local) implements CallInput {}

    record Reject(RejectReason reason) implements CallInput {}

    /** The user or a forwarding rule forwards the caller. */
    record Forward(Forwarding to) implements CallInput {}

    record HangUp() implements CallInput {}

    record Hold() implements CallInput {}

    record Resume() implements CallInput {}

    /**
     * Our own address has changed: the phone system reaches us over another connection, or at
     * another local address.
     *
     * @param rtp where media is received now, or null if that is unchanged
     * @param target whether the far end knows our Contact, and how to tell it
     * @param ice our new ICE attributes, {@link IceAttributes#NONE} if ICE is no longer used, or
     *     null if unchanged
     */
    record LocalAddressChanged(
            @Nullable InetSocketAddress rtp,
            CallPhase.Target target,
            @Nullable IceAttributes ice) implements CallInput {
        public LocalAddressChanged(@Nullable InetSocketAddress rtp, CallPhase.Target target) {
            this(rtp, target, null);
        }

        /** Returns the local media with the new address and ICE attributes. */
        LocalMedia of(LocalMedia before) {
            return before.at(rtp == null ? before.rtp() : rtp).found(ice);
        }
    }

    /** A local failure that the call cannot survive. */
    record CallFailed(Failure failure) implements CallInput {}

    /**
     * A provisional response to our first INVITE.
     *
     * @param remoteTag of the phone that sent it; empty if it has none
     * @param earlyMedia what the phone system says about early media
     */
    record Progress(
            String remoteTag, boolean ringing, @Nullable SessionDescription answer, EarlyMedia earlyMedia)
            implements CallInput {}

    /**
     * Whether the phone system lets this phone's early media be heard (P-Early-Media, RFC 5009 §8).
     */
    enum EarlyMedia {
        UNSAID,
        PERMITTED,
        WITHHELD
    }

    /**
     * A phone that rang for our first INVITE sent BYE, which has been answered; the others ring on
     * (RFC 3261 §15).
     */
    record EarlyDialogEnded(String remoteTag) implements CallInput {}

    /**
     * A 2xx to our INVITE or re-INVITE; {@link CallEffect.Acknowledge} or
     * {@link CallEffect.Discard} must follow.
     */
    record Accepted(AnswerId id, @Nullable SessionDescription answer) implements CallInput {}

    /**
     * A final rejection of our INVITE or re-INVITE.
     *
     * @param instead the key exchanges to offer next, or null if the call itself was rejected
     */
    record Refused(
            SipStatus status, CallEnding ending, @Nullable Set<KeyExchange> instead) implements CallInput {
        Refused(SipStatus status, CallEnding ending) {
            this(status, ending, null);
        }
    }

    /** Our INVITE or re-INVITE got no final response. */
    record InviteTimeout(Failure failure) implements CallInput {}

    /** Our first INVITE went out on a network that this device has left; no response can arrive. */
    record InviteLost() implements CallInput {}

    /** A request in the dialog that may carry an offer. */
    sealed interface OfferReceived extends CallInput {
        @Nullable
        SessionDescription offer();

        /** Our ICE attributes for the answer, or null if unchanged. */
        @Nullable
        IceAttributes ice();

        OfferReceived found(IceAttributes now);
    }

    /**
     * The far end's re-INVITE; {@link CallEffect.Respond} must follow. Malformed bodies were
     * rejected before.
     */
    record ReInviteReceived(
            RequestId id,
            @Nullable SessionDescription offer,
            @Nullable IceAttributes ice) implements OfferReceived {
        public ReInviteReceived(RequestId id, @Nullable SessionDescription offer) {
            this(id, offer, null);
        }

        @Override
        public ReInviteReceived found(IceAttributes now) {
            return new ReInviteReceived(id, offer, now);
        }
    }

    /** The far end's UPDATE (RFC 3311); {@link CallEffect.Respond} must follow. */
    record UpdateReceived(
            RequestId id,
            @Nullable SessionDescription offer,
            @Nullable IceAttributes ice) implements OfferReceived {
        public UpdateReceived(RequestId id, @Nullable SessionDescription offer) {
            this(id, offer, null);
        }

        @Override
        public UpdateReceived found(IceAttributes now) {
            return new UpdateReceived(id, offer, now);
        }
    }

    /**
     * An INVITE that replaces the far end (RFC 3891); {@link CallEffect.Respond} must follow. With
     * a 2xx, the call continues with the new party.
     *
     * @param local as before, with new keys that the replaced party does not have
     * @param party the new far end
     */
    record Replaced(
            RequestId id,
            @Nullable SessionDescription offer,
            LocalMedia local,
            PartyIdentity party,
            @Nullable IceAttributes ice)
            implements OfferReceived {
        @Override
        public Replaced found(IceAttributes now) {
            return new Replaced(id, offer, local, party, now);
        }
    }

    /** The far end's ACK of our 2xx. */
    record AckReceived(@Nullable SessionDescription answer) implements CallInput {}

    /** The far end's ACK of our 2xx never arrived. */
    record AckTimeout() implements CallInput {}

    /** The far end's BYE; it has been answered. */
    record ByeReceived(boolean answeredElsewhere) implements CallInput {}

    /**
     * The far end now talks to the transfer target, as we requested.
     *
     * @param goodbye whether its BYE has arrived; it has been answered
     */
    record Transferred(boolean goodbye) implements CallInput {}

    /**
     * Our BYE was answered, or never will be. The phase does not change, but the call can be
     * released.
     */
    record ByeCompleted() implements CallInput {}

    /** The caller's CANCEL. */
    record CancelReceived(boolean answeredElsewhere) implements CallInput {}

    /**
     * The caller's INVITE can no longer be answered: its connection is lost, and no other one
     * reaches the caller.
     */
    record FlowLost() implements CallInput {}

    record RingTimeout() implements CallInput {}

    /** The timer of {@link CallEffect.StartGlareBackoff} has fired. */
    record GlareBackoffElapsed() implements CallInput {}

    /**
     * We must refresh the session now (RFC 4028 §7.4).
     *
     * @param byUpdate whether the far end supports UPDATE
     */
    record RefreshDue(boolean byUpdate) implements CallInput {}

    /** Our UPDATE was accepted. */
    record Refreshed() implements CallInput {}

    /** Our UPDATE was rejected. */
    record RefreshRefused(SipStatus status, CallEnding ending) implements CallInput {}

    /** Our UPDATE got no final response. */
    record RefreshUnanswered(Failure failure) implements CallInput {}

    /** The session was not refreshed in time (RFC 4028 §10). */
    record SessionExpired() implements CallInput {}

    /** No media arrived for longer than the media timeout. */
    record MediaMissing() implements CallInput {}

    /** The far end requests a transfer (REFER); {@link CallEffect.DecideTransfer} must follow. */
    record TransferRequested(RequestId id) implements CallInput {}

    /**
     * Candidates that the far end sends after its description; {@link CallEffect.AddCandidates}
     * must follow.
     */
    record CandidatesReceived(RequestId id, String fragment) implements CallInput {
        @Override
        public String toString() {
            return "CandidatesReceived[redacted]";
        }
    }

    /** We may have new candidates to send. */
    record CandidatesFound() implements CallInput {}

    /** The pair that ICE selected no longer works, or no pair worked. */
    record PathLost() implements CallInput {}

    /** What {@link CallEffect.Report} tells the host; it changes no phase. */
    sealed interface Observation extends CallInput {}

    /** The phone system reports who the far end is now. */
    record PartyIdentified(PartyIdentity party) implements Observation {}

    /** A DTMF digit from the far end. */
    record DtmfReceived(char tone, ReceivedDtmf.Path path, Duration length) implements Observation {
        @Override
        public String toString() {
            return "DtmfReceived[redacted]";
        }
    }

    /** The far end did not take our DTMF digits. */
    record DtmfRefused(CommandRefusal why) implements Observation {}

    /** A DTLS handshake produced keys for this cipher. */
    record Keyed(SrtpSuite cipher) implements Observation {}

    /** Media has stopped arriving, or arrives again. Only in an established call. */
    record ReceptionChanged(boolean nothingArrives) implements Observation {}

    /** A microphone or speaker of the call cannot be used; it is retried. */
    record AudioInterrupted(Failure failure) implements Observation {}

    /** The microphone and speaker of the call can be used again. */
    record AudioRestored() implements Observation {}
}
