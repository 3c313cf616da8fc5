// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import com.techpro.callclient.engine.failure.Failure.MediaProblem;
import com.techpro.callclient.engine.internal.call.sdp.Negotiation.Agreed;
import com.techpro.callclient.engine.internal.call.sdp.Negotiation.Refused;
import com.techpro.callclient.engine.internal.privacy.MediaGrant;
import com.techpro.callclient.stack.ice.CandidateType;
import com.techpro.callclient.stack.ice.IceAttributes;
import com.techpro.callclient.stack.ice.IceCandidate;
import com.techpro.callclient.stack.ice.IceCredentials;
import com.techpro.callclient.stack.media.Keying;
import com.techpro.callclient.stack.media.MediaDirection;
import com.techpro.callclient.stack.media.codec.Codec;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The offer/answer model (RFC 3264) for one audio stream, with keys by {@link KeyAgreement} and multiplexed RTCP (RFC 5761). Pure: the same
 * arguments give the same result, and nothing else happens.
 *
 * <p>{@code previous} is always the description this side sent last in the session, or null at its beginning. Streams keep their places for
 * the whole session (RFC 3264 §8), payload types and profile keep their meaning, and the {@code o=} line stays as it was first sent,
 * wherever media moves: its version alone grows, when something else in the description changed (§8).
 */
public final class OfferAnswer {
    private static final String FIRST_SECTION = "0";

    private OfferAnswer() {}

    /** The first offer of a session. */
    public static SessionDescription offer(LocalMedia local, MediaDirection wanted) {
        return offer(local, wanted, null, null);
    }

    /** The first offer once more, after a refusal, by what there is now: it counts on from what was refused. */
    public static SessionDescription offerAgain(LocalMedia local, MediaDirection wanted, SessionDescription refused) {
        SessionDescription again = offer(local, wanted);
        return new SessionDescription(refused.origin().next(), again.connection(), again.attributes(), again.media());
    }

    /**
     * The offer to make now. Comfort noise (RFC 3389) is not in a first one: that would invite the far end to leave out what its detector takes for silence. Where the far end offers
     * it, it is agreed on, and a later offer of ours keeps it.
     *
     * <p>Redundant audio data (RFC 2198) is in a first one, unless that has to be short, for codecs without redundancy of their own. It stands after them all, so that a far end
     * that does not know it takes another, and one that answers all that it is offered names a codec first.
     *
     * @param spoken the codec in use, or null if there is none: it comes first, as an offer's first codec is the one that its author wants (RFC 3264 §6.1), and a hold asks for no other.
     *     A phone system that cannot transcode to the other leg would take another first codec all the same.
     */
    public static SessionDescription offer(
            LocalMedia local, MediaDirection wanted, @Nullable SessionDescription previous, @Nullable Codec spoken) {
        AudioSection before = previous == null ? null : activeAudio(previous);
        SectionWriter section = new SectionWriter(
                before == null ? KeyAgreement.profile(local) : before.line().protocol());
        TransportDescription transport = before == null ? null : before.transport();
        // Candidates that follow are told by it (RFC 8840 §4.1).
        String mid = transport != null ? transport.mid() : local.ice() == null ? null : FIRST_SECTION;
        section.named(mid);
        var numbers = new PayloadTypeNumbers(before);
        List<PayloadFormat> codecs =
                local.codecsWithFirst(spoken).stream().map(numbers::of).collect(Collectors.toList());
        codecs.forEach(section::codec);
        int[] clockRates = codecs.stream()
                .mapToInt(format -> format.codec().clockRate())
                .distinct()
                .sorted()
                .toArray();
        int[] events = IntStream.of(clockRates).map(numbers::telephoneEvent).toArray();
        for (PayloadFormat codec : redundant(local, codecs, before)) {
            section.redundancy(numbers.redundancy(codec.codec()), codec);
        }
        if (before != null) {
            before.comfortNoise().stream()
                    .filter(noise -> local.codecs().stream().anyMatch(noise::isFor))
                    .forEach(noise -> section.comfortNoise(noise.payloadType(), noise.clockRate()));
        }
        for (int i = 0; i < events.length; i++) {
            section.telephoneEvent(events[i], clockRates[i]);
        }
        KeyAgreement.offer(local, before, section);
        section.extendedReports(before == null ? !local.compact() : before.wantsExtendedReports());
        MediaDescription audio =
                withIce(local, mid, transport, section.finish(local.rtp().getPort(), wanted, true));
        List<MediaDescription> media =
                previous == null ? List.of(audio) : replace(previous.media(), activeAudioIndex(previous), audio);
        return describe(local, media, previous, transport);
    }

