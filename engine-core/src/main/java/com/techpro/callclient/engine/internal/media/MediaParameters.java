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
 * @param direction which way media flows
 * @param local what protects what is sent; null together with {@code remote} is clear text, for a lab only
 * @param remote what protects what is received
 */
public record MediaParameters(
        InetSocketAddress remoteRtp,
        @Nullable InetSocketAddress remoteRtcp,
        Codec codec,
        int telephoneEventPayloadType,
        Direction direction,
        @Nullable SrtpKeys local,
        @Nullable SrtpKeys remote) {

    public MediaParameters {
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
        return new MediaParameters(remoteRtp, remoteRtcp, codec, telephoneEventPayloadType, changed, local, remote);
    }

    @Override
    public String toString() {
        return "MediaParameters[" + codec.name() + ", " + direction + (encrypted() ? ", encrypted]" : ", clear]");
    }
}
