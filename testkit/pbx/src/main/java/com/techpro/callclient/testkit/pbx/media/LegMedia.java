// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.Keying;
import com.techpro.callclient.stack.media.srtp.CryptoAttribute;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Offer and answer of one leg (RFC 3264) for one audio stream. The PBX's own address and keys
 * replace those of the other leg; formats and direction are forwarded. A proposal takes effect only
 * when {@link #commit} is called with its answer.
 *
 * <p>With direct media another device's address and keys are used instead, and the PBX does not
 * receive the media.
 */
public final class LegMedia {
    private final MediaPort port;
    private final MediaPolicy policy;
    private final Random random;
    private final LegDescription description;
    private @Nullable MediaAgreement agreed;
    private @Nullable MediaAgreement pending;
    /** The formats in force, and those of the pending answer. */
    private Sdp.@Nullable Section spoken;

    private Sdp.@Nullable Section pendingFormats;
    private @Nullable Sdp peerOffer;
    private final TransportLines transport;
    private final ToldKeys told;
    private List<SrtpKeys> offeredKeys = List.of();
    private boolean offeredDtls;
    private boolean offeredIce;
    private boolean dtlsRefused;
    /** The device that receives its media now, if not the PBX. */
    private @Nullable MediaAgreement peer;
    /** The device that receives it once the proposal is accepted. */
    private @Nullable MediaAgreement proposedPeer;

    private Sdp.@Nullable Section lastLike;
    private String lastDirection = "sendrecv";

    public LegMedia(MediaPort port, MediaPolicy policy, Random random) {
        this.port = port;
        this.policy = policy;
        this.random = random;
        this.transport =
                new TransportLines(port, port.plane().identity(), policy.suites(), policy.dtlsForgotten(), random);
        this.told = new ToldKeys(port.faults(), random);
        this.description = new LegDescription(port, policy, random.nextInt(Integer.MAX_VALUE));
    }

    public MediaPort port() {
        return port;
    }

    /** The agreement in force; null before the first answer. */
    @Nullable
    public MediaAgreement agreed() {
        return agreed;
    }

    /**
     * Returns the agreed codec's encoding name as in {@code a=rtpmap}; empty before the first
     * answer.
     */
    public String codec() {
        Sdp.Section formats = spoken;
        return formats == null ? "" : SupportedFormats.speechName(formats);
    }

    /** Whether the device sends to another device instead of the PBX. */
    public boolean isDirect() {
        return peer != null;
    }

    /**
     * Reads a device's offer.
     *
     * @return its audio section, or null if nothing in it is acceptable (488)
     */
    public Sdp.@Nullable Section acceptOffer(Sdp offer) {
        int index = offer.audioIndex();
        if (index < 0) {
            return null;
        }
        Sdp.Section audio = offer.sections().get(index);
        if (agreed == null && !policy.takesKeysOf(audio)) {
            return null;
        }
        MediaAgreement proposal = null;
        if (audio.isSecure()) {
            for (String value : audio.values("crypto")) {
                if (SrtpKeys.parse(value) instanceof CryptoAttribute.Usable usable
                        && policy.suites().contains(usable.keys().suite())) {
                    SrtpKeys local = keysFor(usable.keys().suite());
                    proposal = agreement(offer, audio, usable.tag(), local, usable.keys(), null, mayUseIce());
                    break;
                }
            }
        } else if (!audio.isDtls() && policy.clearAccepted()) {
            proposal = agreement(offer, audio, 0, null, null, null, mayUseIce());
        }
        if (proposal == null && (audio.isSecure() || audio.isDtls())) {
            Keying.Dtls dtls = transport.answer(offer, audio, agreed == null ? null : agreed.dtls());
            proposal = dtls == null ? null : agreement(offer, audio, 0, null, null, dtls, mayUseIce());
        }
        if (proposal == null) {
            return null;
        }
        transport.names(offer, audio);
        port.describedByPhone(audio);
        pending = proposal;
        proposedPeer = null;
        peerOffer = offer;
        return audio;
    }

    /**
     * Returns the answer to the offer last accepted, with the formats and direction of this
     * section, and puts it into force.
     */
    public byte[] answer(Sdp.Section like, String direction) {
        Sdp offer = peerOffer;
        // After a provisional answer the final one repeats it.
        MediaAgreement proposal = pending != null ? pending : agreed;
        if (offer == null || proposal == null) {
            throw new IllegalStateException("there is no offer to answer");
        }
        MediaAgreement elsewhere = peer;
        if (elsewhere != null && isHold(direction) && elsewhere.suits(proposal)) {
            // A device on hold may be given its previous destination.
            proposedPeer = elsewhere;
        }
        MediaAgreement named = proposedPeer;
        Keying.Dtls dtls = named == null ? proposal.dtls() : null;
        boolean ice = named == null && proposal.ufrag() != null;
        StringBuilder body = new StringBuilder();
        int index = offer.audioIndex();
        for (int i = 0; i < offer.sections().size(); i++) {
            Sdp.Section section = offer.sections().get(i);
            if (i == index) {
                SrtpKeys local = named == null ? proposal.local() : named.remote();
                List<String> crypto = crypto(local == null ? List.of() : List.of(local), proposal.cryptoTag(), named);
                boolean mux = section.has("rtcp-mux");
                description.audio(body, section.protocol(), like, direction, crypto, mux, named);
                transport.append(body, dtls == null ? null : TransportLines.setup(dtls), ice);
            } else {
                // RFC 3264 §6: an unwanted stream keeps its place in the answer, with port 0.
                body.append("m=").append(section.media()).append(" 0 ").append(section.protocol());
                section.formats().forEach(format -> body.append(' ').append(format));
                body.append("\r\n");
            }
        }
        pendingFormats = like;
        commit();
        described(like, direction);
        return description.whole(body.toString(), transport.session(dtls != null, ice), named);
    }

    /** Returns an offer to the device with the formats and direction of this section. */
    public byte[] offer(Sdp.Section like, String direction) {
        MediaAgreement current = agreed;
        List<SrtpKeys> keys = new ArrayList<>();
        boolean dtls = current == null ? policy.dtlsOffered() && !dtlsRefused : current.dtls() != null;
        boolean ice = current == null ? dtls && mayUseIce() : current.ufrag() != null;
        if (dtls) {
            return offer(like, direction, keys, true, ice, null);
        }
        if (current != null) {
            // Offering the same key again keeps the stream's counters (RFC 4568 §7.1.4).
            if (current.local() != null) {
                keys.add(keysFor(current.local().suite()));
            }
        } else if (!policy.clearOffered()) {
            for (SrtpSuite suite : policy.suites()) {
                keys.add(SrtpKeys.generate(suite, random));
            }
        }
        return offer(like, direction, keys, false, ice, null);
    }

    /** Whether the last offer has DTLS keys only. */
    public boolean offersDtls() {
        return offeredDtls;
    }

    /** Returns the last offer without DTLS, which the device refused. */
    public byte[] offerWithoutDtls() {
        dtlsRefused = true;
        return offerAgain();
    }

    /** Starts again with a new offer, because the whole last one was refused. */
    public void offersAnew() {
        dtlsRefused = false;
    }

    private boolean mayUseIce() {
        return !policy.deadCandidates();
    }

    /** Returns an offer with another device's address and keys, so that the device sends there. */
    public byte[] offer(Sdp.Section like, MediaAgreement other) {
        SrtpKeys keys = other.remote();
        return offer(like, "sendrecv", keys == null ? List.of() : List.of(keys), false, false, other);
    }

    /** Returns an offer that repeats the last one sent to the device. */
    public byte[] offerAgain() {
        Sdp.Section like = lastLike;
        if (like == null) {
            throw new IllegalStateException("nothing was described yet");
        }
        MediaAgreement other = peer;
        SrtpKeys keys = other == null ? null : other.remote();
        return other == null
                ? offer(like, lastDirection)
                : offer(like, lastDirection, keys == null ? List.of() : List.of(keys), false, false, other);
    }

    private byte[] offer(
            Sdp.Section like,
            String direction,
            List<SrtpKeys> keys,
            boolean dtls,
            boolean ice,
            @Nullable MediaAgreement other) {
        offeredKeys = List.copyOf(keys);
        offeredDtls = dtls;
        offeredIce = ice;
        proposedPeer = other;
        List<String> crypto = crypto(keys, 1, other);
        StringBuilder body = new StringBuilder();
        String protocol = dtls ? "UDP/TLS/RTP/SAVP" : keys.isEmpty() ? "RTP/AVP" : "RTP/SAVP";
        description.audio(body, protocol, like, direction, crypto, true, other);
        transport.append(body, dtls ? "actpass" : null, ice);
        described(like, direction);
        return description.whole(body.toString(), transport.session(dtls, ice), other);
    }

    /**
     * Reads a device's answer to {@link #offer}.
     *
     * @return its audio section, or null if it does not fit the offer
     */
    public Sdp.@Nullable Section acceptAnswer(Sdp answer) {
        pendingFormats = readAnswer(answer);
        return pendingFormats;
    }

    private Sdp.@Nullable Section readAnswer(Sdp answer) {
        int index = answer.audioIndex();
        if (index != 0
                || answer.sections().get(0).isDtls() != offeredDtls
                || answer.sections().get(0).isSecure() == offeredKeys.isEmpty()) {
            return null;
        }
        Sdp.Section audio = answer.sections().get(0);
        port.describedByPhone(audio);
        if (audio.isDtls()) {
            Keying.Dtls dtls = transport.conclude(answer, audio);
            pending = dtls == null ? null : agreement(answer, audio, 0, null, null, dtls, offeredIce);
            return pending == null ? null : audio;
        }
        if (!audio.isSecure()) {
            pending = agreement(answer, audio, 0, null, null, null, offeredIce);
            return pending == null ? null : audio;
        }
        for (String value : audio.values("crypto")) {
            if (SrtpKeys.parse(value) instanceof CryptoAttribute.Usable usable
                    && usable.tag() >= 1
                    && usable.tag() <= offeredKeys.size()) {
                SrtpKeys local = offeredKeys.get(usable.tag() - 1);
                if (local.suite() == usable.keys().suite()) {
                    pending = agreement(answer, audio, usable.tag(), local, usable.keys(), null, offeredIce);
                    return pending == null ? null : audio;
                }
            }
        }
        return null;
    }

    /** Puts the last accepted proposal into force. */
    public void commit() {
        MediaAgreement proposal = pending;
        MediaAgreement current = agreed;
        if (proposal != null) {
            peer = proposedPeer;
            if (peer != null && current != null) {
                // The port's media continues unchanged for what still arrives there.
                agreed = proposal.withLocal(current.local());
            } else {
                agreed = proposal;
                port.configure(proposal);
            }
        }
        if (pendingFormats != null) {
            spoken = pendingFormats;
        }
        pending = null;
        pendingFormats = null;
    }

    /**
     * Withdraws the last accepted offer, because it was refused elsewhere. The previous agreement
     * stays in force (RFC 3261 §14.1).
     */
    public void withdraw() {
        pending = null;
        pendingFormats = null;
        proposedPeer = null;
        peerOffer = null;
    }

    private void described(Sdp.Section like, String direction) {
        lastLike = like;
        lastDirection = direction;
        port.describedToPhone(like);
    }

    /** Returns the crypto attributes; with direct media they are the other device's. */
    private List<String> crypto(List<SrtpKeys> keys, int firstTag, @Nullable MediaAgreement other) {
        return other == null ? told.attributes(keys, firstTag) : ToldKeys.of(keys, firstTag);
    }

    private SrtpKeys keysFor(SrtpSuite suite) {
        MediaAgreement current = agreed;
        // A device that returns from direct media takes this for a new stream with roll-over
        // counter 0, so it needs a new key.
        if (!isDirect()
                && current != null
                && current.local() != null
                && current.local().suite() == suite) {
            return current.local();
        }
        return SrtpKeys.generate(suite, random);
    }

    private @Nullable MediaAgreement agreement(
            Sdp sdp,
            Sdp.Section audio,
            int tag,
            @Nullable SrtpKeys local,
            @Nullable SrtpKeys remote,
            Keying.@Nullable Dtls proposed,
            boolean ice) {
        InetAddress address = literal(sdp.connectionOf(audio));
        if (address == null) {
            return null;
        }
        String ufrag = ice ? transport.ufrag(sdp, audio) : null;
        Keying.Dtls dtls = ufrag == null && policy.dtlsForgotten() ? forgotten(proposed) : proposed;
        if (address.isAnyLocalAddress()) {
            return new MediaAgreement(null, null, tag, local, remote, dtls, ufrag);
        }
        InetSocketAddress rtcp = audio.has("rtcp-mux") ? null : rtcpAddress(address, audio);
        return new MediaAgreement(new InetSocketAddress(address, audio.port()), rtcp, tag, local, remote, dtls, ufrag);
    }

    /** Returns the next DTLS association, replacing the current one if there is one. */
    private Keying.@Nullable Dtls forgotten(Keying.@Nullable Dtls next) {
        Keying.Dtls before = agreed == null ? null : agreed.dtls();
        return next == null || before == null
                ? next
                : new Keying.Dtls(
                        next.role(), next.own(), next.theirs(), next.suites(), next.tlsId(), before.resets() + 1);
    }

    /** RFC 3605 if present, else the next port (RFC 3550 §11). */
    private static InetSocketAddress rtcpAddress(InetAddress address, Sdp.Section audio) {
        for (String value : audio.values("rtcp")) {
            try {
                int port = Integer.parseInt(value.trim().split(" ", 2)[0]);
                if (port > 0 && port <= 65535) {
                    return new InetSocketAddress(address, port);
                }
            } catch (NumberFormatException e) {
                break;
            }
        }
        return new InetSocketAddress(address, Math.min(audio.port() + 1, 65535));
    }

    /** Parses a literal address without DNS; null if it is a name. */
    private static @Nullable InetAddress literal(@Nullable String text) {
        if (text == null || !text.matches("[0-9.]{7,15}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
            return null;
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static boolean isHold(String answered) {
        return answered.equals("recvonly") || answered.equals("inactive");
    }
}
