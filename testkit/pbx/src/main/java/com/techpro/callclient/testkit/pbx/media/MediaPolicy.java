// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import java.util.List;

/**
 * Which protection the PBX agrees to on one leg.
 *
 * @param suites acceptable, best first; all are offered
 * @param clearAccepted whether RTP without SRTP is accepted when the device asks for it
 * @param clearOffered whether the PBX itself offers RTP without SRTP
 * @param dtlsOffered whether a call first offers keys by DTLS; refused, the PBX offers what it would have offered without
 * @param deadCandidates whether descriptions name ICE candidates (RFC 8839) at which nobody answers
 * @param dtlsForgotten whether each later offer and answer ends the DTLS association of a leg without ICE
 */
public record MediaPolicy(
        List<SrtpSuite> suites,
        boolean clearAccepted,
        boolean clearOffered,
        boolean dtlsOffered,
        boolean deadCandidates,
        boolean dtlsForgotten) {
    public MediaPolicy {
        suites = List.copyOf(suites);
    }
}
