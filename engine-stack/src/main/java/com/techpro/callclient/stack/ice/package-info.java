// SPDX-License-Identifier: Apache-2.0
/**
 * ICE (RFC 8445, 8838, 8839, 7675) finds a working path to the other side, and monitors it.
 * {@code IceAgent} is the state machine, without sockets or a clock. {@code IceSession} connects it
 * to sockets and timers. {@code IceAttributes} reads and writes its SDP lines. STUN is in
 * {@code stun}, TURN in {@code turn}. {@code stack.media.IceTransport} uses this package for a
 * stream.
 */
@NullMarked
package com.techpro.callclient.stack.ice;

import org.jspecify.annotations.NullMarked;
