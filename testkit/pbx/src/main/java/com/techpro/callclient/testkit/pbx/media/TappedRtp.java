// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import com.techpro.callclient.engine.internal.media.codec.PayloadFormat;
import java.net.InetSocketAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An RTP packet in clear text, between a phone and the PBX.
 *
 * @param leg tells the legs of the PBX's calls apart
 * @param extension whose phone it is; empty for who has none
 * @param fromPhone whether the phone sent it, and not the PBX
 * @param packet header and payload, without what encryption added; never changed
 * @param decrypted whether it was encrypted on the wire
 * @param speech how to decode its payload; null for what is no speech that the PBX knows
 * @param key whether it tells of a key that is pressed (RFC 4733)
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record TappedRtp(
        Instant at,
        int leg,
        String extension,
        boolean fromPhone,
        InetSocketAddress from,
        InetSocketAddress to,
        byte[] packet,
        boolean decrypted,
        @Nullable PayloadFormat speech,
        boolean key) {}
