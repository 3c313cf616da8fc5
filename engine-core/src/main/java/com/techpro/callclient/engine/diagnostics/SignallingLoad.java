// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.diagnostics;

import java.time.Duration;

/**
 * Whether the engine keeps up with the SIP messages that come in.
 *
 * @param overloaded whether it is behind, and refuses new requests that waited too long (503, {@link RefusalReason#OVERLOAD}); what belongs to
 *     calls is served before them
 * @param waiting messages received and not looked at
 * @param queueDelay how long the oldest of them has waited; zero if there is none
 * @param longestQueueDelay the longest that any message had to wait since the start
 */
public record SignallingLoad(boolean overloaded, int waiting, Duration queueDelay, Duration longestQueueDelay) {}
