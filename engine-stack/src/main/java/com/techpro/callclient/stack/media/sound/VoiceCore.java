// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

import com.techpro.callclient.ports.audio.VoiceEffect;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Echo and noise in blocks of the lower band: subtracts the modelled echo, lowers clicks of keys to what was before
 * them, then applies one gain to each bin of the spectrum for the echo's rest and for noise, and fills what the echo's
 * suppression leaves with the room's own noise.
 * For the microphone's thread; no allocation after construction.
 */
final class VoiceCore {
    private final @Nullable EchoCanceller echo;
    private final ResidualEcho residual;
    private final BackgroundNoise noise;
    private final ComfortNoise comfort;
    private final @Nullable NoiseSuppressor suppressor;
    private final @Nullable TransientSuppressor transients;
    private final VoiceActivity activity;
    private final SpeechSpectrum spectrum;
    private final float[] modelled;
    private final float[] ones;
    private float upperGain = 1;
    private boolean speech;
    /** Whether the last block has a click, of which this frame has the rest. */
    private boolean clicked;

    VoiceCore(int coreRate, int hop, Set<VoiceEffect> effects, @Nullable LearntEcho remembered) {
        double seconds = (double) hop / coreRate;
        spectrum = new SpeechSpectrum(hop);
        int bins = spectrum.bins();
        echo = effects.contains(VoiceEffect.ECHO_CANCELLATION) ? new EchoCanceller(coreRate, hop, remembered) : null;
        residual = new ResidualEcho(bins, seconds);
        noise = new BackgroundNoise(bins, seconds);
        comfort = new ComfortNoise(bins, seconds);
        boolean suppresses = effects.contains(VoiceEffect.NOISE_SUPPRESSION);
        suppressor = suppresses ? new NoiseSuppressor(bins) : null;
        transients = suppresses ? new TransientSuppressor(seconds) : null;
        activity = new VoiceActivity(bins, coreRate, seconds);
        modelled = new float[hop];
        ones = new float[bins];
        Arrays.fill(ones, 1);
    }

    /** Adds a block of the loudspeaker's. */
    void played(float[] block) {
        if (echo != null) {
            echo.played(block, block.length);
        }
    }

    /** Improves a block in place; it comes out a block later. */
    void process(float[] block) {
        float[] echoGains = ones;
        spectrum.analyse(block, modelled, echo != null && echo.cancel(block, modelled));
        float[] power = spectrum.power();
        float upperKept = transients == null ? 1 : lowerClicks(transients.isClick(block));
        boolean echoes = echo != null && echo.farActive();
        if (echo != null) {
            comfort.learn(power);
            echoGains = residual.gains(power, spectrum.echoPower(), noise.power(), echo.leftAtLeast(), echo.unlearnt());
        }
        noise.learn(power, echoGains);
        speech = activity.speech(noise.speech()) && !(echoes && mean(echoGains) < 0.7f);
        float[] noiseGains = suppressor == null ? ones : suppressor.gains(power, noise.power());
        apply(echoGains, noiseGains);
        upperGain *= upperKept;
        spectrum.synthesise(block);
    }

    /** Returns what is left of the upper quarter, from 0 to 1. */
    private float lowerClicks(boolean click) {
        boolean within = click || clicked;
        clicked = click;
        if (within) {
            return spectrum.limit(noise.power());
        }
        spectrum.keep();
        return 1;
    }

    private void apply(float[] echoGains, float[] noiseGains) {
        float[] re = spectrum.re();
        float[] im = spectrum.im();
        float upper = 0;
        int upperBins = re.length / 4;
        for (int k = 0; k < re.length; k++) {
            float gain = echoGains[k] * noiseGains[k];
            re[k] *= gain;
            im[k] *= gain;
        }
        for (int k = re.length - upperBins; k < re.length; k++) {
            upper += echoGains[k] * noiseGains[k];
        }
        upperGain = upper / upperBins;
        if (echo != null) {
            comfort.fill(re, im, echoGains, noise.power(), noiseGains);
        }
    }

    private static float mean(float[] values) {
        float sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** The gain for what is above the lower band, at the end of the last block. */
    float upperGain() {
        return upperGain;
    }

    /** What is known of the echo, if anything. */
    @Nullable
    LearntEcho learnt() {
        return echo == null ? null : echo.learnt();
    }

    /** Whether the user speaks. */
    boolean speech() {
        return speech;
    }
}