    /**
     * The codecs that are offered with redundancy, one for each clock rate: those that have none of their own, or those whose redundancy was in the description before. The
     * codec in use changes nothing here, so that later offers are as the first.
     */
    private static List<PayloadFormat> redundant(
            LocalMedia local, List<PayloadFormat> codecs, @Nullable AudioSection before) {
        List<PayloadFormat> redundant = new ArrayList<>();
        for (Codec codec : local.codecs()) {
            boolean wanted =
                    before == null ? !local.compact() && !codec.codesRedundancy() : before.redundancy(codec) >= 0;
            if (wanted && redundant.stream().noneMatch(other -> other.codec().clockRate() == codec.clockRate())) {
                codecs.stream().filter(format -> format.codec().equals(codec)).forEach(redundant::add);
            }
        }
        return redundant;
    }

    /** The answer to a first offer, and what it settles. */
    public static Negotiation answer(LocalMedia local, MediaDirection wanted, SessionDescription offer) {
        return answer(local, wanted, offer, null, null);
    }

    /**
     * The answer to an offer, and what it settles.
     *
     * @param current what the session's keys come by so far; null before anything was agreed
     */
    public static Negotiation answer(
            LocalMedia local,
            MediaDirection wanted,
            SessionDescription offer,
            @Nullable SessionDescription previous,
            @Nullable Keying current) {
        Choice choice = choose(local, offer, current);
        Acceptable accepted = choice.best;
        if (accepted == null) {
            return new Refused(choice.problem);
        }
        AudioSection theirs = accepted.section;
        MediaDirection direction = AudioSection.of(
                wanted.sends() && theirs.direction().receives(),
                wanted.receives() && theirs.direction().sends());
        int clockRate = accepted.codec.codec().clockRate();
        int eventClock = theirs.telephoneEventClock(accepted.codec.codec());
        SectionWriter section = new SectionWriter(theirs.line().protocol())
                .named(theirs.transport().mid())
                .codec(accepted.codec)
                .redundancy(theirs.redundancy(accepted.codec.codec()), accepted.codec)
                .comfortNoise(theirs.comfortNoise(accepted.codec.codec()), clockRate)
                .telephoneEvent(theirs.telephoneEvent(eventClock), eventClock);
        accepted.keys.written().accept(section);
        // Only where they are offered (RFC 3611 §5.2): else the other side would have no use for them.
        section.extendedReports(theirs.wantsExtendedReports());
        IceAttributes ice = found(local, theirs);
        MediaDescription line = section.finish(local.rtp().getPort(), direction, theirs.multiplexed());
        if (ice != null) {
            line = withIce(local, theirs.transport().mid(), theirs.transport(), line);
        } else if (local.ice() != null) {
            line = TransportDescription.atDefaultCandidates(local.ice(), line);
            line = isMismatch(local, theirs) ? line.with(new Attribute("ice-mismatch", null)) : line;
        }
        List<MediaDescription> media = replace(offer.media(), accepted.index, line);
        return new Agreed(
                describe(local, media, previous, theirs.transport()),
                NegotiatedMedia.of(null, theirs, accepted.rtp, accepted.codec, direction, accepted.keys.keying(), ice));
    }

    /**
     * Whether ICE is given up as the address they name is no candidate, and the answer says so (RFC 8839 §4.2.5): only where relays alone are told. Else candidates are checked, as
     * browsers do, and until a pair is found sound goes to the address.
     */
    private static boolean isMismatch(LocalMedia local, AudioSection theirs) {
        IceCandidate usual = local.ice() == null ? null : local.ice().defaultCandidate(1);
        return usual != null
                && usual.type() == CandidateType.RELAYED
                && theirs.transport().isMismatch(theirs.rtp(), theirs.rtcp());
    }

    /** How the other side is found; null if one of both does without ICE. */
    private static @Nullable IceAttributes found(LocalMedia local, AudioSection theirs) {
        IceAttributes ice = theirs.transport().ice();
        return !local.tellsIce() || ice.credentials() == null || ice.mismatch() || isMismatch(local, theirs)
                ? null
                : ice;
    }

