// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.ports.audio.CaptureSink;
import com.techpro.callclient.stack.media.sound.SampleRing;

/**
 * Carries sound from the microphone's thread to the media loop. The microphone's clock sets the
 * pace: each of its frames is sent within a slot of the loop, and nothing is invented while it
 * runs. If it stops for some turns, or never starts, the loop sends silence at its own pace. The
 * far end and the NATs between then see an active stream.
 */
final class CaptureRing implements CaptureSink {
    private static final int CAPACITY_FRAMES = 12;
    /**
     * More than this is stale: the loop was held up. The newest part is kept, as AUD-5 requires of
     * the port.
     */
    private static final int STALE_FRAMES = 6;

    private static final int KEPT_FRAMES = 2;
    private static final int DRY_FRAMES = 3;

    private final SampleRing ring;
    private final int sampleRate;
    private final int frame;
    private boolean running;
    private int dry;
    private int skipped;

    CaptureRing(int sampleRate) {
        this.sampleRate = sampleRate;
        this.frame = MediaLoop.frame(sampleRate);
        this.ring = new SampleRing(CAPACITY_FRAMES * frame);
    }

    int sampleRate() {
        return sampleRate;
    }

    /** The number of samples that {@link #take} returns. */
    int frame() {
        return frame;
    }

    /** What the loop is to send next. */
    enum Next {
        /** The frame just taken. */
        FRAME,
        /** Nothing yet; the microphone is only a little late. */
        WAIT,
        /** Silence, as no microphone runs. */
        SILENCE
    }

    @Override
    public void captured(short[] samples) {
        // Sound that does not fit is dropped: the loop is stuck, and would drop the oldest anyway.
        ring.write(samples, samples.length);
    }

    /** Called by the loop once a frame: fills in the sound to send. */
    Next take(short[] to) {
        int available = ring.available();
        skipped = available > STALE_FRAMES * frame ? available - KEPT_FRAMES * frame : 0;
        ring.skip(skipped);
        if (hasFrame()) {
            ring.read(to, frame);
            running = true;
            dry = 0;
            return Next.FRAME;
        }
        if (!running) {
            return Next.SILENCE;
        }
        if (++dry < DRY_FRAMES) {
            return Next.WAIT;
        }
        running = false;
        return Next.SILENCE;
    }

    /** How many stale samples were dropped before the frame just taken. */
    int skipped() {
        return skipped;
    }

    /** Whether {@link #take} would return a frame. */
    boolean hasFrame() {
        return ring.available() >= frame;
    }

    /** Whether two frames are available, so that one should not wait for its turn. */
    boolean ahead() {
        return ring.available() >= 2 * frame;
    }

    /** Drops the available sound. */
    void discard() {
        ring.skip(ring.available());
    }

    /**
     * Called by the loop once a frame in place of {@link #take}: drops the available sound.
     *
     * @return how much time passed, in samples, by the clock of the microphone if it runs
     */
    int pass() {
        int available = ring.available();
        ring.skip(available);
        if (available > 0) {
            running = true;
            dry = 0;
            return available;
        }
        if (!running) {
            return frame;
        }
        if (++dry < DRY_FRAMES) {
            return 0;
        }
        running = false;
        return DRY_FRAMES * frame;
    }
}
