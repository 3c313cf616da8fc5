// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import java.nio.ByteBuffer;

/** Takes the clear packets of a {@link MediaPort}, on the media loop. */
public interface PacketSink {
    /** Where packets go that nobody wants. */
    PacketSink NOWHERE = new PacketSink() {
        @Override
        public void rtp(ByteBuffer packet) {}

        @Override
        public void rtcp(ByteBuffer packet) {}
    };

    /**
     * One RTP packet.
     *
     * @param packet from position to limit, with an array and room behind the limit; the sink may change it, and keep it until it returns
     */
    void rtp(ByteBuffer packet);

    /** One compound RTCP packet; the rest as in {@link #rtp}. */
    void rtcp(ByteBuffer packet);

    /** Passes everything on to another leg: sequence numbers, timestamps and sources as they are, reports too. */
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
