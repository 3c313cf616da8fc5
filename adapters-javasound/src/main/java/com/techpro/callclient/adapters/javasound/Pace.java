// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.javasound;

import org.jspecify.annotations.Nullable;

/**
 * Notices that a line moves samples at another rate than it says. A Bluetooth headset's microphone makes it change its
 * profile, and a line that is open may go on at its old rate in name only: everything sounds too low or too high.
 * Opened again, it names the new rate.
 */
final class Pace {
    /** Long against what a line holds and against lumps of samples. */
    private static final long WINDOW_NANOS = 2_000_000_000L;
    /** A thread that did not run for so long may have missed samples. */
    private static final long STALL_NANOS = 100_000_000L;
    /** More than lumps make, and less than 44.1 kHz differ from 48. */
    private static final double TOLERANCE = 0.07;

    private @Nullable DeviceLine line;
    /** The rate of a line that was found wrong: if the device keeps it, the device's clock is so, and opening again is no help. */
    private int wrongRate;

    private long start;
    private long last;
    private long bytes;
    private boolean settled;

    /**
     * Adds what a line moved.
     *
     * @param now the clock's nanoseconds
     * @return whether it should be opened again
     */
    boolean isWrong(int moved, DeviceLine from, long now) {
        if (from != line || now - last > STALL_NANOS) {
            settled &= from == line;
            line = from;
            begin(now);
            return false;
        }
        bytes += moved;
        last = now;
        if (now - start < WINDOW_NANOS) {
            return false;
        }
        double seconds = (now - start) / 1e9;
        double ratio = bytes / (seconds * from.sampleRate() * from.sampleFrameBytes());
        // A line fills or empties at first.
        boolean wrong = settled && Math.abs(ratio - 1) > TOLERANCE && from.sampleRate() != wrongRate;
        settled = true;
        begin(now);
        if (wrong) {
            wrongRate = from.sampleRate();
        }
        return wrong;
    }

    private void begin(long now) {
        start = now;
        last = now;
        bytes = 0;
    }
}
