// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import com.techpro.callclient.stack.media.Keying;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The transport that one offer and its answer agreed for a leg.
 *
 * @param remoteRtp the destination; null while the device wants nothing (RFC 3264 §8.4, address
 *     0.0.0.0)
 * @param remoteRtcp the destination of RTCP; null for the same port (RFC 5761)
 * @param cryptoTag the tag of the agreed crypto attribute
 * @param local protects what the PBX sends; null in clear text and with DTLS, as is {@code remote}
 * @param remote protects what the device sends
 * @param dtls the DTLS association that supplies the keys; null if they come from the signalling
 * @param ufrag the device's ufrag in checks (RFC 8445), which choose the destination; null without
 *     ICE
 */
public record MediaAgreement(
        @Nullable InetSocketAddress remoteRtp,
        @Nullable InetSocketAddress remoteRtcp,
        int cryptoTag,
        @Nullable SrtpKeys local,
        @Nullable SrtpKeys remote,
        Keying.@Nullable Dtls dtls,
        @Nullable String ufrag) {
    /** An agreement without DTLS and ICE. */
    public MediaAgreement(
            @Nullable InetSocketAddress remoteRtp,
            @Nullable InetSocketAddress remoteRtcp,
            int cryptoTag,
            @Nullable SrtpKeys local,
            @Nullable SrtpKeys remote) {
        this(remoteRtp, remoteRtcp, cryptoTag, local, remote, null, null);
    }

    /**
     * Whether devices with these two agreements can send to each other: both in clear text, or both
     * with SDES keys of one suite.
     */
    public boolean suits(MediaAgreement other) {
        if (remoteRtp == null || dtls != null || other.dtls != null) {
            return false;
        }
        if (remote == null || other.remote == null) {
            return remote == null && other.remote == null;
        }
        return remote.suite() == other.remote.suite();
    }

    MediaAgreement withLocal(@Nullable SrtpKeys keys) {
        return new MediaAgreement(remoteRtp, remoteRtcp, cryptoTag, keys, remote, dtls, ufrag);
    }

    @Override
    public String toString() {
        return "MediaAgreement[" + (dtls != null ? "DTLS" : local == null ? "clear" : local.suite()) + "]";
    }
}
