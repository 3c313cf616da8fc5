// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import com.techpro.callclient.engine.internal.media.srtp.SrtpKeys;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

/**
 * What one call brings to its negotiations: the same from the first offer to the last, so that {@link OfferAnswer} needs nothing else.
 *
 * @param sessionId names the session in {@code o=}
 * @param rtp where media is received; RTCP on the next port unless multiplexed
 * @param keys what protects the media we send, for each suite we might agree on
 */
public record LocalMedia(long sessionId, InetSocketAddress rtp, SecurityFloor floor, Map<SrtpSuite, SrtpKeys> keys) {
    public LocalMedia {
        keys = Map.copyOf(keys);
    }

    /** With fresh keys: RFC 4568 §6.1 wants every session's to be its own. */
    public static LocalMedia create(InetSocketAddress rtp, SecurityFloor floor, Random random) {
        Map<SrtpSuite, SrtpKeys> keys = new EnumMap<>(SrtpSuite.class);
        for (SrtpSuite suite : floor.suites()) {
            keys.put(suite, SrtpKeys.generate(suite, random));
        }
        return new LocalMedia(random.nextInt(Integer.MAX_VALUE), rtp, floor, keys);
    }

    @Override
    public String toString() {
        return "LocalMedia[redacted]";
    }
}
