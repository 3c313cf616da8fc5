// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import com.techpro.callclient.stack.ice.IceAttributes;
import com.techpro.callclient.stack.media.Keying;
import com.techpro.callclient.stack.media.MediaDirection;
import com.techpro.callclient.stack.media.MediaParameters;
import com.techpro.callclient.stack.media.PayloadTypeMap;
import com.techpro.callclient.stack.media.PayloadTypeMap.NoiseFormat;
import com.techpro.callclient.stack.media.PayloadTypeMap.Redundancy;
import com.techpro.callclient.stack.media.PayloadTypeMap.TelephoneEvents;
import com.techpro.callclient.stack.media.codec.Codec;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What an offer and its answer agreed.
 *
 * @param remoteHold whether the other side does not want to hear us now
 * @param remoteIce how the other side may be found; null if it does without ICE, or this side does
 */
public record NegotiatedMedia(
        MediaParameters parameters,
        boolean remoteHold,
        @Nullable IceAttributes remoteIce) {
    public NegotiatedMedia(MediaParameters parameters, boolean remoteHold) {
        this(parameters, remoteHold, null);
    }

    /**
     * @param offered what this side offered; null if it answers
     * @param theirs the other side's description
     * @param format what is sent
     */
    static NegotiatedMedia of(
            @Nullable AudioSection offered,
            AudioSection theirs,
            InetSocketAddress rtp,
            PayloadFormat format,
            MediaDirection direction,
            Keying keying,
            @Nullable IceAttributes ice) {
        Codec codec = format.codec();
        int eventClock = theirs.telephoneEventClock(codec);
        int events = theirs.telephoneEvent(eventClock);
        MediaParameters parameters = new MediaParameters(
                rtp,
                theirs.rtcp(),
                format,
                events < 0 || events == format.payloadType() ? null : new TelephoneEvents(events, eventClock),
                received(offered, theirs, format),
                theirs.packetMillis(codec),
                direction,
                keying,
                theirs.extendedReports());
        return new NegotiatedMedia(parameters, !theirs.direction().receives(), ice);
    }

    public Keying keying() {
        return parameters.keying();
    }

    /**
     * Who answers takes the offer's numbers. Who offered expects the offer's, and hears the answer's
     * as well.
     */
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
        return PayloadTypeMap.of(codecs, events, comfortNoise(offered, theirs, chosen.codec()))
                .with(redundancy(offered, theirs, chosen.codec()));
    }

    /** Each side says under which number it receives. */
    private static @Nullable Redundancy redundancy(@Nullable AudioSection offered, AudioSection theirs, Codec codec) {
        int sent = theirs.redundancy(codec);
        int received = offered == null ? sent : offered.redundancy(codec);
        return sent < 0 || received < 0 ? null : new Redundancy(sent, received, codec.clockRate());
    }

    /** The number under which it is sent, and then the one under which it may come. */
    private static List<NoiseFormat> comfortNoise(@Nullable AudioSection offered, AudioSection theirs, Codec codec) {
        int sent = theirs.comfortNoise(codec);
        int received = offered == null ? sent : offered.comfortNoise(codec);
        if (sent < 0 || received < 0) {
            return List.of();
        }
        return IntStream.of(sent, received)
                .distinct()
                .mapToObj(number -> new NoiseFormat(number, codec.clockRate()))
                .collect(Collectors.toList());
    }
}
