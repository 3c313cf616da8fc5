// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import com.techpro.callclient.engine.internal.media.codec.G711;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Speech at 8000 Hz in a RIFF WAVE file, as the PBX records it and plays it again. It reads what it writes, and is no reader for others' files. */
final class WavFile {
    private static final int PCM = 1;
    private static final int MULAW = 7;

    private WavFile() {}

    /** How samples are kept. */
    enum Encoding {
        /** 16 bits, linear. */
        PCM,
        /** 8 bits, µ-law of G.711. */
        MULAW
    }

    static byte[] write(short[] samples, Encoding encoding) {
        boolean linear = encoding == Encoding.PCM;
        int width = linear ? 2 : 1;
        int data = samples.length * width;
        // WAVE_FORMAT_EX and a fact chunk for what is not linear, as the format asks.
        int format = linear ? 16 : 18;
        int fact = linear ? 0 : 12;
        int padding = data & 1;
        int riff = 4 + 8 + format + fact + 8 + data + padding;
        ByteBuffer out = ByteBuffer.allocate(8 + riff).order(ByteOrder.LITTLE_ENDIAN);
        tag(out, "RIFF").putInt(riff);
        tag(out, "WAVE");
        tag(out, "fmt ").putInt(format);
        out.putShort((short) (linear ? PCM : MULAW)).putShort((short) 1);
        out.putInt(FrameClock.RATE).putInt(FrameClock.RATE * width);
        out.putShort((short) width).putShort((short) (8 * width));
        if (!linear) {
            out.putShort((short) 0);
            tag(out, "fact").putInt(4).putInt(samples.length);
        }
        tag(out, "data").putInt(data);
        for (short sample : samples) {
            if (linear) {
                out.putShort(sample);
            } else {
                out.put(G711.ULAW.encode(sample));
            }
        }
        return out.array();
    }

    /** @return no samples if it is not such a file */
    static short[] read(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length < 12 || !tagAt(file, 0, "RIFF") || !tagAt(file, 8, "WAVE")) {
            return new short[0];
        }
        int format = 0;
        int at = 12;
        while (at + 8 <= file.length) {
            int length = in.getInt(at + 4);
            int body = at + 8;
            if (length < 0 || length > file.length - body) {
                break;
            }
            if (tagAt(file, at, "fmt ") && length >= 16) {
                format = in.getShort(body);
            } else if (tagAt(file, at, "data")) {
                return samples(in, body, length, format);
            }
            at = body + length + (length & 1);
        }
        return new short[0];
    }

    private static short[] samples(ByteBuffer in, int from, int length, int format) {
        if (format != PCM && format != MULAW) {
            return new short[0];
        }
        short[] samples = new short[format == PCM ? length / 2 : length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = format == PCM ? in.getShort(from + 2 * i) : G711.ULAW.decode(in.get(from + i));
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
