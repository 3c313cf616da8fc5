// SPDX-License-Identifier: Apache-2.0
/**
 * STUN (RFC 8489): messages, their integrity, the retransmission of requests, and long-term
 * credentials. It has neither sockets nor a clock.
 */
@NullMarked
package com.techpro.callclient.stack.ice.stun;

import org.jspecify.annotations.NullMarked;
