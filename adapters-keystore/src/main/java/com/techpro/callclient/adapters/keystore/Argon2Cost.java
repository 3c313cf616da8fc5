// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * The cost of one guess at the passphrase: memory, passes over it, lanes (RFC 9106 §3.1).
 *
 * <p>Memory and minimum passes are those of the second recommended option of RFC 9106 §4. A faster
 * machine uses more passes, so that a derivation takes a time acceptable at start-up. Memory does
 * not grow with the machine, because a vault must open again in a smaller heap.
 */
record Argon2Cost(int memoryKib, int iterations, int lanes) {
    static final Argon2Cost NONE = new Argon2Cost(0, 0, 0);
    static final Argon2Cost FLOOR = new Argon2Cost(64 * 1024, 3, 1);
    static final int KEY_LENGTH = 32;

    private static final Duration TARGET = Duration.ofMillis(700);
    private static final int MOST_ITERATIONS = 24;
    // The limits for a file: higher values would be an attack on the opener's memory or time.
    private static final int MOST_MEMORY_KIB = 256 * 1024;
    private static final int MOST_LANES = 16;
    private static final int SANE_ITERATIONS = 64;
    /**
     * How much costlier a file may be than this machine's choice, for example as a later version's
     * choice.
     */
    private static final int DEARER = 4;

    /** Whether a file may request it. */
    boolean isSane() {
        return lanes >= 1
                && lanes <= MOST_LANES
                && memoryKib >= 8 * lanes
                && memoryKib <= MOST_MEMORY_KIB
                && iterations >= 1
                && iterations <= SANE_ITERATIONS;
    }

    boolean isAtLeast(Argon2Cost floor) {
        return memoryKib >= floor.memoryKib && iterations >= floor.iterations;
    }

    /**
     * Whether to derive with a file's cost: up to any machine's choice above that floor, or a few
     * times this machine's.
     *
     * @param chosen by this machine; evaluated only if needed, because it takes a while
     */
    boolean isAffordable(Argon2Cost floor, Supplier<Argon2Cost> chosen) {
        long most = (long) floor.memoryKib * MOST_ITERATIONS;
        return work() <= most
                || (work() <= most * DEARER && work() <= chosen.get().work() * DEARER);
    }

    private long work() {
        return (long) memoryKib * iterations;
    }

    /**
     * Returns as many passes over the floor's memory as this machine does in the target time, at
     * least the floor's. Two passes are enough to find out.
     */
    static Argon2Cost calibrated(Argon2Cost floor, LongSupplier nanoTime) {
        byte[] nothing = new byte[VaultHeader.SALT_LENGTH];
        Argon2Cost onePass = new Argon2Cost(floor.memoryKib, 1, floor.lanes);
        // The first pass warms up the compiler; without it a fast machine looks slow.
        onePass.derive(nothing, nothing);
        long start = nanoTime.getAsLong();
        onePass.derive(nothing, nothing);
        long perPass = Math.max(1, nanoTime.getAsLong() - start);
        long passes = Math.min(TARGET.toNanos() / perPass, MOST_ITERATIONS);
        return new Argon2Cost(floor.memoryKib, (int) Math.max(passes, floor.iterations), floor.lanes);
    }

    byte[] derive(byte[] passphrase, byte[] salt) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKib)
                .withIterations(iterations)
                .withParallelism(lanes)
                .withSalt(salt)
                .build());
        byte[] key = new byte[KEY_LENGTH];
        generator.generateBytes(passphrase, key);
        return key;
    }
}
