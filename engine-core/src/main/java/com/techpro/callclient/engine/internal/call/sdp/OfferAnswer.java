// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import com.techpro.callclient.engine.call.Failure.MediaProblem;
import com.techpro.callclient.engine.internal.call.sdp.Negotiation.Agreed;
import com.techpro.callclient.engine.internal.call.sdp.Negotiation.Refused;
import com.techpro.callclient.engine.internal.media.Direction;
import com.techpro.callclient.engine.internal.media.MediaParameters;
import com.techpro.callclient.engine.internal.media.PayloadTypeMap;
import com.techpro.callclient.engine.internal.media.PayloadTypeMap.NoiseFormat;
import com.techpro.callclient.engine.internal.media.PayloadTypeMap.TelephoneEvents;
import com.techpro.callclient.engine.internal.media.codec.Codec;
import com.techpro.callclient.engine.internal.media.codec.PayloadFormat;
import com.techpro.callclient.engine.internal.media.srtp.CryptoAttribute;
import com.techpro.callclient.engine.internal.media.srtp.SrtpKeys;
import com.techpro.callclient.engine.internal.privacy.MediaGrant;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The offer/answer model (RFC 3264) for one audio stream, with SDES keys (RFC 4568) and multiplexed RTCP (RFC 5761). Pure: the same
 * arguments give the same result, and nothing else happens.
 *
 * <p>{@code previous} is always the description this side sent last in the session, or null at its beginning. Streams keep their places for
 * the whole session (RFC 3264 §8), payload types and profile keep their meaning, and the {@code o=} line stays as it was first sent,
 * wherever media moves: its version alone grows, when something else in the description changed (§8).
 */
public final class OfferAnswer {
    private OfferAnswer() {}

    /**
     * The offer to make now. Comfort noise (RFC 3389) is not in it: that would invite the far end to leave out what its detector takes for silence. Where the far end offers it, it is
     * agreed on.
     */
    public static SessionDescription offer(LocalMedia local, Direction wanted, @Nullable SessionDescription previous) {
        AudioSection before = previous == null ? null : activeAudio(previous);
        boolean secure =
                before == null ? !local.floor().cleartextMedia() : before.line().has("crypto");
        SectionWriter section =
                new SectionWriter(before != null ? before.line().protocol() : secure ? "RTP/SAVP" : "RTP/AVP");
        var numbers = new PayloadTypeNumbers(before);
        List<PayloadFormat> codecs = local.codecs().stream().map(numbers::of).collect(Collectors.toList());
        codecs.forEach(section::codec);
        codecs.stream()
                .mapToInt(format -> format.codec().clockRate())
                .distinct()
                .sorted()
                .forEach(clockRate -> section.telephoneEvent(numbers.telephoneEvent(clockRate), clockRate));
        if (secure) {
            int tag = 1;
            for (SrtpSuite suite : local.floor().suites()) {
                section.crypto(tag++, keysFor(local, suite));
            }
        }
        MediaDescription audio = section.finish(local.rtp().getPort(), wanted, true);
        List<MediaDescription> media =
                previous == null ? List.of(audio) : replace(previous.media(), activeAudioIndex(previous), audio);
        return describe(local, media, previous);
    }

    /** The answer to an offer, and what it settles. */
    public static Negotiation answer(
            LocalMedia local, Direction wanted, SessionDescription offer, @Nullable SessionDescription previous) {
        Choice choice = choose(local, offer);
        Acceptable accepted = choice.best;
        if (accepted == null) {
            return new Refused(choice.problem);
        }
        AudioSection theirs = accepted.section;
        Direction direction = AudioSection.of(
                wanted.sends() && theirs.direction().receives(),
                wanted.receives() && theirs.direction().sends());
        SrtpKeys ours = accepted.crypto == null
                ? null
                : keysFor(local, accepted.crypto.keys().suite());
        int clockRate = accepted.codec.codec().clockRate();
        int eventClock = theirs.telephoneEventClock(accepted.codec.codec());
        SectionWriter section = new SectionWriter(theirs.line().protocol())
                .codec(accepted.codec)
                .comfortNoise(theirs.comfortNoise(accepted.codec.codec()), clockRate)
                .telephoneEvent(theirs.telephoneEvent(eventClock), eventClock);
        if (accepted.crypto != null && ours != null) {
            section.crypto(accepted.crypto.tag(), ours);
        }
        List<MediaDescription> media = replace(
                offer.media(), accepted.index, section.finish(local.rtp().getPort(), direction, theirs.multiplexed()));
        return agreed(
                describe(local, media, previous),
                null,
                theirs,
                accepted.rtp,
                accepted.codec,
                direction,
                ours,
                accepted.crypto);
    }

