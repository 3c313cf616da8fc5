// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice.turn;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** An action that a TURN client requests, or an event that it reports. */
public sealed interface TurnEffect {
    /** Send to the server; over a stream, as it is. */
    @SuppressWarnings("ArrayRecordComponent") // Passed on once, never compared.
    record Send(byte[] packet) implements TurnEffect {}

    /**
     * The server relays.
     *
     * @param relayed the address to which peers send
     * @param mapped this client's address as the server sees it
     */
    record Allocated(InetSocketAddress relayed, InetSocketAddress mapped, Duration lifetime) implements TurnEffect {}

    /** The server still has the allocation. */
    record Refreshed() implements TurnEffect {}

    /** There is no allocation, or no longer. Nothing follows. */
    record Failed(TurnFailure failure) implements TurnEffect {}

    record PermissionGranted(InetAddress peer) implements TurnEffect {}

    record PermissionRefused(InetAddress peer, TurnFailure failure) implements TurnEffect {}

    record ChannelBound(InetSocketAddress peer) implements TurnEffect {}

    /** A peer's packet arrived through the relay. */
    @SuppressWarnings("ArrayRecordComponent") // Passed on once, never compared.
    record Received(InetSocketAddress peer, byte[] packet) implements TurnEffect {}

    /** The allocation was released, or the server did not answer. Nothing follows. */
    record Released() implements TurnEffect {}
}
