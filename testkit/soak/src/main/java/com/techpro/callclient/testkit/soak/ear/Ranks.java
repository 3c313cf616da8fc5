// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.ear;

/** The value that has so many others below it, without sorting them all (C. A. R. Hoare, "Algorithm 65: Find", 1961). The values' order is changed. */
final class Ranks {
    private static final double LOUD = 0.95;
    private static final double QUIET = 0.1;

    private Ranks() {}

    static float median(float[] values, int count) {
        return count == 0 ? 0 : ranked(values, count, count / 2);
    }

    /** What a twentieth of all values exceeds. */
    static float loud(float[] values, int count) {
        return above(LOUD, values, count);
    }

    /** What a tenth of all values is below. */
    static float quiet(float[] values, int count) {
        return above(QUIET, values, count);
    }

    /** What is above a share of all values. */
    static float above(double share, float[] values, int count) {
        return count == 0 ? 0 : ranked(values, count, (int) (share * (count - 1)));
    }

    private static float ranked(float[] values, int count, int rank) {
        int from = 0;
        int to = count - 1;
        while (from < to) {
            float pivot = values[rank];
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
                    float swapped = values[low];
                    values[low++] = values[high];
                    values[high--] = swapped;
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
}
