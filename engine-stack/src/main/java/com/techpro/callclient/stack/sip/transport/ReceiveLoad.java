// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import java.time.Duration;

/**
 * The load of incoming SIP messages.
 *
 * @param overloaded whether new requests that waited too long are refused (503)
 * @param waiting the number of messages received but not handled yet
 * @param queueDelay how long the oldest of them has waited; zero if there is none
 * @param longestQueueDelay the longest that any message has waited since the start
 */
public record ReceiveLoad(boolean overloaded, int waiting, Duration queueDelay, Duration longestQueueDelay) {}
