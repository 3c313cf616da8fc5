// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.verify;

import java.time.Duration;
import java.util.Locale;

/**
 * What a codec keeps of speech. The judge applies it.
 *
 * @param waveform whether the output follows the input sample by sample; if not, its loudness and
 *     colour do, every 10 ms
 * @param highestHertz the upper end of its band
 * @param adaptation how long a decoder that missed a stream's first packet plays other sound until
 *     it adapts
 * @param rejoining the same, after a break within a stream
 */
public record Fidelity(boolean waveform, int highestHertz, Duration adaptation, Duration rejoining) {
    /**
     * How long an Opus decoder that begins within a stream differs from its encoder (RFC 7845
     * §4.6).
     */
    private static final Duration OPUS_CONVERGES = Duration.ofMillis(80);

    /** G.711. */
    public static final Fidelity TELEPHONE = new Fidelity(true, 3_400, Duration.ZERO, Duration.ZERO);

    /** It sends differences, in steps that depend on earlier ones (ITU-T G.722 §3.6). */
    public static final Fidelity G722 = new Fidelity(true, 7_000, Duration.ofMillis(40), Duration.ofMillis(40));

    /** It keeps loudness and colour of unvoiced sounds, but makes another noise. */
    public static final Fidelity OPUS = new Fidelity(false, 7_000, Duration.ZERO, Duration.ZERO);

    /** @param codec an RTP encoding name, in any case */
    public static Fidelity of(String codec) {
        return switch (codec.toUpperCase(Locale.ROOT)) {
            case "PCMU", "PCMA" -> TELEPHONE;
            case "G722" -> G722;
            case "OPUS" -> OPUS;
            default -> throw new IllegalArgumentException("nobody knows what " + codec + " keeps of speech");
        };
    }

    /** Returns what both codecs keep, for a phone system that transcodes. */
    public Fidelity through(Fidelity other) {
        return new Fidelity(
                waveform && other.waveform,
                Math.min(highestHertz, other.highestHertz),
                longer(adaptation, other.adaptation),
                longer(rejoining, other.rejoining));
    }

    /**
     * Returns the fidelity at an end that was away while the far end, without notice, kept
     * speaking. When the phone system lets it through again, the far encoder is within a stream.
     */
    public Fidelity rejoined() {
        return waveform ? this : new Fidelity(false, highestHertz, adaptation, longer(rejoining, OPUS_CONVERGES));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
