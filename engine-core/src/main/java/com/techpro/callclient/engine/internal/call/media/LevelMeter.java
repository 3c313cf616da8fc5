// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.media;

import com.techpro.callclient.engine.call.SoundLevel;
import com.techpro.callclient.ports.audio.CaptureSink;
import com.techpro.callclient.ports.audio.PlaybackSource;
import org.jspecify.annotations.Nullable;

/**
 * Measures the sound between one open device and the engine, ten times a second. The device's
 * thread measures; {@link #level} may be called from any thread.
 */
final class LevelMeter {
    private static final int WINDOWS_PER_SECOND = 10;
    private static final double FULL_SCALE = 32_768;

    private final int windowLength;
    private long squares;
    private int peak;
    private int count;
    private volatile @Nullable SoundLevel level;

    LevelMeter(int sampleRate) {
        windowLength = sampleRate / WINDOWS_PER_SECOND;
    }

    CaptureSink before(CaptureSink sink) {
        return samples -> {
            measure(samples);
            sink.captured(samples);
        };
    }

    PlaybackSource after(PlaybackSource source) {
        return samples -> {
            source.fill(samples);
            measure(samples);
        };
    }

    /** Returns the level of the last complete tenth of a second; null before the first. */
    @Nullable
    SoundLevel level() {
        return level;
    }

    private void measure(short[] samples) {
        for (short sample : samples) {
            squares += sample * sample;
            peak = Math.max(peak, Math.abs(sample));
            if (++count == windowLength) {
                level = new SoundLevel(decibels(Math.sqrt((double) squares / count)), decibels(peak));
                squares = 0;
                peak = 0;
                count = 0;
            }
        }
    }

    private static double decibels(double amplitude) {
        return Math.max(SoundLevel.SILENCE.rms(), 20 * Math.log10(amplitude / FULL_SCALE));
    }
}
