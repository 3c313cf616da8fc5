// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.ice;

import java.net.InetSocketAddress;

/** What an ICE agent wants done, or has to tell. */
public sealed interface IceEffect {
    /** @param base of one of the local candidates: by which socket, or through which relay */
    @SuppressWarnings("ArrayRecordComponent") // Handed on once, never compared.
    record Send(InetSocketAddress base, InetSocketAddress to, byte[] packet) implements IceEffect {}

    /** A remote address that will be sent to from this base: a relay needs its permission. */
    record Prepare(InetSocketAddress base, InetSocketAddress to) implements IceEffect {}

    /** A check that the other side vouched for came from an address that it had not named; what follows goes there. */
    record PeerReflexive(InetSocketAddress address) implements IceEffect {}

    /** Media of the component goes this way from now on: the pair is the best valid one, or the chosen one. */
    record Selected(int component, IceCandidate local, IceCandidate remote) implements IceEffect {}

    /** Nothing may be sent on the component's pair any more (RFC 7675 §5.1). */
    record ConsentLost(int component) implements IceEffect {}

    record StateChanged(IceState state) implements IceEffect {}
}
