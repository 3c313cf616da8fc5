// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import java.nio.ByteBuffer;
import java.util.function.IntConsumer;

/** Receives the decrypted packets of a {@link MediaPort}, on the media loop. */
public interface PacketSink {
    /** The digits by event code (RFC 4733 §3.2). */
    String KEYS = "0123456789*#ABCD";

    /** Discards packets. */
    PacketSink NOWHERE = new PacketSink() {
        @Override
        public void rtp(ByteBuffer packet) {}

        @Override
        public void rtcp(ByteBuffer packet) {}
    };

    /**
     * Receives an RTP packet.
     *
     * @param packet from position to limit, with an array and room behind the limit; the sink may
     *     change it, and use it until it returns
     */
    void rtp(ByteBuffer packet);

    /** Receives a compound RTCP packet; otherwise as {@link #rtp}. */
    void rtcp(ByteBuffer packet);

    /**
     * As {@link #relayTo}, but gives telephone events new timestamps from 0, as a B2BUA does that
     * regenerates them.
     */
    static PacketSink restampingKeys(MediaPort other, int eventType) {
        return new PacketSink() {
            private boolean pressed;
            private int theirs;
            private int ours;

            @Override
            public void rtp(ByteBuffer packet) {
                int at = packet.position();
                if (packet.remaining() >= 12 && (packet.get(at + 1) & 0x7f) == eventType) {
                    int timestamp = packet.getInt(at + 4);
                    if (pressed && timestamp != theirs) {
                        ours += 8_000;
                    }
                    pressed = true;
                    theirs = timestamp;
                    packet.putInt(at + 4, ours);
                }
                other.sendRtp(packet);
            }

            @Override
            public void rtcp(ByteBuffer packet) {
                other.sendRtcp(packet);
            }
        };
    }

    /**
     * Wraps a sink and reports each digit in telephone events of that payload type when it ends.
     */
    static PacketSink tellingKeys(PacketSink next, int eventType, IntConsumer key) {
        return new PacketSink() {
            private boolean pressed;
            private int last;

            @Override
            public void rtp(ByteBuffer packet) {
                int at = packet.position();
                if (packet.remaining() >= 16 && (packet.get(at + 1) & 0x7f) == eventType && packet.get(at + 13) < 0) {
                    int timestamp = packet.getInt(at + 4);
                    int event = packet.get(at + 12) & 0xff;
                    if ((!pressed || timestamp != last) && event < KEYS.length()) {
                        key.accept(KEYS.charAt(event));
                    }
                    pressed = true;
                    last = timestamp;
                }
                next.rtp(packet);
            }

            @Override
            public void rtcp(ByteBuffer packet) {
                next.rtcp(packet);
            }
        };
    }

    /**
     * Relays everything to another leg, with unchanged sequence numbers, timestamps and SSRCs, RTCP
     * too.
     */
    static PacketSink relayTo(MediaPort other) {
        return new PacketSink() {
            @Override
            public void rtp(ByteBuffer packet) {
                other.sendRtp(packet);
            }

            @Override
            public void rtcp(ByteBuffer packet) {
                other.sendRtcp(packet);
            }
        };
    }
}
