// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.fault;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Injects media faults: into all media arriving at the PBX, and per extension in each direction.
 * Callable from any thread; applies from the next packet on.
 */
public final class MediaFaults {
    private final Random random;
    private final Predicate<String> exists;
    private final Map<String, PhoneMediaFaults> phones = new ConcurrentHashMap<>();
    private volatile double loss;
    private volatile boolean silence;

    /** Accepts any extension number. */
    public MediaFaults(Random random) {
        this(random, number -> true);
    }

    /** @param exists whether there is an extension of that number */
    public MediaFaults(Random random, Predicate<String> exists) {
        this.random = random;
        this.exists = exists;
    }

    /**
     * Returns the faults of an extension's phones; they add to those of all media.
     *
     * @throws IllegalArgumentException if there is no such extension
     */
    public PhoneMediaFaults phone(String extension) {
        if (!exists.test(extension)) {
            throw new IllegalArgumentException("there is no extension " + extension);
        }
        return phones.computeIfAbsent(extension, number -> new PhoneMediaFaults(random));
    }

    /** Returns the faults of a stream; none if it belongs to no extension's phone. For the PBX. */
    public PhoneMediaFaults ofStream(@Nullable String extension) {
        return extension == null || !exists.test(extension) ? new PhoneMediaFaults(random) : phone(extension);
    }

    /** Loses that share of packets, 0 to 1, independently of each other. */
    public void loseShare(double share) {
        if (share < 0 || share > 1) {
            throw new IllegalArgumentException("a share is 0 to 1, not " + share);
        }
        loss = share;
    }

    /** Returns the share set by {@link #loseShare}; 0 before. */
    public double lostShare() {
        return loss;
    }

    /** Loses everything while on, as with a pulled cable. */
    public void silence(boolean on) {
        silence = on;
    }

    /** Removes all faults, those of extensions too. */
    public void clear() {
        loss = 0;
        silence = false;
        phones.values().forEach(PhoneMediaFaults::clear);
    }

    /** Whether the next packet is lost; called on the media loop only. */
    public boolean loses() {
        return silence || (loss > 0 && random.nextDouble() < loss);
    }
}