    /** What the answer to our offer settles. */
    public static Negotiation conclude(LocalMedia local, SessionDescription sent, SessionDescription answer) {
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
        CryptoAttribute.Usable crypto = null;
        if (offered.line().has("crypto")) {
            crypto = answered(offered, theirs);
            if (crypto == null) {
                return new Refused(
                        theirs.dtls() ? MediaProblem.ENCRYPTION_UNSUPPORTED : MediaProblem.ENCRYPTION_REFUSED);
            }
        } else if (theirs.profile() == null || theirs.profile().secure()) {
            return new Refused(theirs.dtls() ? MediaProblem.ENCRYPTION_UNSUPPORTED : MediaProblem.UNSUPPORTED);
        }
        List<PayloadFormat> codecs = local.permitted(theirs.codecs());
        if (codecs.isEmpty()) {
            return new Refused(MediaProblem.NO_COMMON_CODEC);
        }
        if (theirs.rtp() == null) {
            return new Refused(MediaProblem.UNSUPPORTED);
        }
        Direction direction = AudioSection.of(
                offered.direction().sends() && theirs.direction().receives(),
                offered.direction().receives() && theirs.direction().sends());
        return agreed(
                sent,
                offered,
                theirs,
                theirs.rtp(),
                codecs.get(0),
                direction,
                crypto == null ? null : keysFor(local, crypto.keys().suite()),
                crypto);
    }

    /** Whether a description, such as one in a 488 (RFC 3261 §21.4.26), wants keys by DTLS for its sound. */
    public static boolean isKeyedByDtls(SessionDescription theirs) {
        return theirs.media().stream()
                .anyMatch(line -> line.type().equals("audio")
                        && AudioSection.read(theirs, line).dtls());
    }

    /** The crypto line of an answer: one we offered, under its tag, with its suite (RFC 4568 §5.1.3); null is a downgrade. */
    private static CryptoAttribute.@Nullable Usable answered(AudioSection offered, AudioSection answer) {
        if (answer.profile() != offered.profile()) {
            return null;
        }
        for (CryptoAttribute theirs : answer.cryptos()) {
            for (CryptoAttribute ours : offered.cryptos()) {
                if (theirs instanceof CryptoAttribute.Usable chosen
                        && ours instanceof CryptoAttribute.Usable mine
                        && chosen.tag() == mine.tag()
                        && chosen.keys().suite() == mine.keys().suite()) {
                    return chosen;
                }
            }
        }
        return null;
    }

    private static Negotiation agreed(
            SessionDescription local,
            @Nullable AudioSection offered,
            AudioSection theirs,
            InetSocketAddress rtp,
            PayloadFormat format,
            Direction direction,
            @Nullable SrtpKeys ours,
            CryptoAttribute.@Nullable Usable crypto) {
        Codec codec = format.codec();
        int events = theirs.telephoneEvent(theirs.telephoneEventClock(codec));
        return new Agreed(
                local,
                new NegotiatedMedia(
                        new MediaParameters(
                                rtp,
                                theirs.rtcp(),
                                format,
                                events == format.payloadType() ? -1 : events,
                                received(offered, theirs, format),
                                theirs.packetMillis(codec),
                                direction,
                                ours,
                                crypto == null ? null : crypto.keys()),
                        !theirs.direction().receives()));
    }

