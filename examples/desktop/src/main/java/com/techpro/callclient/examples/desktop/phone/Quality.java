// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.phone;

import com.techpro.callclient.engine.call.CallQuality;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The audio quality of a call, for people.
 *
 * @param bars 0 to 4; 0 before a measurement
 * @param detail further information
 */
public record Quality(int bars, String word, String detail) {
    /** The lowest MOS for very good, good, fair and poor audio (ITU-T G.107, annex B). */
    private static final double[] FROM = {4.0, 3.6, 3.1, 2.6};

    private static final String[] WORDS = {"Very good", "Good", "Fair", "Poor"};

    /** Nothing was measured yet. */
    static final Quality UNKNOWN = new Quality(0, "", "The sound is being measured");

    static Quality of(@Nullable CallQuality measured) {
        if (measured == null) {
            return UNKNOWN;
        }
        String detail = String.format(
                Locale.ROOT,
                "%s, %.1f %% of the sound lost, jitter %d ms",
                codec(measured.codec()),
                measured.latest().lossPercent(),
                measured.latest().jitter().toMillis());
        for (int i = 0; i < FROM.length; i++) {
            if (measured.latest().mos() >= FROM[i]) {
                return new Quality(4 - i, WORDS[i], detail);
            }
        }
        return new Quality(1, "Bad", detail);
    }

    private static String codec(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "OPUS" -> "Opus";
            case "PCMU", "PCMA" -> "G.711";
            default -> name;
        };
    }
}
