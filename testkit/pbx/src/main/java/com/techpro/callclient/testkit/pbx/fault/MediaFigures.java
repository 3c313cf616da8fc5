// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.fault;

import java.time.Duration;

/**
 * The impairments of one direction of media, set by {@link MediaImpairment}. Immutable.
 *
 * @param loss selects the lost RTP packets
 * @param delay of each packet, 0 to 60 s
 * @param jitter the most that is added to the delay, 0 to 60 s; packets stay in order
 * @param reordered the share of RTP packets that the next one overtakes, 0 to 0.5
 * @param duplicated the share of RTP packets that arrive twice, 0 to 1
 * @param silent nothing arrives
 * @param stream impairments of speech and DTMF before encryption
 * @param handshake impairments of DTLS handshakes
 */
public record MediaFigures(
        Loss loss,
        Duration delay,
        Duration jitter,
        double reordered,
        double duplicated,
        boolean silent,
        Stream stream,
        Handshake handshake) {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** No impairments. */
    public static final MediaFigures NONE = new MediaFigures(
            new Loss(Pattern.AT_RANDOM, 0, 1),
            Duration.ZERO,
            Duration.ZERO,
            0,
            0,
            false,
            new Stream(0, 0, 0, ""),
            new Handshake(0, false));

    /** @throws IllegalArgumentException if a figure is out of bounds */
    public MediaFigures {
        requireShare("what is reordered", reordered, 0.5);
        requireShare("what is duplicated", duplicated, 1);
        requireDelay("a delay", delay);
        requireDelay("jitter", jitter);
    }

    /** The distribution of lost packets. */
    public enum Pattern {
        /** Each packet is lost or not independently of the others. */
        AT_RANDOM,
        /** At even distances, or nearly: with a share of 0.05, five of a hundred packets. */
        EVENLY,
        /** Several in a row, then none for a random time. */
        IN_BURSTS
    }

    /**
     * Selects the lost packets.
     *
     * @param share of all, 0 to 1
     * @param burst how many are lost in a row, 1 to 1000; only with {@link Pattern#IN_BURSTS}
     */
    public record Loss(Pattern pattern, double share, int burst) {
        /** @throws IllegalArgumentException if a figure is out of bounds */
        public Loss {
            requireShare("what is lost", share, 1);
            if (burst < 1 || burst > 1_000) {
                throw new IllegalArgumentException("a burst has 1 to 1000 packets, not " + burst);
            }
        }

        /**
         * Returns the probability that a packet begins a burst, for the right share in the long
         * run. Bursts of n with (1 − p) / p packets between them lose n / (n + (1 − p) / p) of all.
         */
        public double burstChance() {
            return share == 0 ? 0 : share / (burst * (1 - share) + share);
        }
    }

    /**
     * Impairments of a stream before encryption.
     *
     * @param lostKeys the share of DTMF digits that never arrive, 0 to 1
     * @param doubledKeys the share of DTMF digits that arrive twice, 0 to 1
     * @param drift how much faster its clock is than the receiver's, -0.05 to 0.05; 0.001 is 0.1 %
     * @param codec the encoding name to transcode to, such as {@code PCMA}; empty for none
     */
    public record Stream(double lostKeys, double doubledKeys, double drift, String codec) {
        private static final double MOST_DRIFT = 0.05;

        /** @throws IllegalArgumentException if a figure is out of bounds */
        public Stream {
            requireShare("what is lost of keys", lostKeys, 1);
            requireShare("what is doubled of keys", doubledKeys, 1);
            if (!(Math.abs(drift) <= MOST_DRIFT)) {
                throw new IllegalArgumentException("a drift is -0.05 to 0.05, not " + drift);
            }
        }

        boolean isBad() {
            return lostKeys > 0 || doubledKeys > 0 || drift != 0 || !codec.isEmpty();
        }
    }

    /**
     * Impairments of each DTLS handshake.
     *
     * @param lost how many of its first datagrams never arrive, 0 to 100
     * @param doubled each datagram arrives twice
     */
    public record Handshake(int lost, boolean doubled) {
        /** @throws IllegalArgumentException if a figure is out of bounds */
        public Handshake {
            if (lost < 0 || lost > 100) {
                throw new IllegalArgumentException("0 to 100 datagrams are lost, not " + lost);
            }
        }

        boolean isBad() {
            return lost > 0 || doubled;
        }
    }

    MediaFigures with(Loss other) {
        return new MediaFigures(other, delay, jitter, reordered, duplicated, silent, stream, handshake);
    }

    MediaFigures with(Stream other) {
        return new MediaFigures(loss, delay, jitter, reordered, duplicated, silent, other, handshake);
    }

    MediaFigures with(Handshake other) {
        return new MediaFigures(loss, delay, jitter, reordered, duplicated, silent, stream, other);
    }

    MediaFigures withDelay(Duration by) {
        return new MediaFigures(loss, by, jitter, reordered, duplicated, silent, stream, handshake);
    }

    MediaFigures withJitter(Duration most) {
        return new MediaFigures(loss, delay, most, reordered, duplicated, silent, stream, handshake);
    }

    MediaFigures withReordered(double share) {
        return new MediaFigures(loss, delay, jitter, share, duplicated, silent, stream, handshake);
    }

    MediaFigures withDuplicated(double share) {
        return new MediaFigures(loss, delay, jitter, reordered, share, silent, stream, handshake);
    }

    MediaFigures withSilence(boolean on) {
        return new MediaFigures(loss, delay, jitter, reordered, duplicated, on, stream, handshake);
    }

    /** Whether there is any impairment. */
    boolean isBad() {
        return loss.share > 0
                || !delay.isZero()
                || !jitter.isZero()
                || reordered > 0
                || duplicated > 0
                || silent
                || stream.isBad()
                || handshake.isBad();
    }

    /** Returns the probability that a packet which overtakes none is itself overtaken. */
    public double overtakenChance() {
        return reordered / (1 - reordered);
    }

    private static void requireShare(String what, double share, double most) {
        // Refuses NaN as well.
        if (!(share >= 0 && share <= most)) {
            throw new IllegalArgumentException(what + " is a share from 0 to " + most + ", not " + share);
        }
    }

    private static void requireDelay(String what, Duration length) {
        if (length.isNegative() || length.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(what + " is 0 to 60 s, not " + length);
        }
    }
}
