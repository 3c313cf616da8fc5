// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.sound;

import com.techpro.callclient.engine.internal.media.codec.G711;
import com.techpro.callclient.testkit.pbx.media.FrameClock;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Speech at 8000 Hz in a RIFF WAVE file, as the PBX records it and plays it again. It reads what it writes, and is no reader for others' files. */
public final class WavFile {
    private static final int PCM = 1;
    private static final int MULAW = 7;
    private static final int GSM = 0x31;

    /** Two frames of GSM, which have to begin with a byte. */
    private static final int BLOCK_BYTES = 65;

    private static final int BLOCK_SAMPLES = 2 * GsmFrame.SAMPLES;

    private WavFile() {}

    /** How samples are kept. */
    public enum Encoding {
        /** 16 bits, linear. */
        PCM("wav", "wav"),
        /** 8 bits, µ-law of G.711. */
        MULAW("mulaw", "wav"),
        /** GSM 06.10 in format 49, a tenth of PCM. Asterisk tells these by the capital letters of their names. */
        WAV49("wav49", "WAV");

        /** What phone systems call it in their settings. */
        public final String word;

        /** The last part of a file's name. */
        public final String extension;

        Encoding(String word, String extension) {
            this.word = word;
            this.extension = extension;
        }
    }

    public static byte[] write(short[] samples, Encoding encoding) {
        byte[] data = switch (encoding) {
            case PCM -> linear(samples);
            case MULAW -> mulaw(samples);
            case WAV49 -> gsm(samples);
        };
        // WAVE_FORMAT_EX and a fact chunk for what is not linear, as the format asks.
        int format = switch (encoding) {
            case PCM -> 16;
            case MULAW -> 18;
            case WAV49 -> 20;
        };
        int fact = encoding == Encoding.PCM ? 0 : 12;
        int riff = 4 + 8 + format + fact + 8 + data.length + (data.length & 1);
        ByteBuffer out = ByteBuffer.allocate(8 + riff).order(ByteOrder.LITTLE_ENDIAN);
        tag(out, "RIFF").putInt(riff);
        tag(out, "WAVE");
        tag(out, "fmt ").putInt(format);
        switch (encoding) {
            case PCM -> layout(out, PCM, 2 * FrameClock.RATE, 2, 16);
            case MULAW -> layout(out, MULAW, FrameClock.RATE, 1, 8).putShort((short) 0);
            case WAV49 ->
                layout(out, GSM, FrameClock.RATE * BLOCK_BYTES / BLOCK_SAMPLES, BLOCK_BYTES, 0)
                        .putShort((short) 2)
                        .putShort((short) BLOCK_SAMPLES);
        }
        if (fact > 0) {
            tag(out, "fact").putInt(4).putInt(samples.length);
        }
        tag(out, "data").putInt(data.length).put(data);
        return out.array();
    }

    private static ByteBuffer layout(ByteBuffer out, int format, int bytesPerSecond, int block, int bits) {
        out.putShort((short) format).putShort((short) 1);
        out.putInt(FrameClock.RATE).putInt(bytesPerSecond);
        return out.putShort((short) block).putShort((short) bits);
    }

    private static byte[] linear(short[] samples) {
        ByteBuffer data = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        data.asShortBuffer().put(samples);
        return data.array();
    }

    private static byte[] mulaw(short[] samples) {
        byte[] data = new byte[samples.length];
        for (int i = 0; i < data.length; i++) {
            data[i] = G711.ULAW.encode(samples[i]);
        }
        return data;
    }

    /** The last block is filled with silence. */
    private static byte[] gsm(short[] samples) {
        int blocks = (samples.length + BLOCK_SAMPLES - 1) / BLOCK_SAMPLES;
        short[] whole = Arrays.copyOf(samples, blocks * BLOCK_SAMPLES);
        byte[] data = new byte[blocks * BLOCK_BYTES];
        GsmEncoder encoder = new GsmEncoder();
        int[] codes = new int[GsmFrame.CODES];
        for (int frame = 0; frame < 2 * blocks; frame++) {
            encoder.encode(whole, frame * GsmFrame.SAMPLES, codes);
            GsmFrame.write(codes, data, frame);
        }
        return data;
    }

    /** @return no samples if it is not such a file */
    public static short[] read(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length < 12 || !tagAt(file, 0, "RIFF") || !tagAt(file, 8, "WAVE")) {
            return new short[0];
        }
        int format = 0;
        int declared = Integer.MAX_VALUE;
        int at = 12;
        while (at + 8 <= file.length) {
            int length = in.getInt(at + 4);
            int body = at + 8;
            if (length < 0 || length > file.length - body) {
                break;
            }
            if (tagAt(file, at, "fmt ") && length >= 16) {
                format = in.getShort(body);
            } else if (tagAt(file, at, "fact") && length >= 4) {
                declared = in.getInt(body);
            } else if (tagAt(file, at, "data")) {
                short[] samples = samples(file, body, length, format);
                return declared < 0 || declared >= samples.length ? samples : Arrays.copyOf(samples, declared);
            }
            at = body + length + (length & 1);
        }
        return new short[0];
    }

    private static short[] samples(byte[] file, int from, int length, int format) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (format == GSM) {
            return gsm(Arrays.copyOfRange(file, from, from + length - length % BLOCK_BYTES));
        }
        if (format != PCM && format != MULAW) {
            return new short[0];
        }
        short[] samples = new short[format == PCM ? length / 2 : length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = format == PCM ? in.getShort(from + 2 * i) : G711.ULAW.decode(in.get(from + i));
        }
        return samples;
    }

    private static short[] gsm(byte[] data) {
        short[] samples = new short[data.length / BLOCK_BYTES * BLOCK_SAMPLES];
        GsmDecoder decoder = new GsmDecoder();
        int[] codes = new int[GsmFrame.CODES];
        for (int frame = 0; frame < samples.length / GsmFrame.SAMPLES; frame++) {
            GsmFrame.read(data, frame, codes);
            decoder.decode(codes, samples, frame * GsmFrame.SAMPLES);
        }
        return samples;
    }

    private static ByteBuffer tag(ByteBuffer out, String name) {
        return out.put(name.getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean tagAt(byte[] file, int at, String name) {
        return at + 4 <= file.length && new String(file, at, 4, StandardCharsets.US_ASCII).equals(name);
    }
}
