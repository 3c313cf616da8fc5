// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.engine.internal.sip.message.SipMessage;
import com.techpro.callclient.testkit.pbx.media.Sdp;
import com.techpro.callclient.testkit.pbx.media.SupportedFormats;
import org.jspecify.annotations.Nullable;

/**
 * The offer and answer of one INVITE on their way from the leg that sent it, through the PBX, to another leg and back. With the offer in
 * the INVITE, or, where that has none, in the 2xx, with the answer in the ACK (RFC 3261 §13.2.1). Where the two have no codec in common, each is told of its own.
 */
final class InviteForwarding {
    private final Leg from;
    private final Leg to;
    private final Sdp.@Nullable Section offered;
    private final @Nullable String direction;
    private Sdp.@Nullable Section agreed;
    /** What the other leg is offered in place of the sender's formats; null if it is offered those. */
    private Sdp.@Nullable Section offeredInstead;
    /** What the sender is answered where the other leg speaks something else. */
    private Sdp.@Nullable Section senders;

    private String answered = "";

    private InviteForwarding(Leg from, Leg to, Sdp.@Nullable Section offered, @Nullable String direction) {
        this.from = from;
        this.to = to;
        this.offered = offered;
        this.direction = direction;
    }

    /** A passage of a further offer between two legs of which one speaks something that the other does not; null if the offer has nothing to transcode. */
    static @Nullable InviteForwarding transcoding(Leg from, Leg to, Sdp offer, Sdp.Section theirs) {
        InviteForwarding passage = of(from, to, offer);
        return passage.transcodeTo(theirs) ? passage : null;
    }

    private boolean transcodeTo(Sdp.Section theirs) {
        senders = offered == null ? null : SupportedFormats.transcoded(offered);
        offeredInstead = senders == null ? null : theirs;
        return senders != null;
    }

    /** The other leg speaks nothing of what was offered. Whether it can be offered something else once. */
    boolean transcode() {
        if (offered == null || offeredInstead != null || !SupportedFormats.transcodes(offered)) {
            return false;
        }
        to.media().offersAnew();
        return transcodeTo(SupportedFormats.TRANSCODED);
    }

    /** A passage of an offer that {@code LegMedia#acceptOffer} has let in, or of an INVITE without one. */
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

    /** What the INVITE to the other leg carries. */
    byte @Nullable [] forward() {
        return offered == null || direction == null
                ? null
                : to.media().offer(offeredInstead == null ? offered : offeredInstead, direction);
    }

    /**
     * Passes the description of an answer, early or final.
     *
     * @return what the answer to the sender carries; null if it does not fit
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

    /** What the two sides agreed on; null before they did. With {@link #senders} it is the other leg's alone. */
    Sdp.@Nullable Section agreed() {
        return agreed;
    }

    /** What the sender speaks, if that is something else. */
    Sdp.@Nullable Section senders() {
        return senders;
    }

    Leg from() {
        return from;
    }

    /** Whether they agreed that sound flows both ways. */
    boolean bothWays() {
        return answered.equals("sendrecv");
    }

    /** Whether the ACK will bring the answer. */
    boolean awaitsAck() {
        return offered == null;
    }

    /**
     * Passes the answer in the sender's ACK.
     *
     * @return what the ACK to the other leg carries; null if it does not fit
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

    /** It was turned down; what was agreed before stays. */
    void withdraw() {
        from.media().withdraw();
        to.media().withdraw();
    }
}
