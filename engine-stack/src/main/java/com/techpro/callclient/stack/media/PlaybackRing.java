// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.ports.audio.PlaybackSource;
import com.techpro.callclient.stack.media.codec.LossConcealment;
import com.techpro.callclient.stack.media.rtp.RtpClock;
import com.techpro.callclient.stack.media.sound.SampleRing;
import java.util.Arrays;

/**
 * Carries sound from the media loop to the speaker's thread. The speaker's clock sets the pace, so
 * the jitter buffer sees the drift between the sender's clock and the speaker's. The loop adds a
 * frame as soon as it has the sound, and at the latest a <em>lead</em> before the fetch that would
 * find too little. The lead grows by what was missing at a fetch, and is lowered again later.
 *
 * <p>If the loop is held up and the ring underruns, the speaker's thread fades out the last sound
 * and counts the concealed samples. While nobody fetches, frames are made at the loop's pace and
 * dropped, so that the first sound heard is current.
 */
final class PlaybackRing implements PlaybackSource {
    private static final int CAPACITY_FRAMES = 12;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    /** Until it is known how late the loop and how uneven the speaker are. */
    private static final long FIRST_LEAD_NANOS = 12_000_000;

    private static final long LEAST_LEAD_NANOS = 6_000_000;
    private static final long MOST_LEAD_NANOS = 7 * MediaLoop.FRAME_NANOS;
    /** Frames without a fetch after which the speaker counts as stopped. */
    private static final int ABANDONED_FRAMES = 10;
    /** Frames without an underrun after which the lead is lowered: ten seconds. */
    private static final int CALM_FRAMES = 500;
    /** If that was wrong, the next attempt comes after twice the time, up to five minutes. */
    private static final int MOST_CALM_FRAMES = 15_000;

    private final SampleRing ring;
    private final int sampleRate;
    private final int frame;

    /** Belongs to the speaker's thread: repeats what it played last. */
    private final LossConcealment concealment;

    /** Samples; written by the speaker's thread only, as the next four. */
    private volatile int missing;

    private volatile long fetches;
    /** The length of the latest fetch. */
    private volatile int fetched;

    private volatile long concealed;
    private volatile long underruns;

    /** Written by the loop only: whether the missing samples would have been sound. */
    private volatile boolean live;

    private int missingSeen;
    private long fetchesSeen;
    private long fetchSeenAt;
    private boolean listening;
    private int idle;
    private int calm;
    private int calmWanted = CALM_FRAMES;
    private boolean lowered;
    private long lead = FIRST_LEAD_NANOS;

    PlaybackRing(int sampleRate) {
        this.sampleRate = sampleRate;
        this.frame = MediaLoop.frame(sampleRate);
        this.ring = new SampleRing(CAPACITY_FRAMES * frame);
        this.concealment = new LossConcealment(sampleRate);
        this.fetched = frame;
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
            missing += samples.length - there;
        }
        fetched = samples.length;
        fetches++;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void bridge(short[] samples, int from) {
        if (live) {
            concealment.conceal(samples, from, samples.length - from);
            concealed += samples.length - from;
            underruns++;
        } else {
            concealment.forget();
            Arrays.fill(samples, from, samples.length, (short) 0);
        }
    }

    /**
     * Called by the loop once a frame: checks whether the speaker fetches, and whether it found all
     * it wanted.
     *
     * @param receiving whether sound is due
     */
    void look(boolean receiving, long now) {
        if (seesFetch(now)) {
            idle = 0;
            if (!listening) {
                listening = true;
                missingSeen = missing;
            }
        } else if (listening && ++idle > ABANDONED_FRAMES) {
            listening = false;
        }
        live = listening && receiving;
        adaptLead();
    }

    private boolean seesFetch(long now) {
        if (fetches == fetchesSeen) {
            return false;
        }
        fetchesSeen = fetches;
        fetchSeenAt = now;
        idle = -1;
        return true;
    }

    private void adaptLead() {
        if (missing != missingSeen) {
            long late = RtpClock.nanos(missing - missingSeen, sampleRate);
            lead = Math.min(MOST_LEAD_NANOS, lead + Math.min(MediaLoop.FRAME_NANOS, late));
            missingSeen = missing;
            calmWanted = lowered ? Math.min(MOST_CALM_FRAMES, 2 * calmWanted) : CALM_FRAMES;
            lowered = false;
            calm = 0;
        } else if (++calm > calmWanted) {
            lead = (lead + LEAST_LEAD_NANOS) / 2;
            lowered = true;
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

    /**
     * Called by the loop in each slot: whether to make one more frame.
     *
     * @param ready whether its sound is there; otherwise it is waited for as long as it can be
     */
    boolean wants(boolean ready, long now) {
        seesFetch(now);
        int there = ring.available();
        if (there < fetched) {
            return ready || now - wantedAt(there) >= 0;
        }
        // A speaker that is held up gets no more in advance than it was seen to need.
        return there + frame - fetched <= lead * sampleRate / NANOS_PER_SECOND && now - wantedAt(there) >= 0;
    }

    /** When the next frame is wanted at the latest; not before now. */
    long due(long now) {
        return now + Math.max(0, wantedAt(ring.available()) - now);
    }

    /** The loop sees a fetch up to a slot later. */
    private long wantedAt(int there) {
        long fetchable = (there / fetched + 1L) * fetched;
        return fetchSeenAt - MediaLoop.SLOT_NANOS + RtpClock.nanos(fetchable, sampleRate) - lead;
    }

    void put(short[] samples) {
        ring.write(samples, samples.length);
    }

    /** How many samples the speaker concealed because the loop was held up. */
    long concealed() {
        return concealed;
    }

    /** At how many fetches it concealed. */
    long underruns() {
        return underruns;
    }

    /** How long a sample waits here that was due at {@link #due}, in nanoseconds. */
    long delayNanos() {
        return listening ? lead + RtpClock.nanos(ring.available() % fetched, sampleRate) : 0;
    }
}
