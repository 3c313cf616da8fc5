// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice;

import java.net.InetSocketAddress;

/**
 * A transport address that may be reached over UDP (RFC 8445 §5.1).
 *
 * @param foundation the same for candidates that are likely to behave alike (§5.1.1.3)
 * @param component 1 for RTP, or for RTP and RTCP on one port; 2 for RTCP
 * @param address the destination of packets
 * @param base the source of a local candidate's packets: for a reflexive candidate the host
 *     candidate's address, for any other its own (§5.1.1.2). For a remote candidate, its related
 *     address or its own
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

    /**
     * @param localPreference ranks several addresses of this host; the greater, the better
     *     (§5.1.2.1)
     */
    public static long priority(CandidateType type, int localPreference, int component) {
        return (long) type.preference() << 24 | (long) localPreference << 8 | 256 - component;
    }

    public static IceCandidate host(int component, InetSocketAddress address, int localPreference) {
        return local(CandidateType.HOST, component, address, address, "", localPreference);
    }

    /**
     * @param server the STUN server that reported the address
     */
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
     * @param server the TURN server
     * @param stream whether the server is reached over a stream
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
        // §5.1.1.3: type, address of the base, server and its protocol.
        int hash = (type.token() + base.getAddress() + server).hashCode();
        return new IceCandidate(
                Integer.toUnsignedString(hash),
                component,
                type,
                address,
                base,
                priority(type, localPreference, component));
    }

    /** Returns this remote candidate with the address at which it is reached in fact. */
    public IceCandidate at(InetSocketAddress reached) {
        return new IceCandidate(foundation, component, type, reached, base.equals(address) ? reached : base, priority);
    }

    /** Omits the addresses. */
    @Override
    public String toString() {
        return "IceCandidate[" + type + ", component " + component + ", priority " + priority + "]";
    }
}
