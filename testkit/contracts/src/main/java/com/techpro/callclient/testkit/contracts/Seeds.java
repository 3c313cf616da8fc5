// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

/** Derives independent seeds, so that more traffic in one place does not change the dice in another. */
final class Seeds {
    private Seeds() {}

    static long mix(long seed, String name) {
        long mixed = seed ^ 0x9E3779B97F4A7C15L;
        for (int i = 0; i < name.length(); i++) {
            mixed = (mixed ^ name.charAt(i)) * 0x100000001B3L;
            mixed ^= mixed >>> 29;
        }
        return mixed;
    }
}
