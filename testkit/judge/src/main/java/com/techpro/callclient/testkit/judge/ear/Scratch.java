// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.ear;

import com.techpro.callclient.testkit.judge.ear.Finding.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Arrays that consecutive comparisons share. Requests in the same order return the same arrays,
 * cleared. An array may be longer than requested.
 */
final class Scratch {
    private final Shelf<float[]> floats = new Shelf<>(float[]::new, array -> array.length);
    private final Shelf<double[]> doubles = new Shelf<>(double[]::new, array -> array.length);
    private final Shelf<int[]> ints = new Shelf<>(int[]::new, array -> array.length);
    private final Shelf<byte[]> bytes = new Shelf<>(byte[]::new, array -> array.length);
    private final Shelf<boolean[]> booleans = new Shelf<>(boolean[]::new, array -> array.length);
    private final Shelf<@Nullable Kind[]> kinds = new Shelf<>(Kind[]::new, array -> array.length);

    /** Ends the use of all arrays that were handed out. */
    void reset() {
        floats.next = 0;
        doubles.next = 0;
        ints.next = 0;
        bytes.next = 0;
        booleans.next = 0;
        kinds.next = 0;
    }

    float[] floats(int length) {
        float[] array = floats.take(length);
        Arrays.fill(array, 0, length, 0);
        return array;
    }

    double[] doubles(int length) {
        double[] array = doubles.take(length);
        Arrays.fill(array, 0, length, 0);
        return array;
    }

    int[] ints(int length) {
        int[] array = ints.take(length);
        Arrays.fill(array, 0, length, 0);
        return array;
    }

    byte[] bytes(int length) {
        byte[] array = bytes.take(length);
        Arrays.fill(array, 0, length, (byte) 0);
        return array;
    }

    boolean[] booleans(int length) {
        boolean[] array = booleans.take(length);
        Arrays.fill(array, 0, length, false);
        return array;
    }

    @Nullable
    Kind[] kinds(int length) {
        @Nullable Kind[] array = kinds.take(length);
        Arrays.fill(array, 0, length, null);
        return array;
    }

    /** Arrays of one type. */
    private static final class Shelf<A> {
        private final IntFunction<A> made;
        private final ToIntFunction<A> length;
        private final List<A> arrays = new ArrayList<>();
        private int next;

        Shelf(IntFunction<A> made, ToIntFunction<A> length) {
            this.made = made;
            this.length = length;
        }

        A take(int least) {
            int at = next++;
            if (at == arrays.size()) {
                arrays.add(made.apply(least));
            } else if (length.applyAsInt(arrays.get(at)) < least) {
                arrays.set(at, made.apply(least));
            }
            return arrays.get(at);
        }
    }
}
