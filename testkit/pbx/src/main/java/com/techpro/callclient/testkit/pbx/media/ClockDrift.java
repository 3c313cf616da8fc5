// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

/** How a stream's clock gets ahead of another, or falls behind. Media loop only. */
final class ClockDrift {
    /** In a pause nothing is said that could be early or late. */
    private static final long LONGEST_STEP_NANOS = 200_000_000;

    private static final long USUAL_PACKET_NANOS = 20_000_000;

    private boolean running;
    private long last;
    private long packet = USUAL_PACKET_NANOS;
    /** By how much what was said is longer or shorter than the time it took, less what was made up for. */
    private double moved;

    /**
     * A packet of speech has come.
     *
     * @param faster the share by which the clock is faster; not 0
     * @param now in nanoseconds
     * @param length of the packet in nanoseconds; 0 if that cannot be told, and then nothing is made up for
     * @return whether the stream is a whole packet ahead, or behind, which has to be made up for now
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

    /** How long packets are to be held back now. */
    long holdNanos(double faster) {
        return (long) (faster > 0 ? packet - moved : moved);
    }

    /** The clocks are alike. */
    void reset() {
        running = false;
        moved = 0;
    }
}
