// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import java.nio.ByteBuffer;
import java.util.Random;

/**
 * An RTP stream of the PBX's own with 20 ms packets, and its RTCP. Writes every packet into the
 * same buffer. Media loop only.
 */
public final class SpeechSender {
    /** RFC 3550 §5.1: the largest number that four bits can count. */
    public static final int MOST_SOURCES = 15;

    private static final int ROOM_FOR_SRTP = 64;
    private static final int[] NO_SOURCES = {};

    private final MediaPort port;
    private final RtcpTerminal terminal;
    private final ByteBuffer packet = ByteBuffer.allocate(12 + 4 * MOST_SOURCES + FrameClock.SAMPLES + ROOM_FOR_SRTP);
    private final byte[] payload = new byte[FrameClock.SAMPLES];
    private final int ssrc;
    private int sequence;
    private int timestamp;
    private boolean resting = true;

    SpeechSender(MediaPlane plane, MediaPort port, Random random) {
        this.port = port;
        // RFC 3711 §3.3.1: not near the wrap, so that losing the first packet does no harm.
        this.sequence = random.nextInt(1 << 15);
        this.timestamp = random.nextInt();
        this.ssrc = random.nextInt();
        this.terminal = new RtcpTerminal(plane.loop(), port, random, ssrc);
        terminal.start();
    }

    RtcpTerminal terminal() {
        return terminal;
    }

    void send(VoiceFormat format, short[] frame) {
        format.law().encode(frame, 0, payload, 0, FrameClock.SAMPLES);
        send(format, payload, NO_SOURCES, 0, 0);
    }

    /**
     * Sends 20 ms.
     *
     * @param sources the SSRCs heard in it (RFC 3550 §7.1), of which the first {@code count} are
     *     used
     * @param but the receiver's own SSRC, which is left out
     */
    void send(VoiceFormat format, byte[] encoded, int[] sources, int count, int but) {
        packet.clear();
        packet.put((byte) 0x80).put((byte) (format.payloadType() | (resting ? 0x80 : 0)));
        packet.putShort((short) sequence++).putInt(timestamp).putInt(ssrc);
        int told = 0;
        for (int i = 0; i < count; i++) {
            if (sources[i] != but) {
                packet.putInt(sources[i]);
                told++;
            }
        }
        packet.put(0, (byte) (0x80 | told));
        packet.put(encoded, 0, FrameClock.SAMPLES);
        packet.flip();
        resting = false;
        terminal.sent(timestamp, FrameClock.SAMPLES);
        timestamp += FrameClock.SAMPLES;
        port.sendRtp(packet);
    }

    /** Advances by 20 ms without sending a packet. */
    void rest() {
        resting = true;
        timestamp += FrameClock.SAMPLES;
    }

    void stop() {
        terminal.stop();
    }
}
