// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.ice;

import com.techpro.callclient.engine.internal.ice.turn.TurnFailure;
import java.net.InetSocketAddress;

/** Hears what happens in an {@link IceSession}, on its scheduler. */
public interface IceListener {
    /** A local candidate to tell the other side: in the description, or after it (RFC 8838). */
    void candidate(IceCandidate candidate);

    /** All that will be waited for is there; what a slow server still answers comes as a {@link #candidate} after this. */
    void gathered();

    /** No server is still to answer, after {@link #gathered} told less than all. */
    void complete();

    /** Media of the component goes this way from now on. */
    void selected(int component, IceCandidate local, IceCandidate remote);

    /** A check came from an address that was not signalled, and will be answered (RFC 8445 §7.3.1.3). */
    void peerReflexive(InetSocketAddress address);

    /** Media of the component goes nowhere, until a pair is selected again. */
    void consentLost(int component);

    void stateChanged(IceState state);

    /** A packet that is not for the agent came through a relay. */
    void relayed(int component, byte[] packet, InetSocketAddress from);

    /** A server gives no relayed candidate. */
    void relayFailed(TurnFailure failure);
}
