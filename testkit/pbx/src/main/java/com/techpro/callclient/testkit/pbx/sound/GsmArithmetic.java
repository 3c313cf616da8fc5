// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.sound;

/** The bit-exact arithmetic of GSM 06.10: saturating fractions of 16 and 32 bits (§5.1). */
final class GsmArithmetic {
    private GsmArithmetic() {}

    static int add(int a, int b) {
        return saturated(a + b);
    }

    static int subtract(int a, int b) {
        return saturated(a - b);
    }

    /** Returns the product of two fractions, truncated. */
    static int product(int a, int b) {
        return saturated((a * b) >> 15);
    }

    /** Returns the product of two fractions, rounded. */
    static int rounded(int a, int b) {
        return saturated((a * b + (1 << 14)) >> 15);
    }

    /** Returns the absolute value, saturated for the smallest number. */
    static int size(int a) {
        return Math.min(Math.abs(a), Short.MAX_VALUE);
    }

    /**
     * Returns the quotient as a fraction; the divisor is positive and not smaller than the
     * dividend.
     */
    static int quotient(int divided, int divisor) {
        return divided == divisor ? Short.MAX_VALUE : (divided << 15) / divisor;
    }

    /** Returns how far a positive 32-bit number can be shifted left without overflow. */
    static int room(int positive) {
        return Integer.numberOfLeadingZeros(positive) - 1;
    }

    /** Returns how far a positive 16-bit number can be shifted left without overflow. */
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
