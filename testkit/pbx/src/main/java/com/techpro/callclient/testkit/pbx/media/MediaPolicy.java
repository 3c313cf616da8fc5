// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import com.techpro.callclient.ports.phonesystem.KeyExchange;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which protection the PBX agrees to on one leg.
 *
 * @param suites acceptable, best first; all are offered
 * @param clearAccepted whether RTP without SRTP is accepted when the device asks for it
 * @param clearOffered whether the PBX itself offers RTP without SRTP
 * @param dtlsOffered whether a call first offers keys by DTLS; refused, the PBX offers what it would have offered without
 * @param deadCandidates whether descriptions name ICE candidates (RFC 8839) at which nobody answers
 * @param dtlsForgotten whether each later offer and answer ends the DTLS association of a leg without ICE
 * @param keys what alone an encrypted first offer of the device may have; null takes either and both
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

    /** Whether the keys of a first offer are those that are asked for, and no others. */
    boolean takesKeysOf(Sdp.Section offered) {
        boolean sdes = !offered.values("crypto").isEmpty();
        boolean dtls = !offered.values("fingerprint").isEmpty() || offered.isDtls();
        return keys == null || !(sdes || dtls) || (keys == KeyExchange.DTLS ? !sdes : !dtls);
    }
}
