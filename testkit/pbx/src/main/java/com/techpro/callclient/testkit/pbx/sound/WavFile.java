// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.sound;

import com.techpro.callclient.ports.audio.pcm.Resampler;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.testkit.pbx.media.FrameClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes RIFF WAVE files for the whole testkit. The PBX records at 8000 Hz in one of
 * three encodings. Files of others may have any rate, mono or stereo (mixed down), and linear
 * samples of 8 to 32 bits, µ-law, A-law or GSM 06.10. The GSM codec shares no code with the
 * engine's.
 */
public final class WavFile {
    private static final int PCM = 1;
    private static final int ALAW = 6;
    private static final int MULAW = 7;
    private static final int GSM = 0x31;
    private static final int EXTENSIBLE = 0xFFFE;

    private static final int HEADER_BYTES = 44;
    /** About 20 minutes of CD-quality stereo; a longer clip is surely a mistake. */
    private static final int MAX_BYTES = 200_000_000;

    /** Two GSM frames, which begin at a byte boundary. */
    private static final int BLOCK_BYTES = 65;

    private static final int BLOCK_SAMPLES = 2 * GsmFrame.SAMPLES;

    private WavFile() {}

    /** The encoding of samples. */
    public enum Encoding {
        /** 16 bits, linear. */
        PCM("wav", "wav"),
        /** 8 bits, µ-law of G.711. */
        MULAW("mulaw", "wav"),
        /**
         * GSM 06.10 in format 49, a tenth of PCM. Asterisk marks such files by an upper-case
         * extension.
         */
        WAV49("wav49", "WAV");

        /** The name in phone systems' settings. */
        public final String word;

        /** The file extension. */
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
        // The format requires WAVE_FORMAT_EX and a fact chunk for samples that are not linear.
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

    /** Fills the last block with silence. */
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

    /** Writes 16-bit mono PCM, replacing the file. */
    public static void write(Path file, short[] samples, int sampleRate) throws IOException {
        Files.write(file, write(samples, sampleRate, 1));
    }

    /**
     * Returns a file of 16-bit PCM.
     *
     * @param samples of all channels, interleaved
     */
    public static byte[] write(short[] samples, int sampleRate, int channels) {
        byte[] data = linear(samples);
        byte[] whole = Arrays.copyOf(header(sampleRate, channels, data.length), HEADER_BYTES + data.length);
        System.arraycopy(data, 0, whole, HEADER_BYTES, data.length);
        return whole;
    }

    /** Returns the header for this many bytes of 16-bit mono PCM. */
    public static byte[] header(int sampleRate, long dataBytes) {
        return header(sampleRate, 1, dataBytes);
    }

    private static byte[] header(int sampleRate, int channels, long dataBytes) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        tag(header, "RIFF").putInt((int) dataBytes + HEADER_BYTES - 8);
        tag(header, "WAVE");
        tag(header, "fmt ").putInt(16);
        header.putShort((short) PCM)
                .putShort((short) channels)
                .putInt(sampleRate)
                .putInt(2 * channels * sampleRate);
        header.putShort((short) (2 * channels)).putShort((short) 16);
        tag(header, "data").putInt((int) dataBytes);
        return header.array();
    }

    /** Reads a recording of the PBX's own; no samples if it is no such file, or incomplete. */
    public static short[] read(byte[] file) {
        Chunks chunks = Chunks.of(file, false);
        return chunks == null ? new short[0] : samples(chunks);
    }

