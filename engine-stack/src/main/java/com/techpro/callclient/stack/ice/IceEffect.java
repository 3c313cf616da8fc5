// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice;

import java.net.InetSocketAddress;

/** An action that an ICE agent requests, or an event that it reports. */
public sealed interface IceEffect {
    /**
     * @param base of a local candidate: the socket or relay to send by
     */
    @SuppressWarnings("ArrayRecordComponent") // Passed on once, never compared.
    record Send(InetSocketAddress base, InetSocketAddress to, byte[] packet) implements IceEffect {}

    /** A remote address will be sent to from this base; a relay needs a permission for it. */
    record Prepare(InetSocketAddress base, InetSocketAddress to) implements IceEffect {}

    /**
     * An authenticated check came from an address that was not signalled; packets may go there from
     * now on.
     */
    record PeerReflexive(InetSocketAddress address) implements IceEffect {}

    /**
     * Media of the component uses this pair from now on: the best valid one, or the nominated one.
     */
    record Selected(int component, IceCandidate local, IceCandidate remote) implements IceEffect {}

    /** Nothing may be sent on the component's pair any more (RFC 7675 §5.1). */
    record ConsentLost(int component) implements IceEffect {}

    record StateChanged(IceState state) implements IceEffect {}
}
