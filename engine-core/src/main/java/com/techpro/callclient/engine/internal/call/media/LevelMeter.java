// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.media;

import com.techpro.callclient.engine.call.MicrophoneWarning;
import com.techpro.callclient.engine.call.SoundLevel;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Measures the sound between one open device and the engine, ten times a second. The device's
 * thread measures; {@link #level} may be called from any thread.
 */
final class LevelMeter {
    private static final int WINDOWS_PER_SECOND = 10;
    private static final double FULL_SCALE = 32_768;
    /** The loudest sample of a microphone that is switched off: converters dither the last bit. */
    private static final int NO_SIGNAL_PEAK = 1;

    private static final int NO_SIGNAL_WINDOWS = 3 * WINDOWS_PER_SECOND;
    private static final int CLIPPED = 32_760;
    /** A single peak may touch full scale. */
    private static final int CLIPPED_SAMPLES = 4;
    /** The last two seconds. */
    private static final int CLIPPED_HISTORY = (1 << (2 * WINDOWS_PER_SECOND)) - 1;

    private static final int CLIPPED_WINDOWS = 3;

    private final int windowLength;
    private long squares;
    private int peak;
    private int count;
    private int clippedSamples;
    private int silentWindows;
    /** A bit a window, the latest lowest. */
    private int clippedWindows;

    private volatile boolean muted;
    private volatile @Nullable SoundLevel level;
    private volatile Set<MicrophoneWarning> warnings = Set.of();

    LevelMeter(int sampleRate) {
        windowLength = sampleRate / WINDOWS_PER_SECOND;
    }

    /** Returns the level of the last complete tenth of a second; null before the first. */
    @Nullable
    SoundLevel level() {
        return level;
    }

    /** Returns what is wrong with the device, if it is a microphone. */
    Set<MicrophoneWarning> warnings() {
        return warnings;
    }

    /** A muted microphone delivers silence and gives no warnings. */
    void setMuted(boolean mute) {
        muted = mute;
    }

    void measure(short[] samples) {
        int from = 0;
        while (from < samples.length) {
            int to = Math.min(samples.length, from + windowLength - count);
            add(samples, from, to);
            from = to;
            if (count == windowLength) {
                level = new SoundLevel(decibels(Math.sqrt((double) squares / count)), decibels(peak));
                warn();
                squares = 0;
                peak = 0;
                count = 0;
                clippedSamples = 0;
            }
        }
    }

    /** One figure after the other: a compiler makes vectors of such loops. */
    private void add(short[] samples, int from, int to) {
        long sum = 0;
        for (int i = from; i < to; i++) {
            sum += samples[i] * samples[i];
        }
        int loudest = 0;
        for (int i = from; i < to; i++) {
            loudest = Math.max(loudest, Math.abs(samples[i]));
        }
        for (int i = from; loudest >= CLIPPED && i < to; i++) {
            clippedSamples += Math.abs(samples[i]) >= CLIPPED ? 1 : 0;
        }
        squares += sum;
        peak = Math.max(peak, loudest);
        count += to - from;
    }

    private void warn() {
        silentWindows = muted || peak > NO_SIGNAL_PEAK ? 0 : silentWindows + 1;
        clippedWindows = ((clippedWindows << 1) | (clippedSamples >= CLIPPED_SAMPLES ? 1 : 0)) & CLIPPED_HISTORY;
        boolean silent = silentWindows >= NO_SIGNAL_WINDOWS;
        boolean clipping = !muted && Integer.bitCount(clippedWindows) >= CLIPPED_WINDOWS;
        warnings =
                silent ? Set.of(MicrophoneWarning.NO_SIGNAL) : clipping ? Set.of(MicrophoneWarning.CLIPPING) : Set.of();
    }

    private static double decibels(double amplitude) {
        return Math.max(SoundLevel.SILENCE.rms(), 20 * Math.log10(amplitude / FULL_SCALE));
    }
}
