// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail.audio;

import com.techpro.callclient.engine.voicemail.VoicemailProblem;
import com.techpro.callclient.stack.media.codec.G711;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * RIFF WAVE with linear samples of 8 or 16 bits, µ-law, A-law (RFC 2361), or GSM 06.10 in blocks of 65 bytes. The sizes in its header are taken with
 * care: a phone system that is still recording, or that streams, writes none, or the largest.
 */
final class WavReader implements SoundDecoder {
    private static final int PCM = 1;
    private static final int A_LAW = 6;
    private static final int MU_LAW = 7;
    private static final int GSM = 0x31;
    private static final int EXTENSIBLE = 0xFFFE;

    private static final int SHORTEST_FORMAT = 16;
    private static final int LONGEST_FORMAT = 1_024;
    private static final int MOST_CHUNKS = 64;
    private static final long LONGEST_CHUNK = 1 << 20;

    private static final int GSM_BLOCK = 65;
    private static final int GSM_FRAME_BITS = 260;

    private final InputStream in;
    private final Format format;
    /** Of the sound, or -1 where the header does not say. */
    private final long length;

    private final byte[] block;
    private final @Nullable GsmFullRate gsm;
    private final int[] parameters = new int[GsmFullRate.PARAMETERS];
    private long left;
    private Flaw flaw = Flaw.NONE;

    private WavReader(InputStream in, Format format, long length) {
        this.in = in;
        this.format = format;
        this.length = length;
        this.left = length < 0 ? Long.MAX_VALUE : length;
        this.gsm = format.tag == GSM ? new GsmFullRate() : null;
        this.block = new byte[format.tag == GSM ? GSM_BLOCK : 512 * format.frameBytes()];
    }

    static WavReader open(InputStream in) throws IOException, UnplayableException {
        byte[] head = new byte[12];
        if (Bytes.fill(in, head, 0, head.length) < head.length
                || !new String(head, 8, 4, StandardCharsets.ISO_8859_1).equals("WAVE")) {
            throw new UnplayableException(VoicemailProblem.NO_SOUND);
        }
        Format format = null;
        for (int chunk = 0; chunk < MOST_CHUNKS; chunk++) {
            if (Bytes.fill(in, head, 0, 8) < 8) {
                break;
            }
            String name = new String(head, 0, 4, StandardCharsets.ISO_8859_1);
            long size = Bytes.le32(head, 4);
            if (name.equals("data")) {
                if (format == null) {
                    break;
                }
                boolean unknown = size == 0 || size >= 0x7FFFFFFFL;
                return new WavReader(in, format, unknown ? -1 : size);
            }
            // Chunks begin at even places.
            long padded = size + (size & 1);
            if (name.equals("fmt ") && size >= SHORTEST_FORMAT && size <= LONGEST_FORMAT) {
                byte[] fields = new byte[(int) padded];
                if (Bytes.fill(in, fields, 0, fields.length) < size) {
                    break;
                }
                format = Format.of(fields);
            } else if (size > LONGEST_CHUNK || !Bytes.skip(in, padded)) {
                break;
            }
        }
        throw new UnplayableException(VoicemailProblem.NO_SOUND);
    }

    @Override
    public int sampleRate() {
        return format.rate;
    }

    @Override
    public long declaredSamples() {
        if (length < 0) {
            return -1;
        }
        return format.tag == GSM ? length / GSM_BLOCK * 2 * GsmFullRate.SAMPLES : length / format.frameBytes();
    }

    @Override
    public int read(short[] samples) throws IOException {
        int unit = format.tag == GSM ? GSM_BLOCK : format.frameBytes();
        int most = format.tag == GSM ? unit : Math.min(block.length, samples.length * unit);
        int due = (int) Math.min(most, left);
        int count = due < unit ? 0 : Bytes.fill(in, block, 0, due);
        if (count < due && length >= 0) {
            flaw = Flaw.CUT_SHORT;
        }
        left = count < due ? 0 : left - count;
        if (format.tag == GSM && count >= GSM_BLOCK / 2 && count < GSM_BLOCK) {
            // Half a block has a whole frame, but for half a byte.
            return gsm(samples, 1);
        }
        if (count < unit) {
            return -1;
        }
        return format.tag == GSM ? gsm(samples, 2) : linear(samples, count / unit);
    }

    private int gsm(short[] samples, int frames) {
        GsmFullRate decoder = gsm;
        for (int i = 0; decoder != null && i < frames; i++) {
            GsmBits.leastSignificantFirst(block, i * GSM_FRAME_BITS, parameters);
            decoder.decode(parameters, samples, i * GsmFullRate.SAMPLES);
        }
        return frames * GsmFullRate.SAMPLES;
    }

    private int linear(short[] samples, int frames) {
        for (int i = 0; i < frames; i++) {
            int sum = 0;
            for (int channel = 0; channel < format.channels; channel++) {
                sum += sample((i * format.channels + channel) * format.bits / 8);
            }
            samples[i] = (short) (sum / format.channels);
        }
        return frames;
    }

    private int sample(int at) {
        return switch (format.tag) {
            case A_LAW -> G711.ALAW.decode(block[at]);
            case MU_LAW -> G711.ULAW.decode(block[at]);
            // Samples of eight bits have no sign.
            default -> format.bits == 8 ? ((block[at] & 0xFF) - 128) << 8 : (short) Bytes.le16(block, at);
        };
    }

    @Override
    public Flaw flaw() {
        return flaw;
    }

    /** What the header says of the samples, as far as it can be played. */
    private record Format(int tag, int channels, int rate, int bits) {
        static Format of(byte[] fields) throws UnplayableException {
            int tag = Bytes.le16(fields, 0);
            if (tag == EXTENSIBLE && fields.length >= 26) {
                // The first two bytes of the sub-format's GUID are the tag.
                tag = Bytes.le16(fields, 24);
            }
            int channels = Bytes.le16(fields, 2);
            long rate = Bytes.le32(fields, 4);
            int bits = tag == GSM ? 8 : Bytes.le16(fields, 14);
            boolean known = tag == GSM
                    ? channels == 1 && Bytes.le16(fields, 12) == GSM_BLOCK
                    : tag == PCM ? bits == 8 || bits == 16 : (tag == A_LAW || tag == MU_LAW) && bits == 8;
            if (!known || channels < 1 || channels > 2 || rate < 6_000 || rate > 96_000) {
                throw new UnplayableException(VoicemailProblem.FORMAT);
            }
            return new Format(tag, channels, (int) rate, bits);
        }

        int frameBytes() {
            return channels * bits / 8;
        }
    }
}
