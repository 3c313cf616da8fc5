// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

/** Computes how far a stream's clock runs ahead of or behind another. Media loop only. */
final class ClockDrift {
    /** Limits the drift counted for a pause, in which there is no audio to be early or late. */
    private static final long LONGEST_STEP_NANOS = 200_000_000;

    private static final long USUAL_PACKET_NANOS = 20_000_000;

    private boolean running;
    private long last;
    private long packet = USUAL_PACKET_NANOS;
    /** The accumulated drift, less the packets already compensated. */
    private double moved;

    /**
     * Counts a packet of speech.
     *
     * @param faster the share by which the clock is faster; not 0
     * @param now in nanoseconds
     * @param length of the packet in nanoseconds; 0 if unknown, and then nothing is compensated
     * @return whether the stream has drifted by a whole packet, to be compensated now
     */
    boolean slips(double faster, long now, long length) {
        if (length > 0) {
            packet = length;
        }
        if (running) {
            moved += Math.abs(faster) * Math.min(now - last, LONGEST_STEP_NANOS);
        }
        running = true;
        last = now;
        boolean slipped = length > 0 && moved >= packet;
        moved -= slipped ? packet : 0;
        return slipped;
    }

    /** Returns how long packets are to be held back now. */
    long holdNanos(double faster) {
        return (long) (faster > 0 ? packet - moved : moved);
    }

    /** Resets the drift: the clocks are alike. */
    void reset() {
        running = false;
        moved = 0;
    }
}
