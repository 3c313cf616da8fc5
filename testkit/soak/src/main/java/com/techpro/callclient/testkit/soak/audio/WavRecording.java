// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.audio;

import com.techpro.callclient.testkit.pbx.sound.WavFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * A WAV file (16-bit mono PCM) that grows during a recording. Its header is correct after every
 * second of audio, so a crashed program leaves a playable file. Not thread-safe.
 */
public final class WavRecording implements AutoCloseable {
    private static final int HEADER_BYTES = 44;
    /** The format's lengths are 32 bits; 2 GB are 37 hours of telephone audio. */
    private static final long MAX_DATA_BYTES = Integer.MAX_VALUE - 1_000_000L;

    private final RandomAccessFile file;
    private final int sampleRate;
    private final ByteBuffer pending;
    private long dataBytes;

    /** Creates the file, or truncates it. */
    public WavRecording(Path path, int sampleRate) throws IOException {
        this.file = new RandomAccessFile(path.toFile(), "rw");
        this.sampleRate = sampleRate;
        this.pending = ByteBuffer.allocate(2 * sampleRate).order(ByteOrder.LITTLE_ENDIAN);
        file.setLength(0);
        writeHeader();
    }

    /** Appends samples; those beyond the format's limit are dropped. */
    public void append(short[] samples) throws IOException {
        for (short sample : samples) {
            if (!pending.hasRemaining()) {
                flush();
            }
            pending.putShort(sample);
        }
    }

    /** Makes the file on disk complete so far. */
    public void flush() throws IOException {
        if (dataBytes + pending.position() <= MAX_DATA_BYTES) {
            file.seek(HEADER_BYTES + dataBytes);
            file.write(pending.array(), 0, pending.position());
            dataBytes += pending.position();
            writeHeader();
        }
        pending.clear();
    }

    @Override
    public void close() throws IOException {
        try (file) {
            flush();
        }
    }

    private void writeHeader() throws IOException {
        file.seek(0);
        file.write(WavFile.header(sampleRate, dataBytes));
    }
}
