// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import com.techpro.callclient.stack.media.codec.G711;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Orders one device's speech and returns it 20 ms at a time. A plain buffer of half a second by
 * timestamp: it plays silence for lost packets, drops late ones, and skips an excess. Media loop
 * only.
 */
final class SpeechReceiver {
    private static final int CAPACITY = 4096;
    /** The buffered audio before playback starts, because packets arrive unevenly. */
    private static final int LEAD = 3 * FrameClock.SAMPLES;
    /** Audio beyond the lead by more than this is skipped, or a room's delay would grow. */
    private static final int MOST_BEYOND = 10 * FrameClock.SAMPLES;
    /** Audio shorter than the lead is played after this many frames. */
    private static final int PATIENCE = 5;

    private final short[] ring = new short[CAPACITY];
    private boolean started;
    private boolean playing;
    private int waited;
    /** The timestamp to be played next. */
    private int cursor;
    /** The timestamp behind the newest sample. */
    private int end;

    /** Adds a packet's payload. */
    void received(int timestamp, ByteBuffer packet, int start, int length, G711 law) {
        int behind = cursor - timestamp;
        if (!started || behind > CAPACITY || timestamp + length - cursor > CAPACITY) {
            restart(timestamp);
        } else if (!playing && cursor - end >= 0 && behind < 0) {
            // After an unsent silence the sender's clock has moved on.
            restart(timestamp);
        }
        for (int i = 0; i < length; i++) {
            int at = timestamp + i;
            if (at - cursor >= 0) {
                ring[at & CAPACITY - 1] = law.decode(packet.get(start + i));
            }
        }
        if (timestamp + length - end > 0) {
            end = timestamp + length;
        }
        int beyond = end - cursor - LEAD;
        if (playing && beyond > MOST_BEYOND) {
            forget(beyond);
        }
    }

    /**
     * Returns the next 20 ms.
     *
     * @return false if there is nothing; the frame is then silent
     */
    boolean read(short[] frame) {
        int held = end - cursor;
        if (!playing && started && held > 0) {
            waited++;
            playing = held >= LEAD || waited >= PATIENCE;
        }
        if (!playing || held <= 0) {
            playing = false;
            waited = 0;
            Arrays.fill(frame, (short) 0);
            return false;
        }
        for (int i = 0; i < FrameClock.SAMPLES; i++) {
            int at = cursor + i & CAPACITY - 1;
            frame[i] = ring[at];
            ring[at] = 0;
        }
        cursor += FrameClock.SAMPLES;
        return true;
    }

    private void restart(int timestamp) {
        Arrays.fill(ring, (short) 0);
        started = true;
        playing = false;
        waited = 0;
        cursor = timestamp;
        end = timestamp;
    }

    private void forget(int samples) {
        for (int i = 0; i < samples; i++) {
            ring[cursor++ & CAPACITY - 1] = 0;
        }
    }
}
