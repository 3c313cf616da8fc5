// SPDX-License-Identifier: Apache-2.0
/**
 * A TURN client (RFC 8656): an allocation, its permissions and channels, and the framing of both
 * over streams. It has neither sockets nor a clock.
 */
@NullMarked
package com.techpro.callclient.stack.ice.turn;

import org.jspecify.annotations.NullMarked;
