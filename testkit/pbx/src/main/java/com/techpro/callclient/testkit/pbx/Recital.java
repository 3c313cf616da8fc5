// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import java.util.Arrays;

/** Says recorded samples once, then silence. Media loop only. */
final class Recital {
    private final short[] samples;
    private final short[] frame = new short[FrameClock.SAMPLES];
    private int position;

    Recital(short[] samples) {
        this.samples = samples;
    }

    /** Says the next 20 ms. */
    void say(Station station) {
        int length = Math.min(frame.length, samples.length - position);
        System.arraycopy(samples, position, frame, 0, length);
        Arrays.fill(frame, length, frame.length, (short) 0);
        position += length;
        station.say(frame);
    }

    boolean over() {
        return position == samples.length;
    }
}
