// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import java.util.Arrays;

/** Plays recorded samples once, then silence. Media loop only. */
public final class Announcement {
    private final short[] samples;
    private final short[] frame = new short[FrameClock.SAMPLES];
    private int position;

    public Announcement(short[] samples) {
        this.samples = samples;
    }

    /** Plays the next 20 ms. */
    public void say(ProgrammeSource station) {
        int length = Math.min(frame.length, samples.length - position);
        System.arraycopy(samples, position, frame, 0, length);
        Arrays.fill(frame, length, frame.length, (short) 0);
        position += length;
        station.say(frame);
    }

    public boolean over() {
        return position == samples.length;
    }
}
