// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.degrade;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

/**
 * Lost packets. With the same seed, packets lost at one rate are also lost at a higher one.
 *
 * <p>In uncoded speech a lost packet becomes silence or a repetition of the previous one. For a
 * codec's concealment use {@link Coding#losing}.
 */
public final class PacketLoss implements Degradation {
    /** What replaces a lost packet. */
    public enum Concealment {
        SILENCE,
        /** A repetition of the previous packet; in coded speech, the codec's concealment. */
        REPEAT
    }

    private static final Duration USUAL_PACKET = Duration.ofMillis(20);

    private final double percent;
    /** 0: evenly. */
    private final int burst;

    private final long seed;
    private final Duration packet;
    private final int offset;
    private final Concealment concealment;

    private PacketLoss(double percent, int burst, long seed, Duration packet, int offset, Concealment concealment) {
        if (!(percent >= 0 && percent <= 100)) {
            throw new IllegalArgumentException("a share of 0 to 100 %, not " + percent);
        }
        if (packet.isZero() || packet.isNegative() || offset < 0) {
            throw new IllegalArgumentException("packets of some length, the first of which begins in the recording");
        }
        this.percent = percent;
        this.burst = burst;
        this.seed = seed;
        this.packet = packet;
        this.offset = offset;
        this.concealment = concealment;
    }

    /**
     * Loses packets at even distances.
     *
     * @throws IllegalArgumentException unless it is 0 to 100 %
     */
    public static PacketLoss even(double percent) {
        return new PacketLoss(percent, 0, 0, USUAL_PACKET, 0, Concealment.SILENCE);
    }

    /**
     * Loses each packet independently.
     *
     * @throws IllegalArgumentException unless it is 0 to 100 %
     */
    public static PacketLoss random(double percent, long seed) {
        return bursts(percent, 1, seed);
    }

    /**
     * Loses packets in bursts.
     *
     * @param percent of all packets
     * @param packets in a row
     * @throws IllegalArgumentException unless it is 0 to 100 %, and one packet or more
     */
    public static PacketLoss bursts(double percent, int packets, long seed) {
        if (packets < 1) {
            throw new IllegalArgumentException("one packet in a row or more, not " + packets);
        }
        return new PacketLoss(percent, packets, seed, USUAL_PACKET, 0, Concealment.SILENCE);
    }

    /** Sets the packet length; default: 20 ms, which is fixed for codecs. */
    public PacketLoss packets(Duration length) {
        return new PacketLoss(percent, burst, seed, length, offset, concealment);
    }

    /** Sets where the first packet begins, in samples of the recording. */
    public PacketLoss offset(int samples) {
        return new PacketLoss(percent, burst, seed, packet, samples, concealment);
    }

    /** Sets what replaces lost packets; default: silence. */
    public PacketLoss concealedBy(Concealment what) {
        return new PacketLoss(percent, burst, seed, packet, offset, what);
    }

    int offset() {
        return offset;
    }

    Concealment concealment() {
        return concealment;
    }

    /** Returns which of this many packets are lost. */
    boolean[] lost(int packets) {
        boolean[] lost = new boolean[packets];
        if (burst == 0) {
            double due = 0;
            for (int i = 0; i < packets; i++) {
                due += percent / 100;
                if (due >= 1) {
                    due--;
                    lost[i] = true;
                }
            }
        } else {
            Random random = new Random(seed);
            for (int i = 0; i < packets; i++) {
                if (random.nextDouble() < percent / 100 / burst) {
                    Arrays.fill(lost, i, Math.min(packets, i + burst), true);
                }
            }
        }
        return lost;
    }

    @Override
    public short[] applyTo(short[] speech, int sampleRate) {
        int length = Samples.count(packet, sampleRate);
        short[] changed = speech.clone();
        boolean[] lost = lost(Math.max(0, (speech.length - offset) / length));
        for (int i = 0; i < lost.length; i++) {
            int at = offset + i * length;
            if (!lost[i]) {
                continue;
            }
            if (concealment == Concealment.REPEAT && at >= length) {
                System.arraycopy(changed, at - length, changed, at, length);
            } else {
                Arrays.fill(changed, at, at + length, (short) 0);
            }
        }
        return changed;
    }
}
