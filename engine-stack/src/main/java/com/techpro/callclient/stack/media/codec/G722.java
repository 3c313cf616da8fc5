// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.codec;

/**
 * ITU-T G.722 at 64 kbit/s: speech up to 7 kHz. A quadrature mirror filter splits the signal into
 * two bands of 4 kHz. Each is coded as the difference from a prediction ({@link G722Band}): six
 * bits for the lower band and two for the upper, in one octet. Tables and arithmetic are those of
 * the Recommendation (11/88). RFC 3551 §4.5.2 defines its RTP clock at half the sample rate, by a
 * historical error.
 */
public final class G722 implements Codec {
    public static final G722 INSTANCE = new G722();

    private static final int CLOCK_RATE = 8_000;
    private static final int SAMPLE_RATE = 16_000;
    /**
     * At 64 kbit/s, by G.113 table IV.1. No loss robustness is published for it; this is the value
     * of AMR-WB at 12.65 kbit/s (table IV.4), which sounds as good without loss.
     */
    private static final Impairment IMPAIRMENT = Impairment.wideband(13, 4.3);

    /** Half of the symmetrical 24 taps of the filter (table 11), in 8192ths. */
    private static final int[] TAPS = {3, -11, -11, 53, 12, -156, 32, 362, -210, -805, 951, 3876};

    private static final int HISTORY = 2 * TAPS.length;

    /** Every second tap, from the first; the others are these backwards. */
    private static final int[] PHASE = new int[TAPS.length];

    /** The upper limits of the lower band's sixty levels, in 4096ths of the step (table 14). */
    private static final int[] LOW_DECISIONS = {
        35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714, 786, 858, 940, 1023, 1121, 1219, 1339,
        1458, 1612, 1765, 1980, 2195, 2557, 2919
    };

    /**
     * The lower band's levels of 15 steps, by four-bit codeword (table 16), in 32768ths. Coder and
     * decoder both adapt by these.
     */
    private static final int[] LOW_COARSE = {
        0, -20456, -12896, -8968, -6288, -4240, -2584, -1200, 20456, 12896, 8968, 6288, 4240, 2584, 1200, 0
    };

    /** The lower band's levels of 60 steps, the smallest first (table 18), in 32768ths. */
    private static final int[] LOW_FINE = {
        136, 432, 728, 1040, 1360, 1688, 2032, 2400, 2776, 3168, 3576, 4008, 4464, 4944, 5456, 6000, 6576, 7192, 7856,
        8576, 9360, 10232, 11192, 12280, 13512, 14984, 16704, 19008, 21904, 24808
    };

    /** The change of the lower band's step (table 20), by four-bit codeword. */
    private static final int[] LOW_LOG_CHANGE = {
        -60, 3042, 1198, 538, 334, 172, 58, -30, 3042, 1198, 538, 334, 172, 58, -30, -60
    };

    /** The upper limit of the smaller of the upper band's two steps (table 15). */
    private static final int HIGH_DECISION = 564;

    private static final int[] HIGH_LEVELS = {-7408, -1616, 7408, 1616};
    private static final int[] HIGH_LOG_CHANGE = {798, -214, 798, -214};

    /** Reconstructed bands are limited to this (§4.2). */
    private static final int BAND_LIMIT = 16_384;

    /** Levels by six-bit codeword, of the lower band. */
    private static final int[] LOW_LEVELS = new int[64];

    static {
        for (int i = 0; i < PHASE.length; i++) {
            PHASE[i] = 2 * i < TAPS.length ? TAPS[2 * i] : TAPS[HISTORY - 1 - 2 * i];
        }
        // Four codewords are not sent, because so few ones in a row would upset some lines; they
        // count as the smallest.
        for (int codeword = 0; codeword < 4; codeword++) {
            LOW_LEVELS[codeword] = -LOW_FINE[0];
        }
        for (int size = 0; size < LOW_FINE.length; size++) {
            LOW_LEVELS[lowCodeword(size, true)] = -LOW_FINE[size];
            LOW_LEVELS[lowCodeword(size, false)] = LOW_FINE[size];
        }
    }

    private G722() {}

    /**
     * Returns the six bits of a level of the lower band (table 14): the two smallest negative
     * levels are a special case.
     */
    private static int lowCodeword(int size, boolean negative) {
        if (!negative) {
            return 61 - size;
        }
        return size < 2 ? 63 - size : 33 - size;
    }

    @Override
    public String encodingName() {
        return "G722";
    }

    @Override
    public int clockRate() {
        return CLOCK_RATE;
    }

