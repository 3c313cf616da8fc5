// SPDX-License-Identifier: Apache-2.0
/**
 * SIP transports (RFC 3261 §18): UDP, TCP, TLS and WebSocket flows, and the processing common to
 * all messages on them.
 */
@NullMarked
package com.techpro.callclient.engine.internal.sip.transport;

import org.jspecify.annotations.NullMarked;
