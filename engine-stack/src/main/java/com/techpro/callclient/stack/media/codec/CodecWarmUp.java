// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.codec;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Has the JVM compile a costly codec before its first sound is due: by coding some seconds of a
 * voice, once in a process.
 */
public final class CodecWarmUp {
    /** After them, a frame costs about twice what it costs for good (decision 14). */
    private static final int FRAMES = 150;

    /** In percent; enough that a codec with redundancy sends some, which is other code. */
    private static final int EXPECTED_LOSS = 5;

    private static final double PITCH_HERTZ = 120;
    private static final int HARMONICS = 25;
    private static final double SYLLABLES_A_SECOND = 4;
    private static final double PEAK = 9_000;
    private static final int LARGEST_PAYLOAD = 1_500;

    private static final Set<Codec> BEGUN = ConcurrentHashMap.newKeySet();

    private CodecWarmUp() {}

    /** Runs it on a worker, unless the codec needs none or has had it. Callable from any thread. */
    public static void begin(Codec codec, Executor workers) {
        if (codec.isCostly() && BEGUN.add(codec)) {
            workers.execute(() -> run(codec));
        }
    }

    private static void run(Codec codec) {
        int frame = codec.sampleRate() / 1_000 * codec.usualPacketMillis();
        short[] said = voice(codec.sampleRate());
        short[] heard = new short[said.length];
        byte[] payload = new byte[LARGEST_PAYLOAD];
        Encoder encoder = codec.newEncoder(codec.fmtp());
        Decoder decoder = codec.newDecoder();
        for (int i = 0; i < FRAMES; i++) {
            if (i == FRAMES / 2) {
                encoder.setExpectedLoss(EXPECTED_LOSS);
            }
            int octets = encoder.encode(said, i * frame % (said.length - frame + 1), payload, 0, frame);
            if (octets > 0) {
                decoder.decode(payload, 0, heard, 0, octets);
            }
        }
    }

    /** A second of vowels with pauses between them. */
    private static short[] voice(int sampleRate) {
        short[] samples = new short[sampleRate];
        for (int i = 0; i < samples.length; i++) {
            double seconds = (double) i / sampleRate;
            double sound = 0;
            for (int harmonic = 1; harmonic <= HARMONICS; harmonic++) {
                sound += Math.sin(2 * Math.PI * PITCH_HERTZ * harmonic * seconds) / harmonic;
            }
            samples[i] = (short) (PEAK / 2 * sound * Math.max(0, Math.sin(Math.PI * SYLLABLES_A_SECOND * seconds)));
        }
        return samples;
    }
}
