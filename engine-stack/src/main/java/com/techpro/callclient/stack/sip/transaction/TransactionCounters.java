// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transaction;

/**
 * A snapshot for statistics and leak checks.
 *
 * @param clients client transactions not terminated
 * @param servers server transactions not terminated
 * @param unacknowledged 2xx that are being repeated because their ACK has not arrived
 * @param strayAcks ACKs that matched nothing
 * @param strayResponses responses that matched nothing
 * @param merged requests refused because they arrived over two paths (RFC 3261 §8.2.2.2)
 * @param overload requests refused because too many transactions were open
 */
public record TransactionCounters(
        int clients, int servers, int unacknowledged, long strayAcks, long strayResponses, long merged, long overload) {

    /** Returns the sum of everything that must be zero when all is idle. */
    public int active() {
        return clients + servers + unacknowledged;
    }
}
