// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.codec;

/**
 * Comfort noise (RFC 3389), played instead of silence that the sender did not send. A payload has
 * the level of the noise and, optionally, its spectrum as reflection coefficients. It complements a
 * codec of the same RTP clock that cannot encode silence itself, and is never offered alone.
 */
public final class ComfortNoise implements Codec {
    /** The payload type at 8 kHz (RFC 3551 §6). */
    public static final int PAYLOAD_TYPE = 13;

    /** In -dBov: the level of a quiet line that does not sound dead. */
    public static final byte QUIET = 68;

    /** The noise that one payload stands for; until the next packet, more is generated. */
    private static final int PAYLOAD_MILLIS = 10;
    /** The loudest level accepted from a payload. */
    private static final int LOUDEST = 30;

    private static final int MOST_LEVEL = 127;
    private static final double FULL_SCALE = 32_767;
    private static final int MOST_COEFFICIENTS = 12;
    /** 255 would be an oscillator. */
    private static final int MOST_COEFFICIENT = 254;

    private static final Impairment NONE = Impairment.narrowband(0, 1);

    private final int clockRate;
    private final int sampleRate;

    /**
     * @param beside the codec whose pauses it fills
     */
    public ComfortNoise(Codec beside) {
        this(beside.clockRate(), beside.sampleRate());
    }

    private ComfortNoise(int clockRate, int sampleRate) {
        this.clockRate = clockRate;
        this.sampleRate = sampleRate;
    }

    /** Returns a decoder of {@link #describe} for sound of this rate. */
    static Decoder generator(int sampleRate) {
        return new ComfortNoise(sampleRate, sampleRate).newDecoder();
    }

    /**
     * Returns the payload (RFC 3389 §3) of noise like some sound.
     *
     * @param autocorrelation of the sound, from lag 0; a coefficient for each further lag
     * @param samples how many samples the sound has
     * @param loudest the level that is not exceeded, in -dBov
     */
    static byte[] describe(long[] autocorrelation, int samples, int loudest) {
        int order = autocorrelation.length - 1;
        byte[] payload = new byte[1 + order];
        double power = (double) autocorrelation[0] / samples / (FULL_SCALE * FULL_SCALE);
        payload[0] = (byte) Math.max(loudest, Math.min(MOST_LEVEL, Math.ceil(-10 * Math.log10(power))));
        // The recursion of Schur finds the reflection coefficients.
        double[] forward = new double[order + 1];
        double[] backward = new double[order + 1];
        for (int lag = 0; lag <= order; lag++) {
            forward[lag] = autocorrelation[lag];
            backward[lag] = autocorrelation[lag];
        }
        backward[0] = Math.max(1, backward[0]);
        for (int i = 1; i <= order; i++) {
            double reflection = -forward[i] / backward[0];
            payload[i] = (byte) (127 + Math.max(-127, Math.round(reflection * 128)));
            for (int lag = 0; lag <= order - i; lag++) {
                double delayed = backward[lag];
                backward[lag] = delayed + reflection * forward[lag + i];
                forward[lag + i] += reflection * delayed;
            }
        }
        return payload;
    }

    @Override
    public String encodingName() {
        return "CN";
    }

    @Override
    public int clockRate() {
        return clockRate;
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    public int staticPayloadType() {
        return PAYLOAD_TYPE;
    }

    @Override
    public Impairment impairment() {
        return NONE;
    }

    /** Sends the level {@link #QUIET} and no spectrum (RFC 3389 §3.1), whatever the samples. */
    @Override
    public Encoder newEncoder(String fmtp) {
        return (samples, offset, to, toOffset, count) -> {
            to[toOffset] = QUIET;
            return 1;
        };
    }

    @Override
    public Decoder newDecoder() {
        return new Generator();
    }

    /**
     * Generates white noise through the all-pole lattice filter of the coefficients (RFC 3389
     * §3.2), whose gain is removed beforehand.
     */
    private final class Generator implements Decoder {
        private static final float LEVELLING = 0.005f;

        private final float[] reflections = new float[MOST_COEFFICIENTS];
        private final float[] backward = new float[MOST_COEFFICIENTS + 1];
        private int order;
        /** The gain of the white noise, from -1 to 1: the current one, and the target. */
        private float gain;

        private float wantedGain;
        private int dice = 1;

        @Override
        public Codec codec() {
            return ComfortNoise.this;
        }

        @Override
        public int samples(byte[] payload, int offset, int length) {
            return length < 1 ? 0 : sampleRate / 1000 * PAYLOAD_MILLIS;
        }

        @Override
        public int decode(byte[] payload, int offset, short[] to, int toOffset, int length) {
            int samples = samples(payload, offset, length);
            if (samples > 0) {
                use(payload, offset, length);
                make(to, toOffset, samples);
            }
            return samples;
        }

        @Override
        public boolean conceal(short[] to, int toOffset, int count) {
            make(to, toOffset, count);
            return true;
        }

        private void use(byte[] payload, int offset, int length) {
            int level = Math.max(LOUDEST, payload[offset] & MOST_LEVEL);
            order = Math.min(MOST_COEFFICIENTS, length - 1);
            double residual = 1;
            for (int i = 0; i < order; i++) {
                float reflection = (Math.min(MOST_COEFFICIENT, payload[offset + 1 + i] & 0xFF) - 127) / 128f;
                reflections[i] = reflection;
                residual *= 1 - reflection * reflection;
            }
            // Uniform noise has a third of the energy of its peak.
            wantedGain = (float) (FULL_SCALE * Math.pow(10, -level / 20.0) * Math.sqrt(3 * residual));
        }

        private void make(short[] to, int from, int count) {
            for (int i = from; i < from + count; i++) {
                gain += (wantedGain - gain) * LEVELLING;
                float forward = gain * random();
                for (int stage = order - 1; stage >= 0; stage--) {
                    forward -= reflections[stage] * backward[stage];
                    backward[stage + 1] = backward[stage] + reflections[stage] * forward;
                }
                backward[0] = forward;
                to[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(forward)));
            }
        }

        /** From -1 to 1. */
        private float random() {
            dice ^= dice << 13;
            dice ^= dice >>> 17;
            dice ^= dice << 5;
            return (float) dice / Integer.MAX_VALUE;
        }
    }
}
