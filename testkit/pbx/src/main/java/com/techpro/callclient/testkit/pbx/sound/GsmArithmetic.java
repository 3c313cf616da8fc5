// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.sound;

/** The arithmetic in which GSM 06.10 is described, to the bit: fractions of 16 and 32 bits that saturate (§5.1). */
final class GsmArithmetic {
    private GsmArithmetic() {}

    static int add(int a, int b) {
        return saturated(a + b);
    }

    static int subtract(int a, int b) {
        return saturated(a - b);
    }

    /** The product of two fractions, what is below its last bit dropped. */
    static int product(int a, int b) {
        return saturated((a * b) >> 15);
    }

    /** The product of two fractions, rounded. */
    static int rounded(int a, int b) {
        return saturated((a * b + (1 << 14)) >> 15);
    }

    /** The size of a number: that of the least one is one less. */
    static int size(int a) {
        return Math.min(Math.abs(a), Short.MAX_VALUE);
    }

    /** The quotient of two numbers as a fraction; the divisor is positive, and no less than what is divided. */
    static int quotient(int divided, int divisor) {
        return divided == divisor ? Short.MAX_VALUE : (divided << 15) / divisor;
    }

    /** How far a positive number of 32 bits can be shifted to the left before it turns negative. */
    static int room(int positive) {
        return Integer.numberOfLeadingZeros(positive) - 1;
    }

    /** How far a positive number of 16 bits can be. */
    static int roomOfShort(int positive) {
        return room(positive) - 16;
    }

    static int saturated(int value) {
        return Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
    }

    static int saturated(long value) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
    }
}
