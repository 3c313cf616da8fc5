// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media;

import com.techpro.callclient.engine.internal.media.codec.Codec;
import com.techpro.callclient.engine.internal.media.srtp.SrtpKeys;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What an offer and its answer agreed about one audio stream.
 *
 * @param remoteRtp where the signalling says to send
 * @param remoteRtcp where reports go; null if they share the port of the media (RFC 5761)
 * @param codec what is sent; received is either G.711 law under its static payload type as well
 * @param telephoneEventPayloadType the payload type of RFC 4733 events, or -1 if there are none
 * @param samplesPerPacket how much sound goes into each packet that is sent (a=ptime, a=maxptime, RFC 8866 §6.4); what is received may have any length
 * @param direction which way media flows
 * @param local what protects what is sent; null together with {@code remote} is clear text, for a lab only
 * @param remote what protects what is received
 */
public record MediaParameters(
        InetSocketAddress remoteRtp,
        @Nullable InetSocketAddress remoteRtcp,
        Codec codec,
        int telephoneEventPayloadType,
        int samplesPerPacket,
        Direction direction,
        @Nullable SrtpKeys local,
        @Nullable SrtpKeys remote) {

    /** 20 ms (RFC 3551 §4.5). */
    public static final int USUAL_PACKET = Codec.CLOCK_RATE / 50;

    private static final int SHORTEST_PACKET = Codec.CLOCK_RATE / 100;
    /** 100 ms: more would be cut into fragments by most networks once it is encrypted. */
    static final int LONGEST_PACKET = Codec.CLOCK_RATE / 10;

    /** With packets of the usual length. */
    public MediaParameters(
            InetSocketAddress remoteRtp,
            @Nullable InetSocketAddress remoteRtcp,
            Codec codec,
            int telephoneEventPayloadType,
            Direction direction,
            @Nullable SrtpKeys local,
            @Nullable SrtpKeys remote) {
        this(remoteRtp, remoteRtcp, codec, telephoneEventPayloadType, USUAL_PACKET, direction, local, remote);
    }

    public MediaParameters {
        samplesPerPacket = Math.max(SHORTEST_PACKET, Math.min(LONGEST_PACKET, samplesPerPacket));
        if ((local == null) != (remote == null)) {
            throw new IllegalArgumentException("keys are for both ways or for none");
        }
        if (telephoneEventPayloadType < -1
                || telephoneEventPayloadType > 127
                || telephoneEventPayloadType == codec.payloadType()) {
            throw new IllegalArgumentException("unusable telephone-event payload type " + telephoneEventPayloadType);
        }
    }

    /** Whether media is SRTP. */
    public boolean encrypted() {
        return local != null;
    }

    /** The same with another direction, for holding and resuming. */
    public MediaParameters withDirection(Direction changed) {
        return new MediaParameters(
                remoteRtp, remoteRtcp, codec, telephoneEventPayloadType, samplesPerPacket, changed, local, remote);
    }

    /** The same in packets of another length, which is brought within what one packet may hold. */
    public MediaParameters withSamplesPerPacket(int samples) {
        return new MediaParameters(
                remoteRtp, remoteRtcp, codec, telephoneEventPayloadType, samples, direction, local, remote);
    }

    @Override
    public String toString() {
        return "MediaParameters[" + codec.name() + ", " + direction + (encrypted() ? ", encrypted]" : ", clear]");
    }
}
