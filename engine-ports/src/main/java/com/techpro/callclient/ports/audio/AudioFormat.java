// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.audio;

import java.time.Duration;

/**
 * The format of the frames that the engine asks for: that of the call's codec. If the port refuses
 * it as {@link AudioUnavailableException.Reason#UNSUPPORTED_FORMAT}, the engine asks for
 * {@link #NARROWBAND}.
 *
 * @param sampleRate samples per second, 8000 to 48000
 * @param frame the length of a frame; a whole number of samples
 */
public record AudioFormat(int sampleRate, Duration frame) {
    /**
     * For G.711: 8 kHz, 10 ms. That is half a usual packet, as sound waits in a device for the rest
     * of its frame.
     */
    public static final AudioFormat NARROWBAND = new AudioFormat(8000, Duration.ofMillis(10));

    public AudioFormat {
        if (sampleRate < 8000 || sampleRate > 48000) {
            throw new IllegalArgumentException("sampleRate is 8000 to 48000 samples a second, not " + sampleRate);
        }
        if (frame.isNegative() || frame.isZero() || frame.toNanos() * sampleRate % 1_000_000_000L != 0) {
            throw new IllegalArgumentException("a frame is a whole number of samples, not " + frame);
        }
    }

    /** Samples in one frame. */
    public int samplesPerFrame() {
        return (int) (frame.toNanos() * sampleRate / 1_000_000_000L);
    }
}
