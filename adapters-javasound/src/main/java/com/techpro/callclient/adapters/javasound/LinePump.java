// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.javasound;

/**
 * Moves samples of one direction through an open line. Used by the stream's thread; only
 * {@link #setMuted} may be called from any.
 */
interface LinePump {
    /** Sets a newly opened line and discards the state of the previous one. */
    void attach(DeviceLine line);

    /**
     * Returns whether the device really moves samples, without calling the host. Called until it
     * returns true.
     */
    boolean flows();

    /**
     * Moves what is possible without blocking, and calls the host for each whole frame.
     *
     * @param now the clock's nanoseconds
     * @return bytes moved
     */
    int move(long now);

    void setMuted(boolean muted);
}