    @Override
    public int sampleRate() {
        return SAMPLE_RATE;
    }

    @Override
    public int staticPayloadType() {
        return 9;
    }

    @Override
    public Impairment impairment() {
        return IMPAIRMENT;
    }

    @Override
    public Encoder newEncoder(String fmtp) {
        return new SubBandEncoder();
    }

    @Override
    public Decoder newDecoder() {
        return new SubBandDecoder();
    }

    private static final class SubBandEncoder implements Encoder {
        private final G722Band low = G722Band.low();
        private final G722Band high = G722Band.high();
        /** The latest samples, the oldest first. */
        private final int[] history = new int[HISTORY];

        @Override
        public int encode(short[] samples, int offset, byte[] to, int toOffset, int count) {
            int pairs = count / 2;
            for (int i = 0; i < pairs; i++) {
                to[toOffset + i] = (byte) encode(samples[offset + 2 * i], samples[offset + 2 * i + 1]);
            }
            return pairs;
        }

        private int encode(int earlier, int later) {
            System.arraycopy(history, 2, history, 0, HISTORY - 2);
            history[HISTORY - 2] = earlier;
            history[HISTORY - 1] = later;
            int even = 0;
            int odd = 0;
            for (int i = 0; i < PHASE.length; i++) {
                even += history[2 * i] * PHASE[i];
                odd += history[2 * i + 1] * PHASE[PHASE.length - 1 - i];
            }
            return (high((odd - even) >> 14) << 6) | low((even + odd) >> 14);
        }

        private int low(int sample) {
            int difference = G722Band.saturated(sample - low.prediction());
            int magnitude = difference < 0 ? ~difference : difference;
            int size = 0;
            while (size < LOW_DECISIONS.length && magnitude >= (low.step() * LOW_DECISIONS[size]) >> 12) {
                size++;
            }
            int codeword = lowCodeword(size, difference < 0);
            low.adapt(low.scaled(LOW_COARSE[codeword >> 2]), LOW_LOG_CHANGE[codeword >> 2]);
            return codeword;
        }

        private int high(int sample) {
            int difference = G722Band.saturated(sample - high.prediction());
            int magnitude = difference < 0 ? ~difference : difference;
            boolean large = magnitude >= (high.step() * HIGH_DECISION) >> 12;
            int codeword = (difference < 0 ? 0 : 2) + (large ? 0 : 1);
            high.adapt(high.scaled(HIGH_LEVELS[codeword]), HIGH_LOG_CHANGE[codeword]);
            return codeword;
        }
    }

    private static final class SubBandDecoder implements Decoder {
        private final G722Band low = G722Band.low();
        private final G722Band high = G722Band.high();
        /** The bands' sums and differences alternately, the oldest first. */
        private final int[] history = new int[HISTORY];

        @Override
        public Codec codec() {
            return INSTANCE;
        }

        @Override
        public int samples(byte[] payload, int offset, int length) {
            return 2 * length;
        }

        @Override
        public int decode(byte[] payload, int offset, short[] to, int toOffset, int length) {
            for (int i = 0; i < length; i++) {
                decode(payload[offset + i] & 0xFF, to, toOffset + 2 * i);
            }
            return 2 * length;
        }

        private void decode(int codeword, short[] to, int at) {
            int lowSample = low(codeword & 0x3F);
            int highSample = high(codeword >> 6);
            System.arraycopy(history, 2, history, 0, HISTORY - 2);
            history[HISTORY - 2] = lowSample + highSample;
            history[HISTORY - 1] = lowSample - highSample;
            int first = 0;
            int second = 0;
            for (int i = 0; i < PHASE.length; i++) {
                second += history[2 * i] * PHASE[i];
                first += history[2 * i + 1] * PHASE[PHASE.length - 1 - i];
            }
            to[at] = (short) G722Band.saturated(first >> 11);
            to[at + 1] = (short) G722Band.saturated(second >> 11);
        }

        private int low(int codeword) {
            int sample = limited(low.prediction() + low.scaled(LOW_LEVELS[codeword]));
            low.adapt(low.scaled(LOW_COARSE[codeword >> 2]), LOW_LOG_CHANGE[codeword >> 2]);
            return sample;
        }

        private int high(int codeword) {
            int quantized = high.scaled(HIGH_LEVELS[codeword]);
            int sample = limited(high.prediction() + quantized);
            high.adapt(quantized, HIGH_LOG_CHANGE[codeword]);
            return sample;
        }

        private static int limited(int sample) {
            return Math.max(-BAND_LIMIT, Math.min(BAND_LIMIT - 1, sample));
        }
    }
}
