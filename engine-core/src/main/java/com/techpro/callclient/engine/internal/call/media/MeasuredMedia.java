// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.media;

import com.techpro.callclient.stack.media.MediaStatistics;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import java.net.InetSocketAddress;

/**
 * A call's media with its figures, for a report. Prints without addresses.
 *
 * @param local where media was received
 * @param remote where signalling said that media is received
 * @param format of what was sent
 * @param packetMillis the sound in a packet sent
 */
public record MeasuredMedia(
        MediaStatistics figures,
        InetSocketAddress local,
        InetSocketAddress remote,
        PayloadFormat format,
        int packetMillis) {
    @Override
    public String toString() {
        return "MeasuredMedia[" + format.encodingName() + "]";
    }
}
