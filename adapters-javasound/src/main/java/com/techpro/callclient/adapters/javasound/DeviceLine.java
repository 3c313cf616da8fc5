// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.javasound;

/**
 * An open and started line of a device, carrying signed 16-bit little-endian samples, channels interleaved. Used by one thread.
 * Nothing here waits for the device: {@link #transfer} is asked for no more than is {@link #available}.
 */
interface DeviceLine extends AutoCloseable {
    int sampleRate();

    int channels();

    /** How much the line can hold, in bytes. */
    int bufferBytes();

    /** Bytes that {@link #transfer} moves without waiting. */
    int available();

    /**
     * Reads from a microphone or writes to a speaker; whole sample frames.
     *
     * @return bytes moved; 0 or less when nothing was, as from a dead sound server
     */
    int transfer(byte[] bytes, int offset, int length);

    /** Throws away what the line holds. */
    void flush();

    /** Whether the system still counts the line as open. */
    boolean isOpen();

    @Override
    void close();

    /** Bytes of one sample in all channels. */
    default int sampleFrameBytes() {
        return 2 * channels();
    }
}