    /** @param theirs what bundles the section; null in a first offer */
    private static MediaDescription withIce(
            LocalMedia local, @Nullable String mid, @Nullable TransportDescription theirs, MediaDescription line) {
        IceAttributes ice = local.ice();
        if (ice == null) {
            return line;
        }
        if (!local.tellsIce()) {
            return TransportDescription.atDefaultCandidates(ice, line);
        }
        TransportDescription ours = new TransportDescription(
                ice, line.has("rtcp-mux"), false, mid, theirs != null && theirs.bundled(), false);
        return ours.writeTo(line, local.relatedWithheld());
    }

    /** What the answer to a first offer settles. */
    public static Negotiation conclude(LocalMedia local, SessionDescription sent, SessionDescription answer) {
        return conclude(local, sent, answer, null);
    }

    /**
     * What the answer to our offer settles.
     *
     * @param current what the session's keys come by so far; null before anything was agreed
     */
    public static Negotiation conclude(
            LocalMedia local, SessionDescription sent, SessionDescription answer, @Nullable Keying current) {
        int index = activeAudioIndex(sent);
        if (index < 0 || index >= answer.media().size()) {
            return new Refused(MediaProblem.UNSUPPORTED);
        }
        MediaDescription line = answer.media().get(index);
        if (!line.type().equals("audio") || line.port() == 0) {
            return new Refused(MediaProblem.NO_COMMON_CODEC);
        }
        AudioSection theirs = AudioSection.read(answer, line);
        AudioSection offered = AudioSection.read(sent, sent.media().get(index));
        Keying keying = KeyAgreement.conclude(local, offered, theirs, current);
        if (keying == null) {
            return new Refused(unkeyed(offered, theirs));
        }
        List<PayloadFormat> codecs = local.permitted(theirs.codecs());
        if (codecs.isEmpty()) {
            return new Refused(MediaProblem.NO_COMMON_CODEC);
        }
        if (theirs.rtp() == null) {
            return new Refused(MediaProblem.UNSUPPORTED);
        }
        MediaDirection direction = AudioSection.of(
                offered.direction().sends() && theirs.direction().receives(),
                offered.direction().receives() && theirs.direction().sends());
        IceAttributes ice = offered.transport().ice().credentials() == null ? null : found(local, theirs);
        return new Agreed(
                sent, NegotiatedMedia.of(offered, theirs, theirs.rtp(), codecs.get(0), direction, keying, ice));
    }

    /** Why an answer's keys will not do. */
    private static MediaProblem unkeyed(AudioSection offered, AudioSection theirs) {
        if (theirs.dtls()) {
            return MediaProblem.ENCRYPTION_UNSUPPORTED;
        }
        return offered.line().has("crypto") || offered.dtls()
                ? MediaProblem.ENCRYPTION_REFUSED
                : MediaProblem.UNSUPPORTED;
    }

    /** The name and password by which an offer's sound is found by ICE; null if it says none. */
    public static @Nullable IceCredentials iceCredentials(SessionDescription theirs) {
        TransportDescription audio = activeTransport(theirs);
        return audio == null ? null : audio.ice().credentials();
    }

    /** Whether an offer's RTCP may share the port of RTP (RFC 5761). */
    public static boolean sharesPort(SessionDescription theirs) {
        TransportDescription audio = activeTransport(theirs);
        return audio != null && audio.rtcpMux();
    }

    /** Whether candidates may follow a description (RFC 8838). */
    public static boolean trickles(SessionDescription description) {
        TransportDescription audio = activeTransport(description);
        return audio != null && audio.ice().options().contains(IceAttributes.TRICKLE);
    }

    /** What names a description's sound (RFC 5888), or null. */
    public static @Nullable String mid(SessionDescription description) {
        TransportDescription audio = activeTransport(description);
        return audio == null ? null : audio.mid();
    }

