// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail.cache;

import java.io.IOException;
import java.util.Arrays;

/**
 * The sound of one message: one thread adds what arrives, others read what is there. What was added is there from the next full quarter of a
 * second (at 8 kHz), or from {@link #finish}.
 */
public final class CachedAudio {
    private final int sampleRate;
    private final SealedChunks chunks;
    private final long mostSamples;
    private final short[] filling = new short[SealedChunks.SAMPLES];
    private int filled;
    private volatile long available;

    CachedAudio(int sampleRate, SealedChunks chunks, long mostBytes) {
        this.sampleRate = sampleRate;
        this.chunks = chunks;
        this.mostSamples = mostBytes / 2;
    }

    public int sampleRate() {
        return sampleRate;
    }

    /** How many samples can be read. */
    public long available() {
        return available;
    }

    /** @return whether all of it found room */
    public boolean add(short[] samples, int count) throws IOException {
        int from = 0;
        while (from < count) {
            if (available >= mostSamples) {
                return false;
            }
            int some = Math.min(count - from, filling.length - filled);
            System.arraycopy(samples, from, filling, filled, some);
            from += some;
            filled += some;
            if (filled == filling.length) {
                seal();
            }
        }
        return true;
    }

    /** No more comes. */
    public void finish() throws IOException {
        if (filled > 0) {
            seal();
        }
    }

    private void seal() throws IOException {
        int length = filled;
        filled = 0;
        chunks.add(filling, length);
        Arrays.fill(filling, (short) 0);
        long before = available;
        available = before + length;
    }

    /** @param to at most {@link #available} */
    public short[] read(long from, long to) throws IOException {
        short[] samples = new short[(int) (to - from)];
        long end = available;
        for (long at = from; at < to; ) {
            int index = (int) (at / SealedChunks.SAMPLES);
            int offset = (int) (at % SealedChunks.SAMPLES);
            int length = (int) Math.min(SealedChunks.SAMPLES, end - (long) index * SealedChunks.SAMPLES);
            short[] chunk = chunks.get(index, length);
            int some = (int) Math.min(length - offset, to - at);
            System.arraycopy(chunk, offset, samples, (int) (at - from), some);
            Arrays.fill(chunk, (short) 0);
            at += some;
        }
        return samples;
    }

    /** Afterwards nothing is left of it, in memory or on the device, and reading fails. */
    public void erase() {
        chunks.erase();
    }
}
