// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.ice;

import java.net.InetSocketAddress;

/**
 * An address and port that may be reached, over UDP (RFC 8445 §5.1).
 *
 * @param foundation the same for candidates that likely fare alike (§5.1.1.3)
 * @param component 1 for RTP, or for RTP and RTCP on one port; 2 for RTCP
 * @param address where packets are sent to
 * @param base where a local candidate's packets leave from: of a reflexive candidate the host's, of any other itself (§5.1.1.2); of a
 *     remote candidate its related address, or itself
 * @param priority from 1 to 2³¹−1
 */
public record IceCandidate(
        String foundation,
        int component,
        CandidateType type,
        InetSocketAddress address,
        InetSocketAddress base,
        long priority) {
    public static final int MAX_PREFERENCE = 65_535;

    /** @param localPreference of several addresses of this host, the greater the better (§5.1.2.1) */
    public static long priority(CandidateType type, int localPreference, int component) {
        return (long) type.preference() << 24 | (long) localPreference << 8 | 256 - component;
    }

    public static IceCandidate host(int component, InetSocketAddress address, int localPreference) {
        return local(CandidateType.HOST, component, address, address, "", localPreference);
    }

    /** @param server that said so */
    public static IceCandidate serverReflexive(
            int component,
            InetSocketAddress address,
            InetSocketAddress base,
            InetSocketAddress server,
            int localPreference) {
        return local(
                CandidateType.SERVER_REFLEXIVE, component, address, base, "" + server.getAddress(), localPreference);
    }

    /**
     * @param server that relays
     * @param stream whether the server is reached over one
     */
    public static IceCandidate relayed(
            int component, InetSocketAddress address, InetSocketAddress server, boolean stream, int localPreference) {
        return local(
                CandidateType.RELAYED,
                component,
                address,
                address,
                (stream ? "stream" : "") + server.getAddress(),
                localPreference);
    }

    private static IceCandidate local(
            CandidateType type,
            int component,
            InetSocketAddress address,
            InetSocketAddress base,
            String server,
            int localPreference) {
        // §5.1.1.3: type, address of the base, server and how it was asked.
        int hash = (type.token() + base.getAddress() + server).hashCode();
        return new IceCandidate(
                Integer.toUnsignedString(hash),
                component,
                type,
                address,
                base,
                priority(type, localPreference, component));
    }

    /** A remote one, reached at another address than it tells. */
    public IceCandidate at(InetSocketAddress reached) {
        return new IceCandidate(foundation, component, type, reached, base.equals(address) ? reached : base, priority);
    }

    /** Without addresses. */
    @Override
    public String toString() {
        return "IceCandidate[" + type + ", component " + component + ", priority " + priority + "]";
    }
}
