// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

import java.util.List;

/**
 * The ICE settings of an account's calls (RFC 8445): when ICE is used, and which addresses of this
 * device it reveals. Without ICE, media goes to the address in the SDP, as most phone systems
 * expect. With SRTP it then follows the source of authentic packets.
 *
 * @param use when ICE is used
 * @param servers of the phone system or its provider; no other server is contacted
 * @param candidates which addresses the other side gets to see
 */
public record IceSettings(Use use, List<IceServer> servers, Candidates candidates) {
    /** Uses ICE if the other side offers it, with only the addresses of this device. */
    public static final IceSettings DEFAULT = new IceSettings(Use.WHEN_OFFERED, List.of(), Candidates.ALL);

    public IceSettings {
        servers = List.copyOf(servers);
    }

    /** When ICE is used. */
    public enum Use {
        NEVER,
        /** Only if the other side offers it. */
        WHEN_OFFERED,
        /**
         * Offered as well: the call starts when the servers have answered, up to 350 ms later. The
         * next call does not wait for a STUN server that was silent.
         */
        OFFERED
    }

    /** Which addresses this device sends to the other side. */
    public enum Candidates {
        ALL,
        /** No addresses of private networks: the other side sees those that a NAT maps them to. */
        NO_PRIVATE_ADDRESSES,
        /**
         * Only relayed addresses: the other side learns no address of this device. Requires a TURN
         * server.
         */
        RELAYED_ONLY
    }

    public IceSettings withUse(Use wanted) {
        return new IceSettings(wanted, servers, candidates);
    }

    public IceSettings withServers(List<IceServer> named) {
        return new IceSettings(use, named, candidates);
    }

    public IceSettings withCandidates(Candidates shown) {
        return new IceSettings(use, servers, shown);
    }
}
