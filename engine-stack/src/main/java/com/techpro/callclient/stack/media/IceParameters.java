// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.stack.ice.IceTransportPolicy;
import com.techpro.callclient.stack.ice.SilentStunServers;
import com.techpro.callclient.stack.ice.TurnServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * The ICE parameters of a session.
 *
 * @param controlling whether this side made the offer (RFC 8445 §6.1.1)
 * @param components 1, or 2 if the other side cannot receive RTCP on the RTP port
 * @param otherAddresses of this host, besides the one on which the session is opened, in order of
 *     preference
 * @param stunServers asked over UDP from each address of their family
 * @param silent those of them that did not answer in time; shared with earlier and later sessions
 * @param turnServers asked like the STUN servers, or over a stream
 * @param trickled whether the other side is known to take later candidates (RFC 8838 §5)
 */
public record IceParameters(
        boolean controlling,
        int components,
        List<InetAddress> otherAddresses,
        List<InetSocketAddress> stunServers,
        SilentStunServers silent,
        List<TurnServer> turnServers,
        IceTransportPolicy policy,
        boolean trickled) {
    public IceParameters {
        if (components < 1 || components > 2) {
            throw new IllegalArgumentException("one component, or two");
        }
        otherAddresses = List.copyOf(otherAddresses);
        stunServers = List.copyOf(stunServers);
        turnServers = List.copyOf(turnServers);
    }

    /** Parameters of a session whose other side is not known to take later candidates. */
    public IceParameters(
            boolean controlling,
            int components,
            List<InetAddress> otherAddresses,
            List<InetSocketAddress> stunServers,
            List<TurnServer> turnServers,
            IceTransportPolicy policy) {
        this(controlling, components, otherAddresses, stunServers, new SilentStunServers(), turnServers, policy, false);
    }

    /** Returns parameters with host candidates only, and RTCP on the RTP port. */
    public static IceParameters of(boolean controlling) {
        return new IceParameters(controlling, 1, List.of(), List.of(), List.of(), IceTransportPolicy.ALL);
    }

    @Override
    public String toString() {
        return "IceParameters[" + (controlling ? "controlling" : "controlled") + ", " + policy + "]";
    }
}
