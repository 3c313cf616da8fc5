// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import com.techpro.callclient.ports.phonesystem.KeyExchange;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.Keying;
import com.techpro.callclient.stack.media.MediaParameters;
import com.techpro.callclient.stack.media.codec.Codec;
import com.techpro.callclient.stack.media.codec.Codecs;
import com.techpro.callclient.stack.media.dtls.DtlsIdentity;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** What calls bring to their negotiations where keys come by the signalling or not at all. */
public final class SdesOnly {
    private SdesOnly() {}

    public static LocalMedia create(InetSocketAddress rtp, SecurityFloor floor, Random random) {
        return LocalMedia.create(rtp, floor, Codecs.ALL, KeyingPolicy.SDES_ONLY, identity(), random);
    }

    /** With any keying. */
    public static LocalMedia create(
            InetSocketAddress rtp, SecurityFloor floor, List<Codec> codecs, KeyingPolicy keying) {
        return LocalMedia.create(rtp, floor, codecs, keying, identity(), Seeds.random(6));
    }

    static LocalMedia of(long session, InetSocketAddress rtp, SecurityFloor floor, Map<SrtpSuite, SrtpKeys> keys) {
        return of(session, rtp, floor, keys, Codecs.ALL);
    }

    static LocalMedia of(
            long session,
            InetSocketAddress rtp,
            SecurityFloor floor,
            Map<SrtpSuite, SrtpKeys> keys,
            List<Codec> codecs) {
        return new LocalMedia(
                session,
                rtp,
                floor,
                keys,
                codecs,
                KeyingPolicy.SDES_ONLY,
                Set.of(KeyExchange.SDES),
                identity(),
                null,
                false,
                false);
    }

    static DtlsIdentity identity() {
        return new DtlsIdentity(Seeds.random(5), Instant.EPOCH);
    }

    /** The keys of what is sent. */
    public static SrtpKeys local(MediaParameters agreed) {
        return ((Keying.Sdes) agreed.keying()).local();
    }

    public static SrtpKeys remote(MediaParameters agreed) {
        return ((Keying.Sdes) agreed.keying()).remote();
    }
}
