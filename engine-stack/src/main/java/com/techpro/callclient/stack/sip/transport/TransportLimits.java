// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import java.time.Duration;

/**
 * Limits of the transport layer.
 *
 * @param connect longest wait for a TCP connection
 * @param handshake longest TLS handshake
 * @param pong longest wait for the answer to a keep-alive (RFC 5626 §4.4.1)
 * @param message longest time from the first byte of a message on a stream to its last; a slower
 *     peer stalls on purpose
 * @param acceptedFlows most simultaneous incoming streams; more are refused
 * @param backlog most received packets waiting for the loop, and as many requests outside dialogs;
 *     more are dropped (UDP), refused (requests on a stream) or close their stream
 */
public record TransportLimits(
        Duration connect, Duration handshake, Duration pong, Duration message, int acceptedFlows, int backlog) {
    public static final TransportLimits DEFAULT = new TransportLimits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            10_000,
            4_096);
}
