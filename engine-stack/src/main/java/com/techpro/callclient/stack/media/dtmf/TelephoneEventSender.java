// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.dtmf;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;

/**
 * Sends DTMF digits as telephone events (RFC 4733 §2.5.1), one packet a frame instead of audio. The
 * first has the marker bit. All have the timestamp of the digit's start and a growing duration. The
 * last one has the end bit and is sent three times. A digit longer than 65,535 units continues in a
 * new segment. Between two digits there are some frames of audio.
 */
public final class TelephoneEventSender {
    private static final int MOST_WAITING = 128;
    private static final int LAST_PACKETS = 3;
    private static final int FRAMES_BETWEEN = 3;
    private static final int SHORTEST = 2;
    /** -10 dBm0, well within the range that RFC 4733 §2.3.5 recommends. */
    private static final int VOLUME = 10;

    private static final int END = 0x80;

    private int frame;
    private final ArrayDeque<Key> waiting = new ArrayDeque<>(1);
    private int event;
    private int framesLeft;
    private int endsLeft;
    private int pause;
    private int timestamp;
    private int duration;
    private boolean first;

    /**
     * @param frame units of the RTP clock between two packets
     */
    public TelephoneEventSender(int frame) {
        this.frame = frame;
    }

    /**
     * The RTP clock has another rate from now on.
     *
     * @param units of the new clock between two packets
     */
    public void setFrame(int units) {
        frame = units;
    }

    /**
     * Queues a digit.
     *
     * @return whether it is a digit and there was room
     */
    public boolean press(char digit, Duration length, int clockRate) {
        int code = TelephoneEvent.of(digit);
        if (code < 0 || waiting.size() >= MOST_WAITING) {
            return false;
        }
        long units = length.toMillis() * clockRate / 1000;
        waiting.add(new Key(code, (int) Math.max(SHORTEST, Math.min(Integer.MAX_VALUE, (units + frame - 1) / frame))));
        return true;
    }

    /** Drops the queue and stops at once. */
    public void clear() {
        waiting.clear();
        framesLeft = 0;
        endsLeft = 0;
    }

    /**
     * Ends the current digit, and drops the queued ones. Send its remaining packets at once:
     * without an end bit, the receiver would take the key for still pressed (RFC 4733 §2.5.1.4).
     *
     * @return whether there is one more packet to {@link #write}
     */
    public boolean cut() {
        waiting.clear();
        return end();
    }

    /** As {@link #cut}, but keeps the queued digits. */
    public boolean end() {
        if (framesLeft > 0) {
            framesLeft = 0;
            endsLeft = LAST_PACKETS;
        }
        return endsLeft > 0;
    }

    /**
     * Called once a frame.
     *
     * @param now the timestamp that audio would have
     * @return whether this frame belongs to an event: then {@link #write} its packet
     */
    public boolean active(int now) {
        if (framesLeft == 0 && endsLeft == 0) {
            if (pause > 0) {
                pause--;
                return false;
            }
            Key key = waiting.poll();
            if (key == null) {
                return false;
            }
            event = key.event;
            framesLeft = key.frames;
            timestamp = now;
            duration = 0;
            first = true;
        }
        return true;
    }

    /**
     * Whether this frame's packet has the marker bit. Valid between {@link #active} and
     * {@link #write}.
     */
    public boolean marker() {
        return first;
    }

    /** Returns the timestamp of this frame's packet. */
    public int timestamp() {
        return timestamp;
    }

    /** Writes the payload of this frame. */
    public void write(ByteBuffer to) {
        int told;
        boolean ends = false;
        if (endsLeft > 0) {
            endsLeft--;
            told = duration;
            ends = true;
        } else {
            framesLeft--;
            duration += frame;
            told = Math.min(duration, TelephoneEvent.LONGEST_SEGMENT);
            if (framesLeft == 0) {
                // The rest beyond a full segment is less than a frame, and not worth another
                // segment.
                duration = told;
                endsLeft = LAST_PACKETS - 1;
                ends = true;
            }
        }
        to.put((byte) event).put((byte) (ends ? END | VOLUME : VOLUME)).putShort((short) told);
        first = false;
        if (!ends && duration >= TelephoneEvent.LONGEST_SEGMENT) {
            timestamp += TelephoneEvent.LONGEST_SEGMENT;
            duration -= TelephoneEvent.LONGEST_SEGMENT;
        }
        if (ends && endsLeft == 0) {
            pause = FRAMES_BETWEEN;
        }
    }

    private record Key(int event, int frames) {}
}
