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
 */
public record Fidelity(boolean waveform, int highestHertz, Duration adaptation) {
    /** G.711. */
    public static final Fidelity TELEPHONE = new Fidelity(true, 3_400, Duration.ZERO);

    /** What it sends are differences, in steps that follow those before (ITU-T G.722 §3.6). */
    public static final Fidelity G722 = new Fidelity(true, 7_000, Duration.ofMillis(40));

    /** What it makes of unvoiced sounds has their loudness and colour, and is another noise. */
    public static final Fidelity OPUS = new Fidelity(false, 7_000, Duration.ZERO);

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
        Duration longer = adaptation.compareTo(other.adaptation) > 0 ? adaptation : other.adaptation;
        return new Fidelity(waveform && other.waveform, Math.min(highestHertz, other.highestHertz), longer);
    }
}
