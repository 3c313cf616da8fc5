// SPDX-License-Identifier: Apache-2.0
/**
 * ICE (RFC 8445, 8838, 8839, 7675): which of all ways to the other side works, and whether it still does. {@code IceAgent} is the machine
 * and has neither socket nor clock; {@code IceSession} binds it to sockets and timers; {@code IceAttributes} reads and writes its lines of
 * SDP. STUN is in {@code stun}, TURN in {@code turn}. {@code internal.media.IceTransport} uses it for a stream.
 */
@NullMarked
package com.techpro.callclient.engine.internal.ice;

import org.jspecify.annotations.NullMarked;
