// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.javasound;

/**
 * Moves samples of one direction through an open line. Used by the stream's thread; only
 * {@link #setMuted} may be called from any.
 */
interface LinePump {
    /** Prepares a newly opened line while the attached one, if any, goes on. */
    Prepared prepare(DeviceLine line);

    /** Moves samples through this line from now on and forgets the previous one. */
    void attach(Prepared line);

    /**
     * Moves what is possible without blocking, and calls the host for each whole frame.
     *
     * @param now the clock's nanoseconds
     * @return bytes moved
     */
    int move(long now);

    /** Returns in how many nanoseconds {@link #move} probably has something to do again. */
    long dueNanos();

    void setMuted(boolean muted);

    /** A line through which the host's samples do not move yet. */
    interface Prepared {
        /**
         * Returns whether the device really moves samples, without calling the host. Called until it
         * returns true.
         */
        boolean flows();
    }
}
