// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import com.techpro.callclient.ports.phonesystem.KeyExchange;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.ice.IceAttributes;
import com.techpro.callclient.stack.ice.IceCandidate;
import com.techpro.callclient.stack.ice.IceCredentials;
import com.techpro.callclient.stack.media.codec.Codec;
import com.techpro.callclient.stack.media.codec.Codecs;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.stack.media.dtls.DtlsIdentity;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one call brings to its negotiations: the same from the first offer to the last, so that {@link OfferAnswer} needs nothing else.
 *
 * @param sessionId names the session in {@code o=}
 * @param rtp where media is received; RTCP on the next port unless multiplexed
 * @param keys what protects the media we send, for each suite we might agree on
 * @param codecs that may be agreed on, in the order in which a first offer has them
 * @param keying what keys are taken
 * @param offered what keys a first offer has
 * @param identity the account's, shown in handshakes
 * @param ice how the other side may find this one; null without ICE, and without credentials where the other side does without
 * @param relatedWithheld whether of a reflexive or relayed candidate the address behind it is left out
 * @param compact whether a first offer leaves out what is not needed for the call, since a longer INVITE would not fit into a datagram (RFC 3261 §18.1.1)
 */
public record LocalMedia(
        long sessionId,
        InetSocketAddress rtp,
        SecurityFloor floor,
        Map<SrtpSuite, SrtpKeys> keys,
        List<Codec> codecs,
        KeyingPolicy keying,
        Set<KeyExchange> offered,
        DtlsIdentity identity,
        @Nullable IceAttributes ice,
        boolean relatedWithheld,
        boolean compact) {
    public LocalMedia {
        keys = Map.copyOf(keys);
        codecs = List.copyOf(codecs);
        offered = Set.copyOf(offered);
    }

    /** Fresh, with what the account permits (promise O1). */
    public static LocalMedia create(InetSocketAddress rtp, SipAccount account, DtlsIdentity identity, Random random) {
        Set<String> permitted = account.codecs();
        List<String> preference = account.codecPreference();
        List<Codec> codecs = new ArrayList<>();
        for (Codec codec : Codecs.ALL) {
            if (permitted == null || permitted.contains(name(codec))) {
                codecs.add(codec);
            }
        }
        codecs.sort(Comparator.comparingInt(codec -> {
            int place = preference.indexOf(name(codec));
            return place < 0 ? preference.size() : place;
        }));
        return create(rtp, account.securityFloor(), codecs, account.keyingPolicy(), identity, random)
                .compact(account.transport() == SipTransport.UDP);
    }

    private static String name(Codec codec) {
        return codec.encodingName().toLowerCase(Locale.ROOT);
    }

    /** The same for a session with somebody else: with a name and keys that are not known from the last. */
    public LocalMedia renewed(Random random) {
        return create(rtp, floor, codecs, keying, identity, random)
                .withIce(ice, relatedWithheld)
                .offering(offered)
                .compact(compact);
    }

    private LocalMedia compact(boolean offers) {
        return new LocalMedia(
                sessionId, rtp, floor, keys, codecs, keying, offered, identity, ice, relatedWithheld, offers);
    }

    /** The same, received elsewhere. */
    public LocalMedia at(InetSocketAddress other) {
        return new LocalMedia(
                sessionId, other, floor, keys, codecs, keying, offered, identity, ice, relatedWithheld, compact);
    }

    /**
     * The same, found in another way.
     *
     * @param now {@link IceAttributes#NONE} is without ICE; null changes nothing
     */
    public LocalMedia found(@Nullable IceAttributes now) {
        return now == null ? this : withIce(now.equals(IceAttributes.NONE) ? null : now, relatedWithheld);
    }

    /** The other side does without ICE, and so does this one from now on: received at the default candidate, if there is any. */
    public LocalMedia withoutIce() {
        return ice == null ? this : found(ice.withoutCredentials());
    }

    /** Whether descriptions say how to find this side by ICE. */
    boolean tellsIce() {
        return ice != null && ice.credentials() != null;
    }

    /** @param found null is without ICE */
    public LocalMedia withIce(@Nullable IceAttributes found, boolean withholdRelated) {
        return new LocalMedia(
                sessionId, rtp, floor, keys, codecs, keying, offered, identity, found, withholdRelated, compact);
    }

    /** The same, with other keys in a first offer. */
    public LocalMedia offering(Set<KeyExchange> exchanges) {
        return new LocalMedia(
                sessionId, rtp, floor, keys, codecs, keying, exchanges, identity, ice, relatedWithheld, compact);
    }

    /** The address that a description shows: with ICE that of the default candidate, or none. */
    InetAddress shownAddress() {
        if (ice == null) {
            return rtp.getAddress();
        }
        IceCandidate usual = ice.defaultCandidate(1);
        return usual == null
                ? new InetSocketAddress(0).getAddress()
                : usual.address().getAddress();
    }

    /** Whether a description of ours says where media is received now (RFC 3264 §8.3.1). */
    public boolean isIn(SessionDescription ours) {
        IceCredentials credentials = ice == null ? null : ice.credentials();
        List<String> told = ours.media().stream()
                .flatMap(line -> line.values("ice-ufrag").stream())
                .collect(Collectors.toList());
        if (credentials != null && !told.isEmpty()) {
            return told.contains(credentials.ufrag());
        }
        IceCandidate usual = ice == null ? null : ice.defaultCandidate(1);
        int port = usual == null ? rtp.getPort() : usual.address().getPort();
        String here = LiteralAddress.connection(shownAddress());
        return here.equals(ours.connection()) && ours.media().stream().anyMatch(line -> line.port() == port);
    }

    /** The codecs with one of them at their head; null changes nothing. */
    List<Codec> codecsWithFirst(@Nullable Codec first) {
        List<Codec> ordered = new ArrayList<>(codecs);
        if (first != null && ordered.remove(first)) {
            ordered.add(0, first);
        }
        return ordered;
    }

    /** Of somebody else's codecs those that may be agreed on; they have payload types of their own. */
    List<PayloadFormat> permitted(List<PayloadFormat> theirs) {
        List<PayloadFormat> permitted = new ArrayList<>(theirs.size());
        for (PayloadFormat format : theirs) {
            if (codecs.contains(format.codec())) {
                permitted.add(format);
            }
        }
        return permitted;
    }

    /** With fresh keys: RFC 4568 §6.1 wants every session's to be its own. */
    static LocalMedia create(
            InetSocketAddress rtp,
            SecurityFloor floor,
            List<Codec> codecs,
            KeyingPolicy keying,
            DtlsIdentity identity,
            Random random) {
        Map<SrtpSuite, SrtpKeys> keys = new EnumMap<>(SrtpSuite.class);
        for (SrtpSuite suite : floor.suites()) {
            keys.put(suite, SrtpKeys.generate(suite, random));
        }
        return new LocalMedia(
                random.nextInt(Integer.MAX_VALUE),
                rtp,
                floor,
                keys,
                codecs,
                keying,
                KeyOffers.of(keying),
                identity,
                null,
                false,
                false);
    }

    SrtpKeys keysFor(SrtpSuite suite) {
        SrtpKeys ours = keys.get(suite);
        if (ours == null) {
            throw new IllegalArgumentException("no key for " + suite);
        }
        return ours;
    }

    @Override
    public String toString() {
        return "LocalMedia[redacted]";
    }
}
