// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.verify;

import java.time.Duration;
import java.util.Locale;

/**
 * What a codec keeps of speech, by which it has to be judged.
 *
 * @param waveform whether what comes out follows what went in sample by sample; if not, it does so in loudness and colour from 10 ms to 10 ms
 * @param highestHertz up to where it carries sound
 * @param adaptation how long a decoder that did not hear a stream's first packet plays something else, until it has adapted to what it hears
 * @param rejoining likewise after a break in the middle of a talk
 */
public record Fidelity(boolean waveform, int highestHertz, Duration adaptation, Duration rejoining) {
    /** Until a decoder of Opus that begins in the middle of a stream agrees with its encoder (RFC 7845 §4.6). */
    private static final Duration OPUS_CONVERGES = Duration.ofMillis(80);

    /** G.711. */
    public static final Fidelity TELEPHONE = new Fidelity(true, 3_400, Duration.ZERO, Duration.ZERO);

    /** What it sends are differences, in steps that follow those before (ITU-T G.722 §3.6). */
    public static final Fidelity G722 = new Fidelity(true, 7_000, Duration.ofMillis(40), Duration.ofMillis(40));

    /** What it makes of unvoiced sounds has their loudness and colour, and is another noise. */
    public static final Fidelity OPUS = new Fidelity(false, 7_000, Duration.ZERO, Duration.ZERO);

    /** @param codec an encoding name of RTP's, in any case of letters */
    public static Fidelity of(String codec) {
        return switch (codec.toUpperCase(Locale.ROOT)) {
            case "PCMU", "PCMA" -> TELEPHONE;
            case "G722" -> G722;
            case "OPUS" -> OPUS;
            default -> throw new IllegalArgumentException("nobody knows what " + codec + " keeps of speech");
        };
    }

    /** What is left after another codec as well, where a phone system transcodes. */
    public Fidelity through(Fidelity other) {
        return new Fidelity(
                waveform && other.waveform,
                Math.min(highestHertz, other.highestHertz),
                longer(adaptation, other.adaptation),
                longer(rejoining, other.rejoining));
    }

    /**
     * At an ear that was away while the far end, which knew of nothing, spoke on: its encoder is in the middle of a stream when the phone system lets it through again.
     */
    public Fidelity rejoined() {
        return waveform ? this : new Fidelity(false, highestHertz, adaptation, longer(rejoining, OPUS_CONVERGES));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
