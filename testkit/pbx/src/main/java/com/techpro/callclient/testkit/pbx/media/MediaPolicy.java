// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import com.techpro.callclient.ports.phonesystem.KeyExchange;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The media protection that the PBX accepts and offers on one leg.
 *
 * @param suites acceptable, best first; all are offered
 * @param clearAccepted whether RTP without SRTP is accepted when the device asks for it
 * @param clearOffered whether the PBX itself offers RTP without SRTP
 * @param dtlsOffered whether a call first offers DTLS keys; if refused, the PBX offers what it
 *     would have offered without
 * @param deadCandidates whether SDP names ICE candidates (RFC 8839) at which nothing answers
 * @param dtlsForgotten whether each later offer and answer ends the DTLS association of a leg
 *     without ICE
 * @param keys the only kind of keys accepted in the device's encrypted first offer; null accepts
 *     either and both
 */
public record MediaPolicy(
        List<SrtpSuite> suites,
        boolean clearAccepted,
        boolean clearOffered,
        boolean dtlsOffered,
        boolean deadCandidates,
        boolean dtlsForgotten,
        @Nullable KeyExchange keys) {
    public MediaPolicy {
        suites = List.copyOf(suites);
    }

    public MediaPolicy(
            List<SrtpSuite> suites,
            boolean clearAccepted,
            boolean clearOffered,
            boolean dtlsOffered,
            boolean deadCandidates,
            boolean dtlsForgotten) {
        this(suites, clearAccepted, clearOffered, dtlsOffered, deadCandidates, dtlsForgotten, null);
    }

    /** Whether the keys of a first offer are of the required kind and no other. */
    boolean takesKeysOf(Sdp.Section offered) {
        boolean sdes = !offered.values("crypto").isEmpty();
        boolean dtls = !offered.values("fingerprint").isEmpty() || offered.isDtls();
        return keys == null || !(sdes || dtls) || (keys == KeyExchange.DTLS ? !sdes : !dtls);
    }
}
