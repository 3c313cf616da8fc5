// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.codec;

import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decodes Opus. Only valid packets by RFC 6716 §3.4 reach the library. If it cannot decode one,
 * silence replaces it and the decoder is reset. Two channels are mixed to one. The library
 * allocates some 25 kB a packet, all short-lived.
 */
final class ConcentusDecoder implements Decoder {
    /** Concealed sound comes in multiples of 2.5 ms. */
    private static final int STEP = Opus.RATE / 400;

    private final OpusDecoder decoder;
    /**
     * When the mode changes, the library writes to the start of its array and ignores the offset.
     */
    private short[] sound = new short[0];

    ConcentusDecoder() {
        try {
            decoder = new OpusDecoder(Opus.RATE, Opus.CHANNELS);
        } catch (OpusException e) {
            throw new IllegalStateException("48 kHz and one channel are among Opus's own", e);
        }
    }

    @Override
    public Codec codec() {
        return Opus.INSTANCE;
    }

    @Override
    public int samples(byte[] payload, int offset, int length) {
        return OpusPacket.samples(payload, offset, length);
    }

    @Override
    public int decode(byte[] payload, int offset, short[] to, int toOffset, int length) {
        int samples = samples(payload, offset, length);
        if (samples > 0) {
            decode(payload, offset, length, to, toOffset, samples, false);
        }
        return samples;
    }

    @Override
    public boolean conceal(short[] to, int toOffset, int count) {
        decode(null, 0, 0, to, toOffset, count, false);
        return true;
    }

    @Override
    public boolean hasRedundancy(byte[] payload, int offset, int length) {
        return OpusPacket.hasRedundancy(payload, offset, length);
    }

    @Override
    public boolean recover(byte[] next, int offset, int length, short[] to, int toOffset, int count) {
        if (!hasRedundancy(next, offset, length) || OpusPacket.frameSamples(next[offset]) != count) {
            return false;
        }
        decode(next, offset, length, to, toOffset, count, true);
        return true;
    }

    /** {@code payload} is null for concealment. */
    private void decode(
            byte @Nullable [] payload,
            int offset,
            int length,
            short[] to,
            int toOffset,
            int samples,
            boolean redundancy) {
        int room = (samples + STEP - 1) / STEP * STEP;
        if (sound.length < room) {
            sound = new short[room];
        }
        int decoded;
        try {
            decoded = decoder.decode(payload, offset, length, sound, 0, room, redundancy);
        } catch (OpusException | RuntimeException | AssertionError e) {
            // The library detects some bad packets only by reading past their end.
            decoder.resetState();
            decoded = 0;
        }
        int there = Math.max(0, Math.min(samples, decoded));
        System.arraycopy(sound, 0, to, toOffset, there);
        Arrays.fill(to, toOffset + there, toOffset + samples, (short) 0);
    }
}
