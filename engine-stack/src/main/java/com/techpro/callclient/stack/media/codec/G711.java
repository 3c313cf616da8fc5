// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.codec;

/**
 * ITU-T G.711: 64 kbit/s speech, eight bits a sample, with two companding laws. Both approximate a
 * logarithm by eight chords per sign, each twice as steep as the one below, of sixteen steps each.
 * Here they are tables, filled once from that description. G.711 has no state, so each law is its
 * own encoder and decoder.
 */
@SuppressWarnings("ImmutableEnumChecker") // the tables are written in the constructor only
public enum G711 implements Codec, Encoder, Decoder {
    /** µ-law: North America and Japan. 14-bit samples, so two low bits are below its resolution. */
    ULAW("PCMU", 0, 2, 2) {
        @Override
        int compress(int magnitude) {
            int biased = Math.min(magnitude + ULAW_BIAS, 0x1FFF);
            int chord = 26 - Integer.numberOfLeadingZeros(biased);
            return (chord << 4) | ((biased >> (chord + 1)) & 0xF);
        }

        @Override
        int expand(int chordAndStep) {
            int chord = chordAndStep >> 4;
            return ((2 * (chordAndStep & 0xF) + ULAW_BIAS) << chord) - ULAW_BIAS;
        }

        @Override
        int onWire(int chordAndStep) {
            return chordAndStep ^ 0x7F;
        }
    },
    /** A-law: the rest of the world. 13-bit samples; the encoder decides by the upper twelve. */
    ALAW("PCMA", 8, 4, 3) {
        @Override
        int compress(int magnitude) {
            if (magnitude < 32) {
                return magnitude;
            }
            int chord = 28 - Integer.numberOfLeadingZeros(magnitude);
            return (chord << 4) | ((magnitude >> (chord - 1)) & 0xF);
        }

        @Override
        int expand(int chordAndStep) {
            int chord = chordAndStep >> 4;
            int steps = chordAndStep & 0xF;
            // Half a step is added so that the sample lies in the middle of its interval.
            return chord == 0 ? 2 * steps + 1 : (2 * steps + 33) << (chord - 1);
        }

        @Override
        int onWire(int chordAndStep) {
            return chordAndStep ^ 0x55;
        }
    };

    private static final int ULAW_BIAS = 33;
    /** RTP clock and sampling rate. */
    private static final int RATE = 8000;
    /** G.113 appendix I, with concealment. */
    private static final Impairment IMPAIRMENT = Impairment.narrowband(0, 25.1);

    private final String encodingName;
    private final int payloadType;
    private final int unusedBits;
    private final byte[] codewords;
    private final short[] samples = new short[256];
    private final byte silence;

    /**
     * @param encodingName in RFC 3551 §6
     * @param payloadType in RFC 3551 §6
     * @param unusedBits low bits of a 16-bit sample that the encoder ignores
     * @param outputBits low bits of a 16-bit sample below the unit of the decoder
     */
    G711(String encodingName, int payloadType, int unusedBits, int outputBits) {
        this.encodingName = encodingName;
        this.payloadType = payloadType;
        this.unusedBits = unusedBits;
        int values = 1 << (16 - unusedBits);
        codewords = new byte[values];
        for (int linear = -values / 2; linear < values / 2; linear++) {
            // One's complement, so that the negative half mirrors the positive one exactly.
            int word = onWire(compress(linear < 0 ? ~linear : linear)) | (linear < 0 ? 0 : 0x80);
            codewords[linear & (values - 1)] = (byte) word;
        }
        for (int chordAndStep = 0; chordAndStep < 128; chordAndStep++) {
            int magnitude = expand(chordAndStep) << outputBits;
            samples[onWire(chordAndStep) | 0x80] = (short) magnitude;
            samples[onWire(chordAndStep)] = (short) -magnitude;
        }
        silence = codewords[0];
    }

    /** Returns chord and step of a magnitude. */
    abstract int compress(int magnitude);

    /** Returns the magnitude in the middle of a step. */
    abstract int expand(int chordAndStep);

    /** Returns the seven bits after the sign bit, as transmitted. */
    abstract int onWire(int chordAndStep);

    /** The codeword of a 16-bit linear sample. */
    public byte encode(short sample) {
        return codewords[(sample >> unusedBits) & (codewords.length - 1)];
    }

    /** The 16-bit linear sample of a codeword. */
    public short decode(byte codeword) {
        return samples[codeword & 0xFF];
    }

    /** The codeword of zero. */
    public byte silence() {
        return silence;
    }

    @Override
    public int encode(short[] from, int offset, byte[] to, int toOffset, int count) {
        for (int i = 0; i < count; i++) {
            to[toOffset + i] = encode(from[offset + i]);
        }
        return count;
    }

    @Override
    public int decode(byte[] from, int offset, short[] to, int toOffset, int count) {
        for (int i = 0; i < count; i++) {
            to[toOffset + i] = decode(from[offset + i]);
        }
        return count;
    }

    @Override
    public int samples(byte[] payload, int offset, int length) {
        return length;
    }

    @Override
    public Codec codec() {
        return this;
    }

    @Override
    public Encoder newEncoder(String fmtp) {
        return this;
    }

    @Override
    public Decoder newDecoder() {
        return this;
    }

    @Override
    public String encodingName() {
        return encodingName;
    }

    @Override
    public int clockRate() {
        return RATE;
    }

    @Override
    public int sampleRate() {
        return RATE;
    }

    @Override
    public int clockUnits(int samples) {
        return samples;
    }

    @Override
    public int staticPayloadType() {
        return payloadType;
    }

    @Override
    public Impairment impairment() {
        return IMPAIRMENT;
    }
}