    /** Of the offer's audio streams the first encrypted one that will do, else, if the floor allows, the first in clear. */
    private static Choice choose(LocalMedia local, SessionDescription offer, @Nullable Keying current) {
        Acceptable inClear = null;
        MediaProblem problem = null;
        for (int index = 0; index < offer.media().size(); index++) {
            MediaDescription line = offer.media().get(index);
            if (!line.type().equals("audio") || line.port() == 0) {
                continue;
            }
            AudioSection section = AudioSection.read(offer, line);
            KeyAgreement keys = KeyAgreement.answer(local, section, current);
            MediaProblem obstacle = obstacle(local, section, keys);
            InetSocketAddress rtp = section.rtp();
            if (obstacle != null || rtp == null || keys == null) {
                problem = problem == null ? obstacle : problem;
                continue;
            }
            Acceptable acceptable = new Acceptable(
                    index, section, rtp, local.permitted(section.codecs()).get(0), keys);
            if (keys.keying().encrypted()) {
                return new Choice(acceptable, MediaProblem.UNSUPPORTED);
            }
            inClear = inClear == null ? acceptable : inClear;
        }
        return new Choice(inClear, problem == null ? MediaProblem.UNSUPPORTED : problem);
    }

    private static @Nullable MediaProblem obstacle(
            LocalMedia local, AudioSection section, @Nullable KeyAgreement keys) {
        if (keys == null && section.dtls()) {
            return MediaProblem.ENCRYPTION_UNSUPPORTED;
        }
        if (section.profile() == null || section.rtp() == null) {
            return MediaProblem.UNSUPPORTED;
        }
        if (keys == null) {
            return MediaProblem.ENCRYPTION_REFUSED;
        }
        if (!isReachable(local, section.rtp()) || !isReachable(local, section.rtcp())) {
            return MediaProblem.ADDRESS_UNUSABLE;
        }
        return local.permitted(section.codecs()).isEmpty() ? MediaProblem.NO_COMMON_CODEC : null;
    }

    /** Nothing would be sent to where a call's media cannot be (promise S5), so that is not agreed on either. */
    private static boolean isReachable(LocalMedia local, @Nullable InetSocketAddress address) {
        return address == null
                || MediaGrant.isPlausible(
                        address.getAddress(), local.rtp().getAddress().isLoopbackAddress());
    }

    private static @Nullable AudioSection activeAudio(SessionDescription description) {
        int index = activeAudioIndex(description);
        return index < 0
                ? null
                : AudioSection.read(description, description.media().get(index));
    }

    /** The part of the active audio section that says how it is reached, which costs less to read than all of it. */
    private static @Nullable TransportDescription activeTransport(SessionDescription description) {
        int index = activeAudioIndex(description);
        return index < 0
                ? null
                : TransportDescription.read(description, description.media().get(index));
    }

    private static int activeAudioIndex(SessionDescription description) {
        List<MediaDescription> media = description.media();
        for (int i = 0; i < media.size(); i++) {
            if (media.get(i).type().equals("audio") && media.get(i).port() != 0) {
                return i;
            }
        }
        return -1;
    }

    /** Every stream in its place: the one we use, and the others refused (RFC 3264 §6). */
    private static List<MediaDescription> replace(List<MediaDescription> lines, int index, MediaDescription ours) {
        List<MediaDescription> media = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            media.add(i == index ? ours : lines.get(i).refused());
        }
        return media;
    }

    /**
     * Of a bundle our one section is what is left: for a far end whose sections have one transport in common or none (RFC 8843 §7.3).
     *
     * @param transport what names and bundles our section; null if nothing does
     */
    private static SessionDescription describe(
            LocalMedia local,
            List<MediaDescription> media,
            @Nullable SessionDescription previous,
            @Nullable TransportDescription transport) {
        String mid = transport != null && transport.bundled() ? transport.mid() : null;
        List<Attribute> shared = new ArrayList<>(TransportDescription.pacing(local.ice(), media));
        if (mid != null) {
            shared.add(TransportDescription.bundle(List.of(mid)));
        }
        Origin origin = previous == null ? Origin.of(local.sessionId(), 1, local.shownAddress()) : previous.origin();
        SessionDescription same =
                new SessionDescription(origin, LiteralAddress.connection(local.shownAddress()), shared, media);
        return previous == null || same.equals(previous)
                ? same
                : new SessionDescription(origin.next(), same.connection(), same.attributes(), same.media());
    }

    private record Acceptable(
            int index, AudioSection section, InetSocketAddress rtp, PayloadFormat codec, KeyAgreement keys) {}

    private record Choice(@Nullable Acceptable best, MediaProblem problem) {}
}
