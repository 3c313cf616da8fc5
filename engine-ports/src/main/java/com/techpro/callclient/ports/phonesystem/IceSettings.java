// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

import java.util.List;

/**
 * Whether an account's calls look for their way by ICE (RFC 8445), and what of this device they show for it. Without ICE sound goes to where the signalling
 * says, as most phone systems expect it, and follows authentic packets.
 *
 * @param use when ICE is used
 * @param servers of the phone system or its provider; nothing is asked of any other
 * @param candidates which addresses others get to see
 */
public record IceSettings(Use use, List<IceServer> servers, Candidates candidates) {
    /** Used where the other side offers it; with the addresses of this device alone. */
    public static final IceSettings DEFAULT = new IceSettings(Use.WHEN_OFFERED, List.of(), Candidates.ALL);

    public IceSettings {
        servers = List.copyOf(servers);
    }

    /** When ICE is used. */
    public enum Use {
        NEVER,
        /** In answer to an offer of it. */
        WHEN_OFFERED,
        /** It is offered too: the call begins up to 250 ms later, while servers are asked. */
        OFFERED
    }

    /** Which addresses the other side is told. */
    public enum Candidates {
        ALL,
        /** Those of private networks not: others see what a NAT makes of them. */
        NO_PRIVATE_ADDRESSES,
        /** Those of relays alone: the other side learns none of this device. There must be a TURN server. */
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
