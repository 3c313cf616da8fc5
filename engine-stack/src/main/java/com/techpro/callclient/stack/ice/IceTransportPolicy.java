// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Which local candidates are used, and which are signalled (RFC 8445 §19.5, RFC 8828). */
public enum IceTransportPolicy {
    ALL,
    /**
     * Private host addresses send checks but are not signalled: the other side sees them through a
     * NAT.
     */
    NO_PRIVATE_HOST,
    /** Relayed candidates only, so that the other side learns no address of this host. */
    RELAY;

    boolean uses(IceCandidate candidate) {
        return this != RELAY || candidate.type() == CandidateType.RELAYED;
    }

    boolean tells(IceCandidate candidate) {
        return this != NO_PRIVATE_HOST
                || candidate.type() != CandidateType.HOST
                || !isPrivate(candidate.address().getAddress());
    }

    /** Whether related addresses are omitted from the signalling. */
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
