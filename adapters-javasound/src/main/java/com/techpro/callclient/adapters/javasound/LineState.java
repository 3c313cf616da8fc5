// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.javasound;

/**
 * The state of a stream's device.
 *
 * <pre>
 *   Opened ──samples move──▶ Flowing
 *     │                         │ none for a second, or line closed
 *     │ none in four seconds    ▼
 *     └──────────────────────▶ Lost ──reopened──▶ Opened
 * </pre>
 *
 * <p>A stream that moves to another device has a second line meanwhile, which is Opened; once samples move there it
 * takes the Flowing line's place.
 */
sealed interface LineState {
    /** A line is open, but the device has not moved any samples yet. */
    record Opened(DeviceLine line, LinePump.Prepared prepared, long since) implements LineState {}

    /**
     * Samples move.
     *
     * @param lastMoved when they last did, in the clock's nanoseconds
     * @param looks the polls without movement since then
     */
    record Flowing(DeviceLine line, long lastMoved, int looks) implements LineState {}

    /**
     * No line; the next attempt is due at a time of the clock.
     *
     * @param backOffNanos how long to wait after that attempt if it fails
     */
    record Lost(long nextAttempt, long backOffNanos) implements LineState {}
}
