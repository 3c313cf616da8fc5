// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.ice;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Which local candidates are used, and which of them the other side is told (RFC 8445 §19.5, RFC 8828). */
public enum IceTransportPolicy {
    ALL,
    /** A host address of a private network is checked from, and not told: others see what a NAT makes of it. */
    NO_PRIVATE_HOST,
    /** Relayed candidates alone, so that the other side learns no address of this host. */
    RELAY;

    boolean uses(IceCandidate candidate) {
        return this != RELAY || candidate.type() == CandidateType.RELAYED;
    }

    boolean tells(IceCandidate candidate) {
        return this != NO_PRIVATE_HOST
                || candidate.type() != CandidateType.HOST
                || !isPrivate(candidate.address().getAddress());
    }

    /** Whether related addresses are left out of what the other side is told. */
    public boolean withholdsRelated() {
        return this != ALL;
    }

    /** RFC 1918, RFC 6598, RFC 4193; link-local and loopback. */
    private static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean shared = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xC0) == 64;
        boolean uniqueLocal = address instanceof Inet6Address && (bytes[0] & 0xFE) == 0xFC;
        return shared
                || uniqueLocal
                || address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || address.isLoopbackAddress();
    }
}
