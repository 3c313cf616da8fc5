// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.degrade;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

/**
 * Packets that do not arrive. With the same seed, whatever is lost at one rate is lost at a higher one too.
 *
 * <p>On uncoded speech it leaves silence or the packet before in their place; what a codec makes of it, {@link Coding#losing} does.
 */
public final class PacketLoss implements Degradation {
    /** What is played in the place of a lost packet. */
    public enum Concealment {
        SILENCE,
        /** The packet before once more; of coded speech, what the codec makes up. */
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
     * As far from each other as they can be.
     *
     * @throws IllegalArgumentException unless it is 0 to 100 %
     */
    public static PacketLoss even(double percent) {
        return new PacketLoss(percent, 0, 0, USUAL_PACKET, 0, Concealment.SILENCE);
    }

    /**
     * Each packet for itself.
     *
     * @throws IllegalArgumentException unless it is 0 to 100 %
     */
    public static PacketLoss random(double percent, long seed) {
        return bursts(percent, 1, seed);
    }

    /**
     * Some packets in a row each time.
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

    /** How long each packet is, 20 ms unless it is said. A codec's are always 20 ms long. */
    public PacketLoss packets(Duration length) {
        return new PacketLoss(percent, burst, seed, length, offset, concealment);
    }

    /** Where the first packet begins, in samples of the recording. */
    public PacketLoss offset(int samples) {
        return new PacketLoss(percent, burst, seed, packet, samples, concealment);
    }

    /** What is played in their place; silence unless it is said. */
    public PacketLoss concealedBy(Concealment what) {
        return new PacketLoss(percent, burst, seed, packet, offset, what);
    }

    int offset() {
        return offset;
    }

    Concealment concealment() {
        return concealment;
    }

    /** Which of so many packets are lost. */
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
