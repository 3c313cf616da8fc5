// SPDX-License-Identifier: Apache-2.0
/** A TURN client (RFC 8656): an allocation, its permissions and channels, and the framing of both over streams. Knows no socket and no clock. */
@NullMarked
package com.techpro.callclient.engine.internal.ice.turn;

import org.jspecify.annotations.NullMarked;
