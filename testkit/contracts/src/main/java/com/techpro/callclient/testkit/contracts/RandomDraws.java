// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Finds a key, salt, token or number that is not random: the draw was left out, is repeated, or
 * fills only a part. It draws {@value #DRAWS} values and compares them octet by octet. It says
 * nothing about the quality of the source.
 */
public final class RandomDraws {
    /** The draws of each check. */
    public static final int DRAWS = 64;

    /** Of 64 draws from 256 values, fewer than 32 distinct ones never happen. */
    private static final int LEAST_OF_OCTET = 32;

    private RandomDraws() {}

    /**
     * Checks random octets.
     *
     * @param draw returns the next value; all of one length
     */
    public static void assertRandomOctets(Supplier<byte[]> draw) {
        assertRandom(LEAST_OF_OCTET, draw);
    }

    /**
     * Checks random characters in ASCII, without a fixed prefix.
     *
     * @param least how many distinct characters there must be at each place, of {@value #DRAWS}
     *     draws: at most two thirds of the alphabet
     */
    public static void assertRandomText(int least, Supplier<String> draw) {
        assertRandom(least, () -> draw.get().getBytes(StandardCharsets.US_ASCII));
    }

    private static void assertRandom(int least, Supplier<byte[]> draw) {
        List<byte[]> drawn = new ArrayList<>(DRAWS);
        Set<List<Byte>> distinct = new HashSet<>();
        for (int i = 0; i < DRAWS; i++) {
            byte[] value = draw.get();
            drawn.add(value);
            List<Byte> comparable = new ArrayList<>(value.length);
            for (byte octet : value) {
                comparable.add(octet);
            }
            distinct.add(comparable);
        }
        assertThat(distinct).as("no value is drawn twice").hasSize(DRAWS);
        int length = drawn.get(0).length;
        assertThat(drawn).as("all values have one length").allMatch(value -> value.length == length);
        for (int place = 0; place < length; place++) {
            BitSet seen = new BitSet(256);
            for (byte[] value : drawn) {
                seen.set(value[place] & 0xFF);
            }
            assertThat(seen.cardinality())
                    .as("distinct octets at place " + place)
                    .isGreaterThanOrEqualTo(least);
            for (int earlier = 0; earlier < place; earlier++) {
                int first = earlier;
                int second = place;
                assertThat(drawn)
                        .as("place " + place + " is drawn, and not that of " + earlier + " again")
                        .anyMatch(value -> value[first] != value[second]);
            }
        }
    }
}
