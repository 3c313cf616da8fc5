// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media.playout;

import com.techpro.callclient.engine.internal.media.codec.Codec;
import com.techpro.callclient.engine.internal.media.codec.G711;
import com.techpro.callclient.engine.internal.media.codec.LossConcealment;
import com.techpro.callclient.engine.internal.media.codec.TimeScaling;
import java.util.Arrays;

/**
 * The way from packets to a steady stream of samples: jitter buffer, decoder, concealment, time scaling. Packets go in as they come; frames are fetched
 * at the pace of whoever plays them, whose clock need not be the sender's.
 */
public final class Playout {
    /** The longest packet that is taken: 200 ms. */
    public static final int LONGEST_PACKET = Codec.CLOCK_RATE / 5;

    private static final int NANOS_PER_SAMPLE = 1_000_000_000 / Codec.CLOCK_RATE;
    private static final int CONCEALED_AT_ONCE = Codec.CLOCK_RATE / 50;

    private final JitterBuffer buffer = new JitterBuffer();
    private final LossConcealment concealment = new LossConcealment();
    private final short[] decoded = new short[TimeScaling.LEAST + 2 * LONGEST_PACKET + TimeScaling.most()];
    private int count;
    private boolean heard;
    private long concealed;
    private long stretched;
    private long squeezed;
    /** Sixteen times the smoothed wait of a packet, in samples. */
    private int scaledDelay;

    /** A moment as the buffer counts it: samples of the RTP clock, in 32 bits that wrap. */
    public static int samples(long nanos) {
        return (int) Math.floorDiv(nanos, (long) NANOS_PER_SAMPLE);
    }

    /** Takes a packet of G.711. */
    public void insert(int sequence, int timestamp, int arrival, G711 codec, byte[] payload, int from, int length) {
        buffer.insert(sequence, timestamp, arrival, codec, payload, from, length);
    }

    /** Takes note of a packet that is not to be heard, so that its sequence number does not count as lost. */
    public void pass(int sequence, int timestamp, int arrival, byte[] none) {
        buffer.insert(sequence, timestamp, arrival, null, none, 0, 0);
    }

    /** Fills the next frame to play at a time. */
    public void next(short[] frame, int now) {
        while (count < frame.length) {
            switch (buffer.next(now)) {
                case PACKET -> packet(now);
                case GAP -> {
                    int samples = Math.min(buffer.gap(), CONCEALED_AT_ONCE);
                    concealment.conceal(decoded, count, samples);
                    buffer.concealed(samples);
                    count += samples;
                    concealed += samples;
                }
                case NOTHING -> {
                    int samples = frame.length - count;
                    if (heard) {
                        concealment.conceal(decoded, count, samples);
                    } else {
                        Arrays.fill(decoded, count, frame.length, (short) 0);
                    }
                    buffer.starvedFor(samples);
                    count += samples;
                }
            }
        }
        System.arraycopy(decoded, 0, frame, 0, frame.length);
        count -= frame.length;
        System.arraycopy(decoded, frame.length, decoded, 0, count);
    }

    private void packet(int now) {
        int correction = buffer.correction();
        if (correction > 0 && heard) {
            int gained = concealment.expand(decoded, count);
            count += gained;
            stretched += gained;
        }
        decode(buffer.packet(), now);
        if (correction < 0) {
            // One frame is too short to find a period in.
            if (count < TimeScaling.LEAST && buffer.next(now) == JitterBuffer.Due.PACKET) {
                decode(buffer.packet(), now);
            }
            int left = TimeScaling.shorten(decoded, count);
            squeezed += count - left;
            count = left;
        }
    }

    private void decode(PacketBuffer.Packet packet, int now) {
        G711 codec = packet.codec;
        if (codec == null) {
            return;
        }
        codec.decode(packet.payload, 0, decoded, count, packet.length);
        concealment.good(decoded, count, packet.length);
        count += packet.length;
        heard = true;
        scaledDelay += now - packet.arrival - ((scaledDelay + 8) >> 4);
    }

    /** Forgets the stream: the next packet begins another, and what was heard last is gone on with until then. */
    public void restart() {
        buffer.clear();
    }

    /** Packets that came when their time was over, or were skipped to catch up. */
    public long late() {
        return buffer.late();
    }

    public long duplicate() {
        return buffer.duplicate();
    }

    /** Forgets the stream and its sound too: until the next packet there is silence. */
    public void flush() {
        buffer.clear();
        concealment.forget();
        heard = false;
        count = 0;
    }

    /**
     * Samples made up: in place of lost packets, and while the buffer was empty although the sender spoke. What an empty buffer was about is known when it
     * fills again, so they are counted then; a pause that the sender left out is not among them.
     */
    public long concealed() {
        return concealed + buffer.starvedOfLost() + buffer.lateSamples();
    }

    /** Those of the samples made up whose packets came, but too late. */
    public long lateSamples() {
        return buffer.lateSamples();
    }

    /** Samples added to gain time. */
    public long stretched() {
        return stretched;
    }

    /** Samples cut to catch up. */
    public long squeezed() {
        return squeezed;
    }

    /** How long a packet waits between coming and being played, smoothed, in samples. */
    public int delay() {
        return Math.max(0, (scaledDelay >> 4) + count);
    }
}
