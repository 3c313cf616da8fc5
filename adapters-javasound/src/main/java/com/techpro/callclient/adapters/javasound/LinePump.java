// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.javasound;

/** What one direction does with an open line. Used by the stream's thread; only {@link #setMuted} may be called from any. */
interface LinePump {
    /** A line was opened; forgets what belonged to the one before. */
    void attach(DeviceLine line);

    /** Whether the device really takes or gives samples, found out without calling the host. Called until it says yes. */
    boolean flows();

    /**
     * Moves what can be moved without waiting and calls the host for each whole frame.
     *
     * @param now the clock's nanoseconds
     * @return bytes moved
     */
    int move(long now);

    void setMuted(boolean muted);
}
