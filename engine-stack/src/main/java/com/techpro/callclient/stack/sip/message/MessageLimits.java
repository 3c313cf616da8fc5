// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

/**
 * Limits on what a peer can make the parser hold. Sizes are in bytes.
 *
 * @param message start line, headers and body together
 * @param line one header after unfolding, and the start line
 * @param headers header fields, and values of one list header
 * @param parameters parameters of one header value or URI
 */
public record MessageLimits(int message, int line, int headers, int parameters) {
    /**
     * A datagram cannot be larger (RFC 3261 §18.1.1); the other limits admit everything in RFC
     * 4475.
     */
    public static final MessageLimits DEFAULT = new MessageLimits(65_535, 8_192, 200, 64);
}
