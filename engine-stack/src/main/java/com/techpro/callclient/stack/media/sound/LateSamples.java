// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

/**
 * What becomes of the loudspeaker's samples that the {@link Reference} was given late. They may come all at once: the
 * device had others to play meanwhile, and plays these without a gap, so that their echo comes earlier. Or they are
 * never asked for: the device ran dry, and its silence is as long as the reference's. For one thread at a time.
 */
final class LateSamples {
    /** Samples that come this late still belong to a running stream, in seconds. */
    private static final double LATE = 0.25;
    /** For so long after it is watched whether they were kept for later or are lost, in seconds. */
    private static final double WATCHED = 0.04;
    /** Fewer are in a device's buffer yet, which does not run dry, in seconds. */
    private static final double LEAST_WATCHED = 0.025;

    private final int coreRate;
    private final int hop;
    private long samples;
    private long before;
    private int blocksWatched;
    private double leastAhead;

    LateSamples(int coreRate, int hop) {
        this.coreRate = coreRate;
        this.hop = hop;
    }

    /** Whether samples are awaited, so that nothing can be learnt. */
    boolean areAwaited() {
        return samples > 0;
    }

    /**
     * Takes the state of a block.
     *
     * @return by how many samples the echo comes earlier from now on
     */
    long earlier(Reference reference) {
        if (reference.silence() > 0) {
            if (blocksWatched > 0) {
                before = samples;
                blocksWatched = 0;
            }
            samples = before + reference.silence();
            leastAhead = Double.MAX_VALUE;
            return 0;
        }
        return samples > 0 ? watched(reference) : 0;
    }

    private long watched(Reference reference) {
        blocksWatched++;
        if (blocksWatched * hop > WATCHED * coreRate / 4) {
            leastAhead = Math.min(leastAhead, reference.ahead());
        }
        boolean few = samples < LEAST_WATCHED * coreRate;
        if (!few && blocksWatched * hop < WATCHED * coreRate) {
            return 0;
        }
        boolean kept = (few || leastAhead > samples / 2.0) && samples < LATE * coreRate;
        long earlier = kept ? samples : 0;
        samples = 0;
        before = 0;
        blocksWatched = 0;
        return earlier;
    }
}
