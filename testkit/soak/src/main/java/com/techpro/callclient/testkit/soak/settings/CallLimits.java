// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.settings;

import com.techpro.callclient.testkit.judge.ear.Ear;
import com.techpro.callclient.testkit.judge.verify.SpeechLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The call limits that the user of a soak has set. For a null limit the default applies, which
 * differs between the embedded phone system and others. A run that impairs the network has no
 * defaults.
 *
 * @param lossPercent the largest packet loss over all calls
 * @param mos the lowest estimated MOS of 99 of 100 calls, on the scale of ITU-T G.107
 * @param delay the largest one-way delay of 99 of 100 directions
 * @param setUp the longest time from dialling to talking, without ringing time, of 99 of 100 calls
 * @param levelDb the lowest level of heard speech relative to the spoken one, in decibels; negative
 *     allows a lower one; for each direction
 * @param bandHertz the lowest upper frequency of heard speech; for each direction
 * @param noiseDbov the highest level of sound in pauses, in dBov; for each direction
 */
public record CallLimits(
        @Nullable Double lossPercent,
        @Nullable Double mos,
        @Nullable Duration delay,
        @Nullable Duration setUp,
        @Nullable Double levelDb,
        @Nullable Integer bandHertz,
        @Nullable Double noiseDbov) {
    /** No limit is set. */
    public static final CallLimits NONE = new CallLimits(null, null, null, null, null, null, null);

    private static final double LEAST_MOS = 1;
    private static final double BEST_MOS = 4.5;
    private static final double LEAST_LEVEL = -40;
    private static final double LOUDEST_NOISE = -30;
    private static final int NARROWEST_BAND = 1_000;

    /**
     * Whether a MOS can be a limit: above 1, which any call meets, and at most 4.5, the best
     * possible.
     */
    public static boolean isMos(double mos) {
        return mos > LEAST_MOS && mos <= BEST_MOS;
    }

    /** Whether a level can be a limit: -40 to 0 dB. */
    public static boolean isLevel(double decibels) {
        return decibels >= LEAST_LEVEL && decibels <= 0;
    }

    /** Whether a noise can be a limit: -70 to -30 dBov. */
    public static boolean isNoise(double dbov) {
        return dbov >= Math.ceil(Ear.USUAL_NOISE) && dbov <= LOUDEST_NOISE;
    }

    /** Whether a band can be a limit: 1000 to 7000 Hz. */
    public static boolean isBand(double hertz) {
        return hertz >= NARROWEST_BAND && hertz <= SpeechLimits.WIDEST_BAND;
    }

    /** Returns the limits per direction: these if set, else the defaults. */
    public SpeechLimits applyTo(SpeechLimits defaults) {
        SpeechLimits levelled = levelDb == null ? defaults : defaults.withLeastLevel(levelDb);
        SpeechLimits banded = bandHertz == null ? levelled : levelled.withBand(bandHertz);
        return noiseDbov == null ? banded : banded.withNoise(noiseDbov);
    }
}
