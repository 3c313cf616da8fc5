// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.diagnostics;

import com.techpro.callclient.engine.failure.RefusalReason;
import java.time.Duration;

/**
 * The load of incoming SIP messages.
 *
 * @param overloaded whether the engine is behind and refuses new requests that waited too long
 *     (503, {@link RefusalReason#OVERLOAD}). Messages of existing calls are handled first
 * @param waiting the number of messages received but not handled yet
 * @param queueDelay how long the oldest of them has waited; zero if there is none
 * @param longestQueueDelay the longest that any message has waited since the start
 */
public record SignallingLoad(boolean overloaded, int waiting, Duration queueDelay, Duration longestQueueDelay) {}
