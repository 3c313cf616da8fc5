// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.javasound;

/**
 * How a stream stands with its device.
 *
 * <pre>
 *   Opened ──samples move──▶ Flowing
 *     │                         │ none for a second, or line closed
 *     │ none in four seconds    ▼
 *     └──────────────────────▶ Lost ──reopened──▶ Opened
 * </pre>
 */
sealed interface LineState {
    /** A line is open, but nothing shows yet that a device moves its samples. */
    record Opened(DeviceLine line, long since) implements LineState {}

    /**
     * Samples move.
     *
     * @param lastMoved when they last did, in the clock's nanoseconds
     * @param looks how often nothing had moved since then
     */
    record Flowing(DeviceLine line, long lastMoved, int looks) implements LineState {}

    /**
     * No line; the next attempt is due at a time of the clock.
     *
     * @param backOffNanos how long to wait after that attempt, should it fail
     */
    record Lost(long nextAttempt, long backOffNanos) implements LineState {}
}
