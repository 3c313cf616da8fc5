// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.dtmf;

import com.techpro.callclient.stack.media.rtp.RtpClock;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Recognises DTMF digits in telephone events (RFC 4733 §2.5.2): each once, even if its packets are
 * repeated, lost or reordered. A digit is reported when it ends: by a packet with the end bit, by
 * the next digit, or by silence.
 *
 * <p>Only the timestamp identifies a digit: one that is not among those of the latest digits begins
 * another, whether it is later or earlier. The order cannot be checked, because some senders use a
 * separate timestamp base for events, or change it during a call. A digit's timestamp is forgotten
 * after some seconds without a packet that has it.
 */
public final class TelephoneEventReceiver {
    /**
     * After this long without a packet of a digit, its end was lost; packets come every 20 to 50
     * ms.
     */
    private static final long ENDED_AFTER_NANOS = 200_000_000;

    private static final int END = 0x80;
    /**
     * The most digits that may be reported before the last packet of the first of them has arrived.
     */
    private static final int REMEMBERED = 16;
    /** Longer than a network delays a packet. */
    private static final long FORGOTTEN_AFTER_NANOS = 2_500_000_000L;

    private final Listener listener;
    /** Without room until the first digit: most calls have none. */
    private int[] toldTimestamps = new int[0];

    private long[] toldHeard = new long[0];
    private int toldCount;
    private int toldNext;
    private boolean pressed;
    private int event;
    private int timestamp;
    private int duration;
    private int rate = 1;
    /** The length of the digit's earlier segments. */
    private long earlier;

    private long lastPacket;

    public TelephoneEventReceiver(Listener listener) {
        this.listener = listener;
    }

    /** Receives the digits. */
    @FunctionalInterface
    public interface Listener {
        /**
         * @param length how long the key was held
         */
        void key(char digit, Duration length);
    }

    /**
     * Processes the payload of a packet.
     *
     * @param clockRate of its timestamp and duration, in Hz
     * @return whether it is a telephone event
     */
    public boolean received(
            int packetTimestamp, ByteBuffer packet, int payloadStart, int payloadLength, int clockRate, long now) {
        if (payloadLength < TelephoneEvent.LENGTH) {
            return false;
        }
        int code = packet.get(payloadStart) & 0xFF;
        if (code >= TelephoneEvent.keys()) {
            // Flash, fax tones and others: valid, but not digits.
            return true;
        }
        boolean ends = (packet.get(payloadStart + 1) & END) != 0;
        int told = packet.getShort(payloadStart + 2) & 0xFFFF;
        if (!pressed || packetTimestamp != timestamp) {
            if (isTold(packetTimestamp, now)) {
                return true;
            }
            next(code, packetTimestamp, now);
        }
        lastPacket = now;
        rate = clockRate;
        duration = Math.max(duration, told);
        if (ends) {
            report(now);
        }
        return true;
    }

    /** Called regularly, to notice a digit whose end was lost. */
    public void check(long now) {
        if (pressed && now - lastPacket > ENDED_AFTER_NANOS) {
            report(now);
        }
    }

    /**
     * Another source has taken over, with timestamps of its own: ends a digit of the previous
     * source.
     */
    public void restart() {
        if (pressed) {
            report(lastPacket);
        }
        toldCount = 0;
        toldNext = 0;
    }

    private void next(int code, int packetTimestamp, long now) {
        boolean sameKey = pressed && code == event && packetTimestamp - timestamp == TelephoneEvent.LONGEST_SEGMENT;
        if (sameKey) {
            // RFC 4733 §2.5.1.3: a long event continues in a segment that begins where the longest
            // one ends.
            earlier += TelephoneEvent.LONGEST_SEGMENT;
            remember(now);
        } else {
            if (pressed) {
                report(now);
            }
            earlier = 0;
        }
        pressed = true;
        event = code;
        timestamp = packetTimestamp;
        duration = 0;
    }

    private void report(long now) {
        pressed = false;
        remember(now);
        listener.key(TelephoneEvent.digit(event), Duration.ofNanos(RtpClock.nanos(earlier + duration, rate)));
    }

    private void remember(long now) {
        if (toldTimestamps.length == 0) {
            toldTimestamps = new int[REMEMBERED];
            toldHeard = new long[REMEMBERED];
        }
        toldTimestamps[toldNext] = timestamp;
        toldHeard[toldNext] = now;
        toldNext = (toldNext + 1) % REMEMBERED;
        toldCount = Math.min(REMEMBERED, toldCount + 1);
    }

    /**
     * Returns whether this is the timestamp of a digit, or of a segment of one, that was reported;
     * keeps it in memory if so.
     */
    private boolean isTold(int packetTimestamp, long now) {
        // From the latest on: a timestamp may have been forgotten once and used again.
        for (int age = 1; age <= toldCount; age++) {
            int i = (toldNext - age + REMEMBERED) % REMEMBERED;
            if (toldTimestamps[i] == packetTimestamp) {
                boolean recent = now - toldHeard[i] <= FORGOTTEN_AFTER_NANOS;
                toldHeard[i] = recent ? now : toldHeard[i];
                return recent;
            }
        }
        return false;
    }
}
