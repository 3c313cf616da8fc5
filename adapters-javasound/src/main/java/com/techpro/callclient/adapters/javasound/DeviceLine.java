// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.javasound;

/**
 * An open and started line of a device with signed little-endian samples, channels interleaved. Used by one thread. Nothing here blocks: {@link #transfer} is called for at most
 * {@link #available} bytes.
 */
interface DeviceLine extends AutoCloseable {
    /** Returns the id of the device that was opened, as in {@code AudioDevice}. */
    String deviceId();

    int sampleRate();

    int channels();

    /** Returns the bytes of a sample in one channel: 2, 3 or 4. */
    int sampleBytes();

    /** Returns the capacity of the line in bytes. */
    int bufferBytes();

    /** Returns how many bytes {@link #transfer} moves without blocking. */
    int available();

    /**
     * Reads from a microphone or writes to a speaker; whole sample frames.
     *
     * @return bytes moved; 0 or less if none were, as with a dead sound server
     */
    int transfer(byte[] bytes, int offset, int length);

    /** Discards the contents of the line. */
    void flush();

    /** Whether the system still reports the line as open. */
    boolean isOpen();

    @Override
    void close();

    /** Returns the bytes of one sample in all channels. */
    default int sampleFrameBytes() {
        return sampleBytes() * channels();
    }
}
