// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import com.techpro.callclient.engine.internal.media.srtp.SrtpKeys;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What one offer and its answer agreed about a leg's transport.
 *
 * @param remoteRtp where to send; null while the device asked for nothing (RFC 3264 §8.4, address 0.0.0.0)
 * @param remoteRtcp where reports go; null for the same port (RFC 5761)
 * @param cryptoTag the tag of the agreed crypto attribute
 * @param local protects what the PBX sends; null in clear text, as is {@code remote}
 * @param remote protects what the device sends
 */
public record MediaAgreement(
        @Nullable InetSocketAddress remoteRtp,
        @Nullable InetSocketAddress remoteRtcp,
        int cryptoTag,
        @Nullable SrtpKeys local,
        @Nullable SrtpKeys remote) {
    boolean secure() {
        return local != null;
    }

    /** Whether a device that agreed on that can be pointed at this one: both in clear text, or with keys of one suite. */
    public boolean suits(MediaAgreement other) {
        if (remote == null || other.remote == null) {
            return remoteRtp != null && remote == null && other.remote == null;
        }
        return remoteRtp != null && remote.suite() == other.remote.suite();
    }

    MediaAgreement withLocal(@Nullable SrtpKeys keys) {
        return new MediaAgreement(remoteRtp, remoteRtcp, cryptoTag, keys, remote);
    }

    @Override
    public String toString() {
        return "MediaAgreement[" + (local == null ? "clear" : local.suite()) + "]";
    }
}
