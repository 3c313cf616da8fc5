// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import com.techpro.callclient.stack.media.codec.PayloadFormat;
import java.net.InetSocketAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An RTP packet in clear text, between a phone and the PBX.
 *
 * @param leg identifies the leg of the PBX's call
 * @param extension of the phone; empty if it has none
 * @param fromPhone whether the phone sent it, and not the PBX
 * @param packet header and payload, without encryption fields; never changed
 * @param decrypted whether it was encrypted on the wire
 * @param speech decodes its payload; null if it is not speech that the PBX knows
 * @param key whether it is a telephone event (RFC 4733)
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
