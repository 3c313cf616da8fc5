// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.ice.turn;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** What a TURN client wants done, or has to tell. */
public sealed interface TurnEffect {
    /** To the server; over a stream as it is. */
    @SuppressWarnings("ArrayRecordComponent") // Handed on once, never compared.
    record Send(byte[] packet) implements TurnEffect {}

    /**
     * The server relays.
     *
     * @param relayed where peers send to
     * @param mapped how the server sees this client
     */
    record Allocated(InetSocketAddress relayed, InetSocketAddress mapped, Duration lifetime) implements TurnEffect {}

    /** The server still has the allocation. */
    record Refreshed() implements TurnEffect {}

    /** There is no allocation, or not any more. Nothing follows. */
    record Failed(TurnFailure failure) implements TurnEffect {}

    record PermissionGranted(InetAddress peer) implements TurnEffect {}

    record PermissionRefused(InetAddress peer, TurnFailure failure) implements TurnEffect {}

    record ChannelBound(InetSocketAddress peer) implements TurnEffect {}

    /** A peer's packet came through the relay. */
    @SuppressWarnings("ArrayRecordComponent") // Handed on once, never compared.
    record Received(InetSocketAddress peer, byte[] packet) implements TurnEffect {}

    /** The allocation was given back, or the server did not answer. Nothing follows. */
    record Released() implements TurnEffect {}
}
