// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.rtp;

/**
 * Tracks the sequence numbers of one source (RFC 3550 §A.1) and counts losses (§A.3). A source is
 * valid after some packets in a row. Wraps are distinguished from jumps, and a second packet must
 * confirm a jump.
 */
public final class SequenceNumbers {
    /** The packets in a row that make a source valid (MIN_SEQUENTIAL). */
    public static final int PROBATION = 2;

    private static final int MAX_DROPOUT = 3000;
    private static final int MAX_MISORDER = 100;
    private static final int MODULUS = 1 << 16;
    private static final int NO_JUMP = -1;

    private int probation = PROBATION;
    private int required = PROBATION;
    private int highest;
    private long cycles;
    private int base;
    private int jumpedTo = NO_JUMP;
    private long received;
    private long expectedBefore;
    private long receivedBefore;

    /**
     * Begins with another source.
     *
     * @param required how many packets in a row the source must send first; 1 if authentication
     *     proves what probation only guesses
     */
    public void begin(int firstSequence, int required) {
        probation = required;
        this.required = required;
        restart(firstSequence);
        highest = firstSequence - 1 & 0xFFFF;
    }

    /** The classification of a sequence number. */
    public enum Verdict {
        /** The source is not valid yet. */
        ON_PROBATION,
        /** The next number, or a later one. */
        IN_ORDER,
        /** An earlier number: reordered, or a duplicate. */
        OUT_OF_ORDER,
        /** Far from the others; dropped unless the next one follows it. */
        JUMP,
        /** The source has started over: this packet follows the jump. */
        RESTARTED
    }

    public Verdict received(int sequence) {
        int ahead = sequence - highest & 0xFFFF;
        if (probation > 0) {
            return onProbation(sequence, ahead);
        }
        if (ahead == 0 || ahead > MODULUS - MAX_MISORDER) {
            received++;
            return Verdict.OUT_OF_ORDER;
        }
        if (ahead < MAX_DROPOUT) {
            advance(sequence);
            received++;
            return Verdict.IN_ORDER;
        }
        if (sequence == jumpedTo) {
            restart(sequence);
            received = 1;
            return Verdict.RESTARTED;
        }
        jumpedTo = sequence + 1 & 0xFFFF;
        return Verdict.JUMP;
    }

    /**
     * Numbers between the highest so far and this packet's were not due: they count neither as
     * expected nor as lost.
     */
    public void skipTo(int sequence) {
        int ahead = sequence - highest & 0xFFFF;
        if (valid() && ahead > 0 && ahead < MAX_DROPOUT) {
            base += ahead - 1;
        }
    }

    private Verdict onProbation(int sequence, int ahead) {
        probation = ahead == 1 ? probation - 1 : required - 1;
        highest = sequence;
        if (probation > 0) {
            return Verdict.ON_PROBATION;
        }
        restart(sequence);
        received = 1;
        return Verdict.IN_ORDER;
    }

    private void advance(int sequence) {
        if (sequence < highest) {
            cycles += MODULUS;
        }
        highest = sequence;
        jumpedTo = NO_JUMP;
    }

    private void restart(int sequence) {
        base = sequence;
        highest = sequence;
        cycles = 0;
        jumpedTo = NO_JUMP;
        received = 0;
        expectedBefore = 0;
        receivedBefore = 0;
    }

    /** Whether the source has served its probation. */
    public boolean valid() {
        return probation == 0;
    }

    /** Packets since the source became valid, duplicates included. */
    public long received() {
        return received;
    }

    /** The highest sequence number, extended by the count of wraps in its upper 16 bits. */
    public int extendedHighest() {
        return (int) (cycles + highest);
    }

    /** The number of packets that should have arrived. */
    public long expected() {
        return valid() ? cycles + highest - base + 1 : 0;
    }

    /** Expected minus received; negative if duplicates outweigh the losses. */
    public long lost() {
        return expected() - received;
    }

    /** Returns the share lost since the last call, in 256ths, as in a report (RFC 3550 §6.4.1). */
    public int fractionLost() {
        long expectedNow = expected() - expectedBefore;
        long lostNow = expectedNow - (received - receivedBefore);
        expectedBefore = expected();
        receivedBefore = received;
        return expectedNow <= 0 || lostNow <= 0 ? 0 : (int) Math.min(255, lostNow * 256 / expectedNow);
    }
}
