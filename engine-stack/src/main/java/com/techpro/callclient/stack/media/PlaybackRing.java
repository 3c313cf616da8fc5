// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.ports.audio.PlaybackSource;
import com.techpro.callclient.stack.media.codec.LossConcealment;
import java.util.Arrays;

/**
 * Carries sound from the media loop to the speaker's thread. The speaker's clock sets the pace: the
 * loop keeps a few frames in the ring, so frames are made as fast as they are played. The jitter
 * buffer thus sees the drift between the sender's clock and the speaker's. A speaker that fetches
 * in bursts gets a fuller ring.
 *
 * <p>If the loop is held up and the ring underruns, the speaker's thread fades out the last sound
 * and counts the concealed samples. While nobody fetches, frames are made at the loop's pace and
 * dropped, so that the first sound heard is current.
 */
final class PlaybackRing implements PlaybackSource {
    private static final int CAPACITY_FRAMES = 12;
    private static final int LEAST_FRAMES = 2;
    private static final int MOST_FRAMES = 8;
    /** Frames without a fetch after which the speaker counts as stopped. */
    private static final int ABANDONED_FRAMES = 10;
    /** Frames without an underrun after which the ring's level is lowered: ten seconds. */
    private static final int CALM_FRAMES = 500;

    private final SampleRing ring;
    private final int sampleRate;
    private final int frame;
    private final short[] silence;

    /** Belongs to the speaker's thread: repeats what it played last. */
    private final LossConcealment concealment;

    /** Written by the speaker's thread only. */
    private volatile int underruns;

    private volatile long fetches;
    private volatile long concealed;

    /** Written by the loop only: whether the missing samples would have been sound. */
    private volatile boolean live;

    private int underrunsSeen;
    private long fetchesSeen;
    private boolean listening;
    private int idle;
    private int calm;
    private int target = LEAST_FRAMES;

    PlaybackRing(int sampleRate) {
        this.sampleRate = sampleRate;
        this.frame = MediaLoop.frame(sampleRate);
        this.ring = new SampleRing(CAPACITY_FRAMES * frame);
        this.concealment = new LossConcealment(sampleRate);
        this.silence = new short[frame * MOST_FRAMES];
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    public void fill(short[] samples) {
        int there = ring.read(samples, samples.length);
        if (there > 0) {
            concealment.good(samples, 0, there);
        }
        if (there < samples.length) {
            bridge(samples, there);
            underruns++;
        }
        fetches++;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void bridge(short[] samples, int from) {
        if (live) {
            concealment.conceal(samples, from, samples.length - from);
            concealed += samples.length - from;
        } else {
            concealment.forget();
            Arrays.fill(samples, from, samples.length, (short) 0);
        }
    }

    /**
     * Called by the loop once a frame, before {@link #wants}: checks whether the speaker fetches,
     * and how evenly.
     *
     * @param receiving whether sound is due
     */
    void look(boolean receiving) {
        if (fetches != fetchesSeen) {
            fetchesSeen = fetches;
            idle = 0;
            if (!listening) {
                listening = true;
                underrunsSeen = underruns;
                ring.write(silence, Math.max(0, (target - 1) * frame - ring.available()));
            }
        } else if (listening && ++idle > ABANDONED_FRAMES) {
            listening = false;
        }
        live = listening && receiving;
        if (underruns != underrunsSeen) {
            underrunsSeen = underruns;
            target = Math.min(MOST_FRAMES, target + 1);
            calm = 0;
        } else if (++calm > CALM_FRAMES) {
            target = Math.max(LEAST_FRAMES, target - 1);
            calm = 0;
        }
    }

    int sampleRate() {
        return sampleRate;
    }

    /** The number of samples that {@link #put} adds. */
    int frame() {
        return frame;
    }

    /** Whether the speaker fetches. */
    boolean listening() {
        return listening;
    }

    /** Whether to make one more frame. */
    boolean wants() {
        return ring.available() <= (target - 1) * frame;
    }

    /** For a producer with its own pace: whether one more frame would not wait long. */
    boolean hasRoom() {
        return ring.available() <= (target + 1) * frame;
    }

    void put(short[] samples) {
        ring.write(samples, samples.length);
    }

    /** How many samples the speaker concealed because the loop was held up. */
    long concealed() {
        return concealed;
    }

    /** How long a new sample waits here, in samples. */
    int delay() {
        return listening ? ring.available() : 0;
    }
}
