// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.testkit.pbx.media.Sdp;
import com.techpro.callclient.testkit.pbx.media.SupportedFormats;
import org.jspecify.annotations.Nullable;

/**
 * Forwards the offer and answer of one INVITE through the PBX to another leg and back. The offer is
 * in the INVITE, or else in the 2xx with the answer in the ACK (RFC 3261 §13.2.1). If the two legs
 * have no codec in common, each gets formats of its own.
 */
final class InviteForwarding {
    private final Leg from;
    private final Leg to;
    private final Sdp.@Nullable Section offered;
    private final @Nullable String direction;
    private Sdp.@Nullable Section agreed;
    /** Offered to the other leg instead of the sender's formats; null if it is offered those. */
    private Sdp.@Nullable Section offeredInstead;
    /** Answered to the sender when the other leg uses another codec. */
    private Sdp.@Nullable Section senders;

    private String answered = "";

    private InviteForwarding(Leg from, Leg to, Sdp.@Nullable Section offered, @Nullable String direction) {
        this.from = from;
        this.to = to;
        this.offered = offered;
        this.direction = direction;
    }

    /**
     * Creates the forwarding of a further offer between two legs with different codecs. Null if the
     * offer has nothing to transcode.
     */
    static @Nullable InviteForwarding transcoding(Leg from, Leg to, Sdp offer, Sdp.Section theirs) {
        InviteForwarding passage = of(from, to, offer);
        return passage.transcodeTo(theirs) ? passage : null;
    }

    private boolean transcodeTo(Sdp.Section theirs) {
        senders = offered == null ? null : SupportedFormats.transcoded(offered);
        offeredInstead = senders == null ? null : theirs;
        return senders != null;
    }

    /**
     * Prepares one second attempt after the other leg supported no offered format. Returns false if
     * there can be none.
     */
    boolean transcode() {
        if (offered == null || offeredInstead != null || !SupportedFormats.transcodes(offered)) {
            return false;
        }
        to.media().offersAnew();
        return transcodeTo(SupportedFormats.TRANSCODED);
    }

    /**
     * Creates the forwarding of an offer that {@code LegMedia#acceptOffer} accepted, or of an
     * INVITE without one.
     */
    static InviteForwarding of(Leg from, Leg to, @Nullable Sdp offer) {
        if (offer == null) {
            return new InviteForwarding(from, to, null, null);
        }
        Sdp.Section audio = offer.sections().get(offer.audioIndex());
        return new InviteForwarding(from, to, audio, offer.directionOf(audio));
    }

    Leg to() {
        return to;
    }

    /** Returns the body of the INVITE to the other leg. */
    byte @Nullable [] forward() {
        return offered == null || direction == null
                ? null
                : to.media().offer(offeredInstead == null ? offered : offeredInstead, direction);
    }

    /**
     * Forwards the SDP of a provisional or final response.
     *
     * @return the body of the response to the sender; null if the answer does not fit
     */
    byte @Nullable [] answer(SipMessage response) {
        Sdp sdp = SdpBody.of(response);
        if (sdp == null) {
            return null;
        }
        if (offered == null) {
            Sdp.Section late = to.media().acceptOffer(sdp);
            return late == null ? null : from.media().offer(late, sdp.directionOf(late));
        }
        Sdp.Section audio = to.media().acceptAnswer(sdp);
        if (audio == null) {
            return null;
        }
        to.media().commit();
        agreed = audio;
        answered = sdp.directionOf(audio);
        return from.media().answer(senders == null ? audio : senders, sdp.directionOf(audio));
    }

    /**
     * Returns the agreed formats; null before an agreement. With {@link #senders} they are the
     * other leg's only.
     */
    Sdp.@Nullable Section agreed() {
        return agreed;
    }

    /** Returns the sender's formats if they differ. */
    Sdp.@Nullable Section senders() {
        return senders;
    }

    Leg from() {
        return from;
    }

    /** Whether they agreed on media in both directions. */
    boolean bothWays() {
        return answered.equals("sendrecv");
    }

    /** Whether the ACK will bring the answer. */
    boolean awaitsAck() {
        return offered == null;
    }

    /**
     * Forwards the answer in the sender's ACK.
     *
     * @return the body of the ACK to the other leg; null if the answer does not fit
     */
    byte @Nullable [] acknowledge(SipMessage ack) {
        Sdp sdp = SdpBody.of(ack);
        Sdp.Section audio = sdp == null ? null : from.media().acceptAnswer(sdp);
        if (sdp == null || audio == null) {
            return null;
        }
        from.media().commit();
        agreed = audio;
        answered = sdp.directionOf(audio);
        return to.media().answer(audio, sdp.directionOf(audio));
    }

    /** The offer was refused; the previous agreement stays. */
    void withdraw() {
        from.media().withdraw();
        to.media().withdraw();
    }
}
