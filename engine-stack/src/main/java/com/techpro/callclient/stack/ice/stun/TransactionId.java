// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice.stun;

import java.util.Random;

/** The 96 bits that match a response to its request (RFC 8489 §5). */
public record TransactionId(int high, long low) {
    public static TransactionId random(Random random) {
        return new TransactionId(random.nextInt(), random.nextLong());
    }

    @Override
    public String toString() {
        return String.format("%08x%016x", high, low);
    }
}