    /**
     * Reads any supported file at the requested rate.
     *
     * @throws IOException if it is unreadable or unsupported; the message says which
     */
    public static short[] read(Path file, int sampleRate) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return read(bytes, sampleRate);
        }
    }

    /**
     * As {@link #read(Path, int)}, from a stream such as a class-path resource. A file with an
     * unknown length is read to its end.
     */
    public static short[] read(InputStream bytes, int sampleRate) throws IOException {
        Chunks chunks = chunks(bytes);
        return Resampler.convert(samples(chunks), chunks.rate, sampleRate);
    }

    /**
     * Reads each channel of any supported file at the requested rate.
     *
     * @throws IOException if it is unreadable or unsupported; the message says which
     */
    public static List<short[]> readChannels(Path file, int sampleRate) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            Chunks chunks = chunks(bytes);
            List<short[]> channels = new ArrayList<>();
            for (int channel = 0; channel < chunks.channels; channel++) {
                short[] samples = chunks.channels == 1 ? samples(chunks) : mixed(chunks, channel, channel + 1);
                channels.add(Resampler.convert(samples, chunks.rate, sampleRate));
            }
            return channels;
        }
    }

    private static Chunks chunks(InputStream bytes) throws IOException {
        byte[] file = bytes.readNBytes(MAX_BYTES + 1);
        if (file.length > MAX_BYTES) {
            throw new IOException("it holds more than " + MAX_BYTES / 1_000_000 + " MB of sound; use a shorter clip");
        }
        Chunks chunks = Chunks.of(file, true);
        if (chunks == null) {
            throw new IOException("it is not a WAV file, or one without sound");
        }
        if (chunks.rate < 1000 || chunks.rate > 400_000 || chunks.channels < 1) {
            throw new IOException(
                    "its header asks for " + chunks.channels + " channels at " + chunks.rate + " samples a second");
        }
        if (!chunks.isKnown()) {
            throw new IOException(
                    "its encoding is " + chunks.format + " with " + chunks.bits + " bits; save it as 16-bit PCM");
        }
        return chunks;
    }

    private static short[] samples(Chunks chunks) {
        if (!chunks.isKnown()) {
            return new short[0];
        }
        short[] samples = chunks.format == GSM
                ? gsm(Arrays.copyOfRange(
                        chunks.file, chunks.from, chunks.from + chunks.length - chunks.length % BLOCK_BYTES))
                : mixed(chunks, 0, chunks.channels);
        return chunks.declared < 0 || chunks.declared >= samples.length
                ? samples
                : Arrays.copyOf(samples, chunks.declared);
    }

    private static short[] mixed(Chunks chunks, int first, int end) {
        int bytes = chunks.bits / 8;
        short[] samples = new short[chunks.length / (bytes * chunks.channels)];
        for (int i = 0; i < samples.length; i++) {
            int sum = 0;
            for (int channel = first; channel < end; channel++) {
                sum += sample(chunks, chunks.from + (i * chunks.channels + channel) * bytes);
            }
            samples[i] = (short) Math.round((float) sum / (end - first));
        }
        return samples;
    }

    private static int sample(Chunks chunks, int at) {
        byte[] file = chunks.file;
        return switch (chunks.format) {
            case ALAW -> G711.ALAW.decode(file[at]);
            case MULAW -> G711.ULAW.decode(file[at]);
            // Eight-bit samples are unsigned. Of longer ones the two highest bytes, which come
            // last, are enough.
            default -> {
                int high = at + chunks.bits / 8 - 1;
                yield chunks.bits == 8 ? ((file[at] & 0xFF) - 128) << 8 : (file[high] << 8) | (file[high - 1] & 0xFF);
            }
        };
    }

    /** The audio's position in a file, and the header's data about it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Chunks(
            byte[] file, int from, int length, int format, int channels, int rate, int bits, int declared) {
        /** @return null if it is no such file, or has no audio */
        static @Nullable Chunks of(byte[] file, boolean toItsEnd) {
            ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
            if (file.length < 12 || !tagAt(file, 0, "RIFF") || !tagAt(file, 8, "WAVE")) {
                return null;
            }
            int layout = -1;
            int layoutLength = 0;
            int declared = -1;
            int at = 12;
            while (at + 8 <= file.length) {
                int length = in.getInt(at + 4);
                int body = at + 8;
                boolean whole = length >= 0 && length <= file.length - body;
                if (tagAt(file, at, "data") && layout >= 0 && (whole || toItsEnd)) {
                    int format = in.getShort(layout) & 0xFFFF;
                    if (format == EXTENSIBLE && layoutLength >= 26) {
                        // The first two bytes of the sub-format's GUID are the tag.
                        format = in.getShort(layout + 24) & 0xFFFF;
                    }
                    return new Chunks(
                            file,
                            body,
                            whole ? length : file.length - body,
                            format,
                            in.getShort(layout + 2),
                            in.getInt(layout + 4),
                            in.getShort(layout + 14),
                            declared);
                }
                if (!whole) {
                    return null;
                }
                if (tagAt(file, at, "fmt ") && length >= 16) {
                    layout = body;
                    layoutLength = length;
                } else if (tagAt(file, at, "fact") && length >= 4) {
                    declared = in.getInt(body);
                }
                at = body + length + (length & 1);
            }
            return null;
        }

        boolean isKnown() {
            return switch (format) {
                case GSM -> channels == 1;
                case ALAW, MULAW -> bits == 8 && channels > 0;
                case PCM -> bits >= 8 && bits <= 32 && bits % 8 == 0 && channels > 0;
                default -> false;
            };
        }
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
