// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.sound;

import com.techpro.callclient.stack.media.codec.Codec;
import com.techpro.callclient.stack.media.codec.Codecs;
import com.techpro.callclient.stack.media.codec.Decoder;
import com.techpro.callclient.stack.media.codec.Encoder;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntFunction;

/** Codes a recording as if it had been sent in 20 ms packets with some lost. Nothing is sent. */
public enum SpeechCodec {
    G711_ALAW("G.711 A-law", 8_000, "PCMA/8000", 0),
    G711_ULAW("G.711 µ-law", 8_000, "PCMU/8000", 0),
    G722("G.722", 16_000, "G722/8000", 0),
    OPUS_12("Opus, 12 kbit/s", 48_000, "opus/48000/2", 12_000),
    OPUS_16("Opus, 16 kbit/s", 48_000, "opus/48000/2", 16_000),
    OPUS_24("Opus, 24 kbit/s", 48_000, "opus/48000/2", 24_000),
    OPUS_32("Opus, 32 kbit/s", 48_000, "opus/48000/2", 32_000),
    /** ETSI GSM 06.10, 13 kbit/s. */
    GSM("GSM full rate", 8_000, "", 0),
    /** IMA ADPCM, 32 kbit/s. */
    ADPCM("ADPCM, 32 kbit/s", 8_000, "", 0);

    private static final int PACKETS_PER_SECOND = 50;
    private static final int LARGEST = 1_500;

    private final String title;
    private final int sampleRate;
    /** The codec's name for the engine; empty if the engine does not have it. */
    private final String rtpmap;

    private final int bitrate;

    SpeechCodec(String title, int sampleRate, String rtpmap, int bitrate) {
        this.title = title;
        this.sampleRate = sampleRate;
        this.rtpmap = rtpmap;
        this.bitrate = bitrate;
    }

    /** Returns the name for people. */
    public String title() {
        return title;
    }

    /** Returns the sample rate of the coded audio. */
    public int sampleRate() {
        return sampleRate;
    }

    /** Returns the samples per packet. */
    public int packet() {
        return sampleRate / PACKETS_PER_SECOND;
    }

    /** What happens to a packet. */
    public enum Fate {
        DECODED,
        /** It is lost and the decoder conceals it; one that cannot repeats the previous packet. */
        CONCEALED,
        /** It is lost and replaced by silence. */
        SILENT
    }

    /**
     * Codes a recording and decodes it again.
     *
     * @param samples at {@link #sampleRate}; an incomplete last packet is silent in the result
     * @param fates of each packet, by its number
     * @return samples of the same length, delayed by the codec
     */
    public short[] coded(short[] samples, IntFunction<Fate> fates) {
        Stream stream = open();
        short[] decoded = new short[samples.length];
        for (int packet = 0; (packet + 1) * packet() <= samples.length; packet++) {
            int at = packet * packet();
            stream.encode(samples, at);
            switch (fates.apply(packet)) {
                case DECODED -> stream.decode(decoded, at);
                case CONCEALED -> {
                    if (!stream.conceal(decoded, at)) {
                        System.arraycopy(decoded, Math.max(0, at - packet()), decoded, at, packet());
                    }
                }
                case SILENT -> Arrays.fill(decoded, at, at + packet(), (short) 0);
            }
        }
        return decoded;
    }

    private Stream open() {
        if (this == GSM) {
            return new GsmStream();
        }
        return this == ADPCM
                ? new AdpcmStream()
                : new EngineStream(Objects.requireNonNull(Codecs.find(rtpmap), rtpmap), bitrate);
    }

    /** An encoder and the far end's decoder, one packet at a time. */
    private interface Stream {
        void encode(short[] samples, int from);

        void decode(short[] samples, int to);

        boolean conceal(short[] samples, int to);
    }

    private static final class EngineStream implements Stream {
        private final Encoder encoder;
        private final Decoder decoder;
        private final int count;
        private final byte[] payload = new byte[LARGEST];
        private int octets;

        EngineStream(Codec codec, int bitrate) {
            encoder = codec.newEncoder("useinbandfec=0");
            encoder.setBitrate(bitrate);
            encoder.setExpectedLoss(0);
            decoder = codec.newDecoder();
            count = codec.sampleRate() / PACKETS_PER_SECOND;
        }

        @Override
        public void encode(short[] samples, int from) {
            octets = encoder.encode(samples, from, payload, 0, count);
        }

        @Override
        public void decode(short[] samples, int to) {
            decoder.decode(payload, 0, samples, to, octets);
        }

        @Override
        public boolean conceal(short[] samples, int to) {
            return decoder.conceal(samples, to, count);
        }
    }

    private static final class GsmStream implements Stream {
        private final GsmEncoder encoder = new GsmEncoder();
        private final GsmDecoder decoder = new GsmDecoder();
        private final int[] codes = new int[GsmFrame.CODES];

        @Override
        public void encode(short[] samples, int from) {
            encoder.encode(samples, from, codes);
        }

        @Override
        public void decode(short[] samples, int to) {
            decoder.decode(codes, samples, to);
        }

        @Override
        public boolean conceal(short[] samples, int to) {
            return false;
        }
    }

    private static final class AdpcmStream implements Stream {
        private final ImaAdpcm encoder = new ImaAdpcm();
        private final ImaAdpcm decoder = new ImaAdpcm();
        private final int[] codes = new int[8_000 / PACKETS_PER_SECOND];

        @Override
        public void encode(short[] samples, int from) {
            for (int i = 0; i < codes.length; i++) {
                codes[i] = encoder.encode(samples[from + i]);
            }
        }

        @Override
        public void decode(short[] samples, int to) {
            for (int i = 0; i < codes.length; i++) {
                samples[to + i] = decoder.decode(codes[i]);
            }
        }

        @Override
        public boolean conceal(short[] samples, int to) {
            return false;
        }
    }
}
