// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice;

import com.techpro.callclient.stack.ice.turn.TurnFailure;
import java.net.InetSocketAddress;

/** Receives the events of an {@link IceSession}, on its scheduler. */
public interface IceListener {
    /** A local candidate for the other side: send it in the description, or after it (RFC 8838). */
    void candidate(IceCandidate candidate);

    /** Gathering stops waiting. Later answers of slow servers come as {@link #candidate}. */
    void gathered();

    /** All servers have answered; called if {@link #gathered} came before that. */
    void complete();

    /** Media of the component uses this pair from now on. */
    void selected(int component, IceCandidate local, IceCandidate remote);

    /**
     * A check came from an address that was not signalled, and will be answered (RFC 8445
     * §7.3.1.3).
     */
    void peerReflexive(InetSocketAddress address);

    /** Media of the component may not be sent until a pair is selected again. */
    void consentLost(int component);

    void stateChanged(IceState state);

    /** A packet that is not for the agent arrived through a relay. */
    void relayed(int component, byte[] packet, InetSocketAddress from);

    /** A server gives no relayed candidate. */
    void relayFailed(TurnFailure failure);
}
