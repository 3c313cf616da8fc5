// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media;

import com.techpro.callclient.ports.audio.CaptureSink;

/**
 * From the microphone's thread to the media loop. The microphone's clock is the one that counts: each of its frames is sent, a little
 * earlier or later as the two clocks drift apart, and nothing is made up as long as it runs. When it has stopped for some turns,
 * or never started, the loop sends silence at its own pace, so that the far end and the NATs between see the stream alive.
 */
final class CaptureRing implements CaptureSink {
    private static final int CAPACITY_FRAMES = 12;
    /** More than this is old: the loop was held up. The newest part is kept, as AUD-5 asks of the port. */
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

    /** Samples in what {@link #take} takes. */
    int frame() {
        return frame;
    }

    /** What the loop is to send next. */
    enum Next {
        /** The frame just taken. */
        FRAME,
        /** Nothing yet; the microphone is only a little late. */
        WAIT,
        /** The microphone has just stopped: time passed that was not waited for, then silence. */
        STOPPED,
        /** Silence. */
        SILENCE
    }

    @Override
    public void captured(short[] samples) {
        // What does not fit is dropped: the loop is stuck, and would throw away the oldest anyway.
        ring.write(samples, samples.length);
    }

    /** For the loop, once a frame: fills in what to send. */
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
        return Next.STOPPED;
    }

    /** How many samples before the frame just taken were thrown away, since they had become old. */
    int skipped() {
        return skipped;
    }

    /** How many frames were waited for before {@link Next#STOPPED}. */
    int waited() {
        return DRY_FRAMES - 1;
    }

    /** Whether {@link #take} would take one. */
    boolean hasFrame() {
        return ring.available() >= frame;
    }

    /** Whether two more frames are there already, so that the next should not wait for its turn. */
    boolean ahead() {
        return ring.available() >= 2 * frame;
    }

    /** Throws away what is there, since it is not to be heard. */
    void discard() {
        ring.skip(ring.available());
    }
}
