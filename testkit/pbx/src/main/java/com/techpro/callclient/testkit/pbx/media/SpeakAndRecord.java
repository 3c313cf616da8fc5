// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import com.techpro.callclient.testkit.contracts.Sound;
import java.util.Arrays;

/**
 * Plays a sound, and records the device's speech and DTMF. The media loop writes; accessors may be
 * called from any thread.
 */
public final class SpeakAndRecord implements ProgrammeSource.Programme {
    /** One minute. */
    private static final int MOST = 60 * FrameClock.RATE;

    private static final int MOST_KEYS = 1_000;

    private final Sound sound;
    private final short[] spoken = new short[FrameClock.SAMPLES];
    private final short[] frame = new short[FrameClock.SAMPLES];
    private final StringBuilder keys = new StringBuilder();
    private short[] ring = new short[FrameClock.RATE];
    private long position;
    private long length;

    public SpeakAndRecord(Sound sound) {
        this.sound = sound;
    }

    @Override
    public void began(ProgrammeSource station) {}

    @Override
    public void frame(ProgrammeSource station) {
        for (int i = 0; i < spoken.length; i++) {
            spoken[i] = sound.at(position++, FrameClock.RATE);
        }
        station.say(spoken);
        station.hear(frame);
        keep();
    }

    @Override
    public synchronized void key(ProgrammeSource station, char key) {
        if (keys.length() < MOST_KEYS) {
            keys.append(key);
        }
    }

    private synchronized void keep() {
        if (length + frame.length > ring.length && ring.length < MOST) {
            // The ring has not wrapped yet, so its samples are in order.
            ring = Arrays.copyOf(ring, Math.min(MOST, 2 * ring.length));
        }
        for (short sample : frame) {
            ring[(int) (length++ % ring.length)] = sample;
        }
    }

    /** Returns the newest samples, at most this many, oldest first. */
    public synchronized short[] heard(int most) {
        int count = (int) Math.min(Math.min(length, ring.length), most);
        short[] samples = new short[count];
        for (int i = 0; i < count; i++) {
            samples[i] = ring[(int) ((length - count + i) % ring.length)];
        }
        return samples;
    }

    /** Returns the digits in order; the first thousand. */
    public synchronized String keys() {
        return keys.toString();
    }
}
