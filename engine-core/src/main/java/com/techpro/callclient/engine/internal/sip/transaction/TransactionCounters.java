// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.transaction;

/**
 * A snapshot for statistics and leak checks.
 *
 * @param clients client transactions not terminated
 * @param servers server transactions not terminated
 * @param unacknowledged 2xx that are repeated because their ACK has not come
 * @param strayAcks ACKs that belonged to nothing
 * @param strayResponses responses that belonged to nothing
 * @param merged requests refused because they came twice on two ways (RFC 3261 §8.2.2.2)
 * @param overload requests refused because too many transactions were open
 */
public record TransactionCounters(
        int clients, int servers, int unacknowledged, long strayAcks, long strayResponses, long merged, long overload) {

    /** Everything that must come back to nothing when all is quiet. */
    public int active() {
        return clients + servers + unacknowledged;
    }
}
