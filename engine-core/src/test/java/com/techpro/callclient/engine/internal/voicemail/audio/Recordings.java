// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail.audio;

import com.techpro.callclient.engine.internal.voicemail.audio.SoundDecoder.Flaw;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * One and a half seconds of speech by espeak-ng, written by sox in each way that mailboxes keep it, and by opusenc; beside them what sox makes of
 * GSM, and the beginning of what libopus 1.5.2 makes of Opus at 48 kHz.
 */
final class Recordings {
    private Recordings() {}

    static byte[] bytes(String name) {
        try (InputStream in = Recordings.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static short[] samples(String name) {
        byte[] bytes = bytes(name);
        short[] samples = new short[bytes.length / 2];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        return samples;
    }

    /** What a decoder makes of these bytes. */
    record Played(int rate, long declared, short[] samples, Flaw flaw) {}

    static Played play(byte[] bytes) throws IOException, UnplayableException {
        return play(new ByteArrayInputStream(bytes));
    }

    static Played play(InputStream bytes) throws IOException, UnplayableException {
        SoundDecoder decoder = Recording.decoder(bytes);
        long declared = decoder.declaredSamples();
        short[] all = new short[1 << 16];
        short[] some = new short[decoder.sampleRate() / 10];
        int length = 0;
        for (int count = decoder.read(some); count >= 0; count = decoder.read(some)) {
            if (length + count > all.length) {
                all = Arrays.copyOf(all, 2 * all.length);
            }
            System.arraycopy(some, 0, all, length, count);
            length += count;
        }
        return new Played(decoder.sampleRate(), declared, Arrays.copyOf(all, length), decoder.flaw());
    }

    /** How far a signal is above what differs in another, in dB; the better, the higher. */
    static double likeness(short[] original, short[] other) {
        double signal = 0;
        double noise = 0;
        for (int i = 0; i < Math.min(original.length, other.length); i++) {
            double difference = original[i] - other[i];
            signal += (double) original[i] * original[i];
            noise += difference * difference;
        }
        return 10 * Math.log10(signal / Math.max(1e-9, noise));
    }
}
