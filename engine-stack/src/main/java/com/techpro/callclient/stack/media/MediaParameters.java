// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.stack.media.PayloadTypeMap.TelephoneEvents;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.stack.media.rtp.xr.XrFormats;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of an offer and its answer for one audio stream.
 *
 * @param remoteRtp the signalled destination
 * @param remoteRtcp the destination of reports; null if they share the RTP port (RFC 5761)
 * @param codec the codec to send, under the far end's payload type
 * @param telephoneEvents of RFC 4733, under the far end's payload type; null for none
 * @param received the formats to receive, under this side's payload types
 * @param packetMillis the sound in each packet sent (a=ptime, a=maxptime, RFC 8866 §6.4), limited
 *     to what the codec supports; received packets may have any length
 * @param direction of the media
 * @param keying the protection
 * @param extendedReports the extended reports that the far end permits (RFC 3611)
 */
public record MediaParameters(
        InetSocketAddress remoteRtp,
        @Nullable InetSocketAddress remoteRtcp,
        PayloadFormat codec,
        @Nullable TelephoneEvents telephoneEvents,
        PayloadTypeMap received,
        int packetMillis,
        MediaDirection direction,
        Keying keying,
        XrFormats extendedReports) {

    /** Without extended reports. */
    public MediaParameters(
            InetSocketAddress remoteRtp,
            @Nullable InetSocketAddress remoteRtcp,
            PayloadFormat codec,
            @Nullable TelephoneEvents telephoneEvents,
            PayloadTypeMap received,
            int packetMillis,
            MediaDirection direction,
            Keying keying) {
        this(remoteRtp, remoteRtcp, codec, telephoneEvents, received, packetMillis, direction, keying, XrFormats.NONE);
    }

    /**
     * With packets of the usual length, the same payload types in both directions, and keys from
     * the signalling; null for none.
     */
    public MediaParameters(
            InetSocketAddress remoteRtp,
            @Nullable InetSocketAddress remoteRtcp,
            PayloadFormat codec,
            int telephoneEventPayloadType,
            MediaDirection direction,
            @Nullable SrtpKeys local,
            @Nullable SrtpKeys remote) {
        this(
                remoteRtp,
                remoteRtcp,
                codec,
                telephoneEvents(telephoneEventPayloadType, codec),
                PayloadTypeMap.of(
                        List.of(codec),
                        telephoneEventPayloadType < 0
                                ? List.of()
                                : List.of(new TelephoneEvents(
                                        telephoneEventPayloadType, codec.codec().clockRate()))),
                codec.codec().usualPacketMillis(),
                direction,
                keying(local, remote));
    }

    /** With telephone events at the codec's clock rate; a payload type of -1 is none. */
    public MediaParameters(
            InetSocketAddress remoteRtp,
            @Nullable InetSocketAddress remoteRtcp,
            PayloadFormat codec,
            int telephoneEventPayloadType,
            PayloadTypeMap received,
            int packetMillis,
            MediaDirection direction,
            Keying keying) {
        this(
                remoteRtp,
                remoteRtcp,
                codec,
                telephoneEvents(telephoneEventPayloadType, codec),
                received,
                packetMillis,
                direction,
                keying);
    }

    /** Returns these parameters with another destination. */
    public MediaParameters at(InetSocketAddress rtp, @Nullable InetSocketAddress rtcp) {
        return new MediaParameters(
                rtp, rtcp, codec, telephoneEvents, received, packetMillis, direction, keying, extendedReports);
    }

    /** Returns these parameters with receiving added to the direction. */
    public MediaParameters receiving() {
        return new MediaParameters(
                remoteRtp,
                remoteRtcp,
                codec,
                telephoneEvents,
                received,
                packetMillis,
                direction.receiving(),
                keying,
                extendedReports);
    }

    /** Returns these parameters with these extended reports permitted. */
    public MediaParameters withExtendedReports(XrFormats formats) {
        return new MediaParameters(
                remoteRtp, remoteRtcp, codec, telephoneEvents, received, packetMillis, direction, keying, formats);
    }

    private static @Nullable TelephoneEvents telephoneEvents(int payloadType, PayloadFormat codec) {
        return payloadType == -1
                ? null
                : new TelephoneEvents(payloadType, codec.codec().clockRate());
    }

    private static Keying keying(@Nullable SrtpKeys local, @Nullable SrtpKeys remote) {
        if ((local == null) != (remote == null)) {
            throw new IllegalArgumentException("keys are for both ways or for none");
        }
        return local == null || remote == null ? new Keying.Clear() : new Keying.Sdes(local, remote);
    }

    public MediaParameters {
        packetMillis = codec.packetMillis(packetMillis);
        if (telephoneEvents != null
                && (telephoneEvents.payloadType() < 0
                        || telephoneEvents.payloadType() > 127
                        || telephoneEvents.payloadType() == codec.payloadType())) {
            throw new IllegalArgumentException(
                    "unusable telephone-event payload type " + telephoneEvents.payloadType());
        }
    }

    /** Whether media is SRTP. */
    public boolean encrypted() {
        return keying.encrypted();
    }

    /** Returns the samples in each packet that is sent. */
    int samplesPerPacket() {
        return codec.codec().sampleRate() * packetMillis / 1000;
    }

    /** Returns these parameters with another direction, for hold and resume. */
    public MediaParameters withDirection(MediaDirection changed) {
        return new MediaParameters(
                remoteRtp,
                remoteRtcp,
                codec,
                telephoneEvents,
                received,
                packetMillis,
                changed,
                keying,
                extendedReports);
    }

    /** Returns these parameters with another packet length, limited to what one packet may hold. */
    public MediaParameters withPacketMillis(int millis) {
        return new MediaParameters(
                remoteRtp, remoteRtcp, codec, telephoneEvents, received, millis, direction, keying, extendedReports);
    }

    @Override
    public String toString() {
        return "MediaParameters[" + codec.encodingName() + ", " + direction
                + (encrypted() ? ", encrypted]" : ", clear]");
    }
}
