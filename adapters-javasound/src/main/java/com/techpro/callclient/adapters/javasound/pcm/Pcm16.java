// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.javasound.pcm;

/**
 * Converts 16-bit mono samples from and to a device's bytes: signed, little-endian, channels
 * interleaved, of 16 bits or more. Of more than 16 bits the lowest are cut off, or 0.
 */
public final class Pcm16 {
    private Pcm16() {}

    /**
     * Mixes the channels down.
     *
     * @param bytesLength whole sample frames only: a multiple of {@code sampleBytes * channels}
     * @param sampleBytes the bytes of a sample, from 2
     * @return samples written to {@code mono}
     */
    public static int toMono(byte[] bytes, int bytesLength, int channels, int sampleBytes, short[] mono) {
        int samples = bytesLength / (sampleBytes * channels);
        int at = sampleBytes - 2;
        for (int i = 0; i < samples; i++) {
            int sum = 0;
            for (int channel = 0; channel < channels; channel++) {
                sum += (bytes[at] & 0xFF) | (bytes[at + 1] << 8);
                at += sampleBytes;
            }
            mono[i] = (short) Math.floorDiv(sum + channels / 2, channels);
        }
        return samples;
    }

    /**
     * Writes the same to every channel.
     *
     * @param sampleBytes the bytes of a sample, from 2
     * @return bytes written
     */
    public static int fromMono(short[] mono, int samples, int channels, int sampleBytes, byte[] bytes) {
        int at = 0;
        for (int i = 0; i < samples; i++) {
            for (int channel = 0; channel < channels; channel++) {
                for (int low = 2; low < sampleBytes; low++) {
                    bytes[at++] = 0;
                }
                bytes[at++] = (byte) mono[i];
                bytes[at++] = (byte) (mono[i] >> 8);
            }
        }
        return at;
    }
}
