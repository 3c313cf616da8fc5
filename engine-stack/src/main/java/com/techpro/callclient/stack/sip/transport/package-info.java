// SPDX-License-Identifier: Apache-2.0
/**
 * SIP transports (RFC 3261 §18): UDP, TCP, TLS and WebSocket flows, and the processing common to
 * all messages on them.
 */
@NullMarked
package com.techpro.callclient.stack.sip.transport;

import org.jspecify.annotations.NullMarked;