    /** Whoever answers takes the offer's numbers; whoever offered expects his own, and hears the answer's as well. */
    private static PayloadTypeMap received(@Nullable AudioSection offered, AudioSection theirs, PayloadFormat chosen) {
        List<PayloadFormat> codecs = new ArrayList<>();
        List<TelephoneEvents> events = new ArrayList<>();
        if (offered != null) {
            codecs.addAll(offered.codecs());
            events.addAll(offered.telephoneEvents());
        }
        codecs.add(chosen);
        events.addAll(theirs.telephoneEvents());
        events.removeIf(event -> event.payloadType() == chosen.payloadType());
        int noise = offered == null ? theirs.comfortNoise(chosen.codec()) : -1;
        return PayloadTypeMap.of(
                codecs,
                events,
                noise < 0
                        ? List.of()
                        : List.of(new NoiseFormat(noise, chosen.codec().clockRate())));
    }

    /** Of the offer's audio streams the first encrypted one that will do, else, if the floor allows, the first in clear. */
    private static Choice choose(LocalMedia local, SessionDescription offer) {
        Acceptable inClear = null;
        MediaProblem problem = null;
        for (int index = 0; index < offer.media().size(); index++) {
            MediaDescription line = offer.media().get(index);
            if (!line.type().equals("audio") || line.port() == 0) {
                continue;
            }
            AudioSection section = AudioSection.read(offer, line);
            CryptoAttribute.Usable crypto = bestCrypto(local, section);
            MediaProblem obstacle = obstacle(local, section, crypto);
            InetSocketAddress rtp = section.rtp();
            if (obstacle != null || rtp == null) {
                problem = problem == null ? obstacle : problem;
                continue;
            }
            Acceptable acceptable = new Acceptable(
                    index, section, rtp, local.permitted(section.codecs()).get(0), crypto);
            if (crypto != null) {
                return new Choice(acceptable, MediaProblem.UNSUPPORTED);
            }
            inClear = inClear == null ? acceptable : inClear;
        }
        return new Choice(inClear, problem == null ? MediaProblem.UNSUPPORTED : problem);
    }

    private static @Nullable MediaProblem obstacle(
            LocalMedia local, AudioSection section, CryptoAttribute.@Nullable Usable crypto) {
        boolean clear = section.profile() != null && !section.profile().secure();
        boolean keyed = crypto != null || (clear && local.floor().cleartextMedia());
        if (!keyed && section.dtls()) {
            return MediaProblem.ENCRYPTION_UNSUPPORTED;
        }
        if (section.profile() == null || section.rtp() == null) {
            return MediaProblem.UNSUPPORTED;
        }
        if (!keyed) {
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

    /**
     * Our best suite among theirs. A crypto line under a profile without encryption is taken as well: phones that would rather encrypt but
     * do not insist send that, and the result is as good.
     */
    private static CryptoAttribute.@Nullable Usable bestCrypto(LocalMedia local, AudioSection section) {
        for (SrtpSuite suite : local.floor().suites()) {
            for (CryptoAttribute crypto : section.cryptos()) {
                if (crypto instanceof CryptoAttribute.Usable usable
                        && usable.keys().suite() == suite) {
                    return usable;
                }
            }
        }
        return null;
    }

    private static @Nullable AudioSection activeAudio(SessionDescription description) {
        int index = activeAudioIndex(description);
        return index < 0
                ? null
                : AudioSection.read(description, description.media().get(index));
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

    private static SrtpKeys keysFor(LocalMedia local, SrtpSuite suite) {
        SrtpKeys keys = local.keys().get(suite);
        if (keys == null) {
            throw new IllegalArgumentException("no key for " + suite);
        }
        return keys;
    }

    private static SessionDescription describe(
            LocalMedia local, List<MediaDescription> media, @Nullable SessionDescription previous) {
        Origin origin =
                previous == null ? Origin.of(local.sessionId(), 1, local.rtp().getAddress()) : previous.origin();
        SessionDescription same = new SessionDescription(
                origin, LiteralAddress.connection(local.rtp().getAddress()), List.of(), media);
        return previous == null || same.equals(previous)
                ? same
                : new SessionDescription(origin.next(), same.connection(), same.attributes(), same.media());
    }

    private record Acceptable(
            int index,
            AudioSection section,
            InetSocketAddress rtp,
            PayloadFormat codec,
            CryptoAttribute.@Nullable Usable crypto) {}

    private record Choice(@Nullable Acceptable best, MediaProblem problem) {}
}
