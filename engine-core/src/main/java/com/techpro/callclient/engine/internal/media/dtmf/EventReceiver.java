// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media.dtmf;

import java.nio.ByteBuffer;

/**
 * Recognises keys in telephone events (RFC 4733 §2.5.2), each once, however often its packets are repeated, lost or overtaken. A key is told of when
 * it ends: by a packet with the end bit, by the next key, or by silence.
 */
public final class EventReceiver {
    /** No packet of a key for this long means that its end was lost; packets come every 20 to 50 ms. */
    private static final long ENDED_AFTER_NANOS = 200_000_000;

    private static final int END = 0x80;

    private final Listener listener;
    private boolean any;
    private boolean pressed;
    private int event;
    private int timestamp;
    private int duration;
    /** Of the segments of the same key that went before. */
    private long earlier;

    private long lastPacket;

    public EventReceiver(Listener listener) {
        this.listener = listener;
    }

    /** Hears of keys. */
    @FunctionalInterface
    public interface Listener {
        /**
         * @param units how long the key was held, in units of the RTP clock
         */
        void key(char digit, long units);
    }

    /**
     * Takes the payload of a packet.
     *
     * @return whether it is a telephone event
     */
    public boolean received(int packetTimestamp, ByteBuffer packet, int payloadStart, int payloadLength, long now) {
        if (payloadLength < TelephoneEvent.LENGTH) {
            return false;
        }
        int code = packet.get(payloadStart) & 0xFF;
        if (code >= TelephoneEvent.keys()) {
            // Flash, fax tones and the like: legal, but no keys.
            return true;
        }
        boolean ends = (packet.get(payloadStart + 1) & END) != 0;
        int told = packet.getShort(payloadStart + 2) & 0xFFFF;
        int newer = packetTimestamp - timestamp;
        if (any && (newer < 0 || (newer == 0 && !pressed))) {
            // Of a key already told of.
            return true;
        }
        if (!any || newer > 0) {
            next(code, packetTimestamp, newer);
        }
        lastPacket = now;
        duration = Math.max(duration, told);
        if (ends) {
            tell();
        }
        return true;
    }

    /** Called now and then, to notice a key whose end was lost. */
    public void check(long now) {
        if (pressed && now - lastPacket > ENDED_AFTER_NANOS) {
            tell();
        }
    }

    /** The source has started over. */
    public void restart() {
        if (pressed) {
            tell();
        }
        any = false;
    }

    private void next(int code, int packetTimestamp, int newer) {
        boolean sameKey = pressed && code == event && newer == TelephoneEvent.LONGEST_SEGMENT;
        if (sameKey) {
            // RFC 4733 §2.5.1.3: a long event goes on in a segment that begins where the longest one ends.
            earlier += TelephoneEvent.LONGEST_SEGMENT;
        } else {
            if (pressed) {
                tell();
            }
            earlier = 0;
        }
        any = true;
        pressed = true;
        event = code;
        timestamp = packetTimestamp;
        duration = 0;
    }

    private void tell() {
        pressed = false;
        listener.key(TelephoneEvent.digit(event), earlier + duration);
    }
}
