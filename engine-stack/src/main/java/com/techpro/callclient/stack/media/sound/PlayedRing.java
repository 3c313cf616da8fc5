// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Hands what the loudspeaker is given from the playback's thread to the capture's, without locks: one
 * writes, one reads. If nobody reads, new samples are dropped.
 */
final class PlayedRing {
    private final short[] samples;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong read = new AtomicLong();

    /** @param capacity the least capacity; rounded up to a power of two */
    PlayedRing(int capacity) {
        samples = new short[Integer.highestOneBit(Math.max(2, capacity) - 1) << 1];
    }

    /** For the writer: returns how many samples fitted. */
    int write(short[] from) {
        long at = written.get();
        int room = Math.min(from.length, samples.length - (int) (at - read.get()));
        int mask = samples.length - 1;
        for (int i = 0; i < room; i++) {
            samples[(int) (at + i) & mask] = from[i];
        }
        written.lazySet(at + room);
        return room;
    }

    int available() {
        return (int) (written.get() - read.get());
    }

    /** For the reader: takes exactly {@code count} samples, which must be available. */
    void read(float[] to, int count) {
        long at = read.get();
        int mask = samples.length - 1;
        for (int i = 0; i < count; i++) {
            to[i] = samples[(int) (at + i) & mask];
        }
        read.lazySet(at + count);
    }

    /** For the reader: drops what is there. */
    void clear() {
        read.lazySet(written.get());
    }
}
