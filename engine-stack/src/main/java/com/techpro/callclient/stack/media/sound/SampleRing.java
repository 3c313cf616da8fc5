// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A lock-free ring of samples between one writing and one reading thread. Each owns one counter and
 * only reads the other's. Samples pass between two threads only here: between a device's and a media
 * loop, and from the loudspeaker's to the microphone's. If nobody reads, new samples are dropped.
 */
public final class SampleRing {
    private final int capacity;
    /** Made by the first write, which publishes it by its counter: many a call has no device. */
    private short[] samples = new short[0];

    private final AtomicLong written = new AtomicLong();
    private final AtomicLong read = new AtomicLong();

    /**
     * Creates an empty ring.
     *
     * @param capacity the most samples that wait; at least one
     */
    public SampleRing(int capacity) {
        this.capacity = Math.max(1, capacity);
    }

    /** How many samples have been read since the start. */
    public long totalRead() {
        return read.get();
    }

    /** How many samples have been written since the start. */
    public long totalWritten() {
        return written.get();
    }

    /** How many samples can be read. */
    public int available() {
        return (int) (written.get() - read.get());
    }

    /**
     * Adds samples. For the writer.
     *
     * @return how many samples fitted
     */
    public int write(short[] from, int count) {
        if (samples.length == 0) {
            samples = new short[capacity];
        }
        long at = written.get();
        int room = Math.min(count, capacity - (int) (at - read.get()));
        int place = place(at);
        int first = Math.min(room, capacity - place);
        System.arraycopy(from, 0, samples, place, first);
        System.arraycopy(from, first, samples, 0, room - first);
        written.lazySet(at + room);
        return room;
    }

    /**
     * Takes the oldest samples. For the reader.
     *
     * @return how many samples were read, at most {@code count}
     */
    public int read(short[] to, int count) {
        long at = read.get();
        int there = Math.min(count, (int) (written.get() - at));
        if (there == 0) {
            return 0;
        }
        int place = place(at);
        int first = Math.min(there, capacity - place);
        System.arraycopy(samples, place, to, 0, first);
        System.arraycopy(samples, 0, to, first, there - first);
        read.lazySet(at + there);
        return there;
    }

    private int place(long count) {
        return (int) (count % capacity);
    }

    /** Drops the oldest samples. For the reader. */
    public void skip(int count) {
        read.lazySet(read.get() + Math.min(count, available()));
    }
}
