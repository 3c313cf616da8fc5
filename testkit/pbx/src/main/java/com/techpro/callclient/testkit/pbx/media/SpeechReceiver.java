// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import com.techpro.callclient.engine.internal.media.codec.G711;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Puts one device's speech in order and hands it out 20 ms at a time. A plain buffer of half a second by timestamp: what is lost is silent,
 * what is late is dropped, what piles up is skipped. Media loop only.
 */
final class SpeechReceiver {
    private static final int CAPACITY = 4096;
    /** What is waited for before speech is handed out: packets come unevenly. */
    private static final int LEAD = 3 * FrameClock.SAMPLES;
    /** More than this beyond the lead is skipped, or a room would lag behind ever more. */
    private static final int MOST_BEYOND = 10 * FrameClock.SAMPLES;
    /** A shorter word than the lead is handed out after so many frames all the same. */
    private static final int PATIENCE = 5;

    private final short[] ring = new short[CAPACITY];
    private boolean started;
    private boolean playing;
    private int waited;
    /** The timestamp to be handed out next. */
    private int cursor;
    /** The timestamp behind the newest sample. */
    private int end;

    /** Takes a packet's payload. */
    void received(int timestamp, ByteBuffer packet, int start, int length, G711 law) {
        int behind = cursor - timestamp;
        if (!started || behind > CAPACITY || timestamp + length - cursor > CAPACITY) {
            restart(timestamp);
        } else if (!playing && cursor - end >= 0 && behind < 0) {
            // After a silence that was not sent the sender's clock has gone on.
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
     * Hands out the next 20 ms.
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
