// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.fault;

import java.time.Duration;

/**
 * How bad the way is that packets of sound take in one direction. {@link MediaImpairment} sets it. Immutable.
 *
 * @param loss which RTP packets never arrive
 * @param delay of each packet, 0 to 60 s
 * @param jitter up to so much is added to the delay, 0 to 60 s; no packet overtakes another by it
 * @param reordered the share of RTP packets that the one behind them overtakes, 0 to 0.5
 * @param duplicated the share of RTP packets that arrive twice, 0 to 1
 * @param silent nothing arrives
 * @param stream what becomes of speech and keys before they are encrypted
 * @param handshake what becomes of handshakes of DTLS
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

    /** Nothing goes wrong. */
    public static final MediaFigures NONE = new MediaFigures(
            new Loss(Pattern.AT_RANDOM, 0, 1),
            Duration.ZERO,
            Duration.ZERO,
            0,
            0,
            false,
            new Stream(0, 0, 0, ""),
            new Handshake(0, false));

    /** @throws IllegalArgumentException if one of the figures is out of its bounds */
    public MediaFigures {
        requireShare("what is reordered", reordered, 0.5);
        requireShare("what is duplicated", duplicated, 1);
        requireDelay("a delay", delay);
        requireDelay("jitter", jitter);
    }

    /** How the packets that are lost lie among the others. */
    public enum Pattern {
        /** Each is lost or not whatever became of those before it. */
        AT_RANDOM,
        /** Always as many packets apart, or nearly so: of a hundred packets a share of 0.05 are five. */
        EVENLY,
        /** So many in a row, and then none for a time that depends on chance. */
        IN_BURSTS
    }

    /**
     * Which packets never arrive.
     *
     * @param share of all, 0 to 1
     * @param burst how many are lost in a row, 1 to 1000; counts with {@link Pattern#IN_BURSTS} alone
     */
    public record Loss(Pattern pattern, double share, int burst) {
        /** @throws IllegalArgumentException if one of the figures is out of its bounds */
        public Loss {
            requireShare("what is lost", share, 1);
            if (burst < 1 || burst > 1_000) {
                throw new IllegalArgumentException("a burst has 1 to 1000 packets, not " + burst);
            }
        }

        /**
         * How likely a packet begins a burst, so that the share is right in the long run: bursts of n with (1 − p) / p packets between them lose
         * n / (n + (1 − p) / p) of all.
         */
        public double burstChance() {
            return share == 0 ? 0 : share / (burst * (1 - share) + share);
        }
    }

    /**
     * What becomes of a stream before it is encrypted.
     *
     * @param lostKeys the share of keys of the dial pad that never arrive, 0 to 1
     * @param doubledKeys the share of keys that arrive twice, 0 to 1
     * @param drift how much faster its clock is than that of who hears it, -0.05 to 0.05; 0.001 is 0.1 %
     * @param codec the encoding name of what it is put into, as {@code PCMA}; empty for none
     */
    public record Stream(double lostKeys, double doubledKeys, double drift, String codec) {
        private static final double MOST_DRIFT = 0.05;

        /** @throws IllegalArgumentException if one of the figures is out of its bounds */
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
     * What becomes of each handshake of DTLS.
     *
     * @param lost how many of its first datagrams never arrive, 0 to 100
     * @param doubled each datagram arrives twice
     */
    public record Handshake(int lost, boolean doubled) {
        /** @throws IllegalArgumentException if one of the figures is out of its bounds */
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

    /** Whether anything goes wrong. */
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

    /** How likely a packet is overtaken that is not itself overtaking another. */
    public double overtakenChance() {
        return reordered / (1 - reordered);
    }

    private static void requireShare(String what, double share, double most) {
        // Not a number is refused as well.
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
