// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.srtp;

/**
 * Remembers which of the last 128 packet indices were accepted (RFC 3711 §3.3.2 requires at least
 * 64).
 */
final class ReplayWindow {
    static final int SIZE = 128;

    private long highest = -1;
    /** Bit n of the pair is the index {@code highest - n}. */
    private long recent;

    private long older;

    /** The highest index accepted, or -1 before the first. */
    long highest() {
        return highest;
    }

    /** Whether the index is new and recent enough to tell. */
    boolean allows(long index) {
        long age = highest - index;
        if (age < 0) {
            return true;
        }
        if (age >= SIZE) {
            return false;
        }
        return age < 64 ? (recent >>> age & 1) == 0 : (older >>> (age - 64) & 1) == 0;
    }

    /** Marks the index as accepted; call it after {@link #allows}. */
    void accept(long index) {
        long age = highest - index;
        if (highest < 0 || -age >= SIZE) {
            recent = 1;
            older = 0;
            highest = index;
        } else if (age < 0) {
            advance((int) -age);
            highest = index;
        } else if (age < 64) {
            recent |= 1L << age;
        } else {
            older |= 1L << (age - 64);
        }
    }

    private void advance(int steps) {
        if (steps >= 64) {
            older = recent << (steps - 64);
            recent = 1;
        } else {
            older = older << steps | recent >>> (64 - steps);
            recent = recent << steps | 1;
        }
    }
}
