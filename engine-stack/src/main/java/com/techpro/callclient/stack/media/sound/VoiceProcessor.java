// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

import com.techpro.callclient.ports.audio.VoiceEffect;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Improves the microphone's sound: removes the loudspeaker's echo, reduces noise, and controls the level. Its output
 * is late by {@link #latency} samples, at most 20 ms. Above 16 kHz it works on the lower band and applies that band's
 * gain to the rest.
 *
 * <p>{@link #played} belongs to the playback's thread, all else to the microphone's. Neither locks, waits or
 * allocates. The two devices may have different clocks, and playback may begin late or stop.
 */
public final class VoiceProcessor {
    private static final int HIGHEST_CORE_RATE = 16000;
    /** From this rate of the core, blocks have 128 samples. */
    private static final int LONG_BLOCKS = 12800;
    /** The reference that can wait for the microphone's thread, in seconds. */
    private static final double WAITING = 1;

    private final Set<VoiceEffect> effects;
    private final @Nullable LearntEcho remembered;
    private final int factor;
    private final int hop;
    private final int latency;
    private final SampleRing ring;
    private final short[] taken;
    private final float[] pulled;
    private final float[] pulledLow;
    private final float[] input;
    private final float[] output;
    private int filled;
    private final VoiceCore core;
    private final BandSplit split;
    private final BandSplit playedSplit;
    private final HighPass highPass;
    private final HighPass playedHighPass;
    private final LevelControl level;
    private final float[] low;
    private final float[] unprocessed;
    private float upperGain = 1;

    /** Prepares processing for devices of which nothing is known. */
    public VoiceProcessor(int sampleRate, Set<VoiceEffect> effects) {
        this(sampleRate, effects, null);
    }

    /**
     * Prepares processing.
     *
     * @param sampleRate of both devices, 8000 to 48000 samples a second
     * @param remembered what an earlier stream of the same devices has {@link #learnt}, at any rate
     * @throws IllegalArgumentException if the rate is another
     */
    public VoiceProcessor(int sampleRate, Set<VoiceEffect> effects, @Nullable LearntEcho remembered) {
        if (sampleRate < 8000 || sampleRate > 48000) {
            throw new IllegalArgumentException("a rate from 8000 to 48000, not " + sampleRate);
        }
        this.effects = effects;
        this.remembered = remembered;
        factor = (sampleRate + HIGHEST_CORE_RATE - 1) / HIGHEST_CORE_RATE;
        int coreRate = sampleRate / factor;
        hop = coreRate < LONG_BLOCKS ? 64 : 128;
        ring = new SampleRing(effects.contains(VoiceEffect.ECHO_CANCELLATION) ? (int) (sampleRate * WAITING) : 1);
        core = new VoiceCore(coreRate, hop, effects, remembered);
        split = new BandSplit(factor, hop, hop);
        playedSplit = new BandSplit(factor, hop, hop);
        highPass = new HighPass(sampleRate);
        playedHighPass = new HighPass(sampleRate);
        level = new LevelControl((double) hop / coreRate);
        taken = new short[hop * factor];
        pulled = new float[hop * factor];
        pulledLow = new float[hop];
        input = new float[hop * factor];
        output = new float[hop * factor];
        low = new float[hop];
        unprocessed = new float[hop];
        int splitDelay = factor == 1 ? 0 : split.delay();
        latency = effects.isEmpty() ? 0 : 2 * hop * factor + splitDelay;
    }

    /** By how many samples the output is later than the input. */
    public int latency() {
        return latency;
    }

    /**
     * Takes what the loudspeaker is given, before or while it is. On the playback's thread.
     *
     * @param samples any number; not kept and not changed
     */
    public void played(short[] samples) {
        if (effects.contains(VoiceEffect.ECHO_CANCELLATION)) {
            ring.write(samples, samples.length);
        }
    }

    /**
     * Replaces the microphone's samples by the improved ones, {@link #latency} earlier. On the microphone's thread.
     *
     * @param samples any number, in place
     */
    public void process(short[] samples) {
        if (effects.isEmpty()) {
            return;
        }
        for (int i = 0; i < samples.length; i++) {
            input[filled] = samples[i];
            samples[i] = rounded(output[filled]);
            filled++;
            if (filled == input.length) {
                filled = 0;
                block();
            }
        }
    }

    /**
     * Returns what is known of the echo by now: null if nothing. On the microphone's thread, or when the stream has
     * ended.
     */
    public @Nullable LearntEcho learnt() {
        LearntEcho learnt = core.learnt();
        return learnt == null ? remembered : learnt;
    }

    /** The nearest sample; a cast of what is never negative is cheaper than {@link Math#round}. */
    private static short rounded(float sample) {
        float positive = Math.max(0, Math.min(2 * Short.MAX_VALUE + 1, sample - Short.MIN_VALUE + 0.5f));
        return (short) ((int) positive + Short.MIN_VALUE);
    }

    private void block() {
        pull();
        highPass.filter(input, 0, input.length);
        if (factor == 1) {
            System.arraycopy(input, 0, output, 0, hop);
            core.process(output);
        } else {
            split.lower(input, low);
            System.arraycopy(low, 0, pulledLow, 0, hop);
            core.process(low);
            float to = core.upperGain();
            split.together(low, unprocessed, upperGain, to, output);
            System.arraycopy(pulledLow, 0, unprocessed, 0, hop);
            upperGain = to;
        }
        if (effects.contains(VoiceEffect.AUTO_GAIN_CONTROL)) {
            level.control(output, core.speech());
        }
    }

    private void pull() {
        if (!effects.contains(VoiceEffect.ECHO_CANCELLATION)) {
            return;
        }
        while (ring.available() >= pulled.length) {
            ring.read(taken, taken.length);
            for (int i = 0; i < taken.length; i++) {
                pulled[i] = taken[i];
            }
            playedHighPass.filter(pulled, 0, pulled.length);
            if (factor == 1) {
                core.played(pulled);
            } else {
                playedSplit.lower(pulled, pulledLow);
                core.played(pulledLow);
            }
        }
    }
}
