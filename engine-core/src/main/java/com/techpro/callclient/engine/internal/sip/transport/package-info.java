// SPDX-License-Identifier: Apache-2.0
/** SIP transports (RFC 3261 §18): UDP, TCP and TLS flows, and what is true of every message that comes through them. */
@NullMarked
package com.techpro.callclient.engine.internal.sip.transport;

import org.jspecify.annotations.NullMarked;
