// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.javasound.pcm;

/**
 * Converts mono samples from and to a device's bytes: signed, 16 bit, little-endian, channels
 * interleaved.
 */
public final class Pcm16 {
    private Pcm16() {}

    /**
     * Mixes the channels down.
     *
     * @param bytesLength whole sample frames only: a multiple of {@code 2 * channels}
     * @return samples written to {@code mono}
     */
    public static int toMono(byte[] bytes, int bytesLength, int channels, short[] mono) {
        int samples = bytesLength / (2 * channels);
        int at = 0;
        for (int i = 0; i < samples; i++) {
            int sum = 0;
            for (int channel = 0; channel < channels; channel++) {
                sum += (bytes[at] & 0xFF) | (bytes[at + 1] << 8);
                at += 2;
            }
            mono[i] = (short) Math.floorDiv(sum + channels / 2, channels);
        }
        return samples;
    }

    /**
     * Writes the same to every channel.
     *
     * @return bytes written
     */
    public static int fromMono(short[] mono, int samples, int channels, byte[] bytes) {
        int at = 0;
        for (int i = 0; i < samples; i++) {
            for (int channel = 0; channel < channels; channel++) {
                bytes[at++] = (byte) mono[i];
                bytes[at++] = (byte) (mono[i] >> 8);
            }
        }
        return at;
    }
}
