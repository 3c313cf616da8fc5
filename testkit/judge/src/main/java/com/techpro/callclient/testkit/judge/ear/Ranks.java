// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.ear;

/**
 * Finds the value of a rank without sorting all values (C. A. R. Hoare, "Algorithm 65: Find",
 * 1961). It changes the order of the values.
 */
final class Ranks {
    private static final double LOUD = 0.95;
    private static final double QUIET = 0.1;
    /** With more values than this, a sample of them is examined first. */
    private static final int MANY = 256;

    private static final int FEW = 32;

    private Ranks() {}

    static float median(float[] values, int count) {
        return count == 0 ? 0 : ranked(values, count, count / 2);
    }

    /** Returns the value that a twentieth of all values exceed. */
    static float loud(float[] values, int count) {
        return above(LOUD, values, count);
    }

    /** Returns the value that a tenth of all values are below. */
    static float quiet(float[] values, int count) {
        return above(QUIET, values, count);
    }

    /** Returns the value that is above a share of all values. */
    static float above(double share, float[] values, int count) {
        return count == 0 ? 0 : ranked(values, count, (int) (share * (count - 1)));
    }

    private static float ranked(float[] values, int count, int rank) {
        return ranked(values, 0, count - 1, rank);
    }

    private static float ranked(float[] values, int first, int last, int rank) {
        int from = first;
        int to = last;
        while (from < to) {
            float pivot = to - from < MANY ? values[rank] : guess(values, from, to, rank);
            int low = from;
            int high = to;
            while (low <= high) {
                while (values[low] < pivot) {
                    low++;
                }
                while (pivot < values[high]) {
                    high--;
                }
                if (low <= high) {
                    swap(values, low++, high--);
                }
            }
            if (high < rank) {
                from = low;
            }
            if (rank < low) {
                to = high;
            }
        }
        return values[rank];
    }

    /**
     * Estimates a rank's value from a few values. Values far from it need not be examined again.
     */
    private static float guess(float[] values, int from, int to, int rank) {
        int apart = (to - from) / FEW;
        for (int i = 0; i < FEW; i++) {
            swap(values, from + i, from + i * apart);
        }
        return ranked(values, from, from + FEW - 1, from + (rank - from) / (apart + 1));
    }

    private static void swap(float[] values, int one, int other) {
        float swapped = values[one];
        values[one] = values[other];
        values[other] = swapped;
    }
}
