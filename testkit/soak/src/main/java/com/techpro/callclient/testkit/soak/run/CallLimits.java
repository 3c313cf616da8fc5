// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.testkit.soak.verify.SpeechLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The limits for calls that whoever starts a soak has set. One that is null was not set: the default is used, which is one for the embedded phone system
 * and another for others. None is used where a run impairs the network itself.
 *
 * @param lossPercent of the packets of all calls, at most
 * @param mos what 99 of 100 ends are estimated to be worth at least, on the scale of ITU-T G.107
 * @param delay one way, from mouth to ear, of 99 of 100 directions at most
 * @param setUp from dialling to talking, without the time it rang, of 99 of 100 calls at most
 * @param levelDb how loud speech is heard at least, against what was said, in decibels: negative if it may be quieter; of each direction
 * @param bandHertz up to where speech is heard at least; of each direction
 */
public record CallLimits(
        @Nullable Double lossPercent,
        @Nullable Double mos,
        @Nullable Duration delay,
        @Nullable Duration setUp,
        @Nullable Double levelDb,
        @Nullable Integer bandHertz) {
    /** None is set. */
    public static final CallLimits NONE = new CallLimits(null, null, null, null, null, null);

    private static final double LEAST_MOS = 1;
    private static final double BEST_MOS = 4.5;
    private static final double LEAST_LEVEL = -40;
    private static final int NARROWEST_BAND = 1_000;

    /** Whether a MOS can be a limit: more than 1, which any call keeps, and at most 4.5, which the best has. */
    public static boolean isMos(double mos) {
        return mos > LEAST_MOS && mos <= BEST_MOS;
    }

    /** Whether a level can be a limit: -40 to 0 dB. */
    public static boolean isLevel(double decibels) {
        return decibels >= LEAST_LEVEL && decibels <= 0;
    }

    /** Whether a band can be a limit: 1000 to 7000 Hz. */
    public static boolean isBand(double hertz) {
        return hertz >= NARROWEST_BAND && hertz <= SpeechLimits.WIDEST_BAND;
    }

    /** As they are judged direction by direction: these in place of the defaults, where they are set. */
    SpeechLimits applyTo(SpeechLimits defaults) {
        SpeechLimits levelled = levelDb == null ? defaults : defaults.withLeastLevel(levelDb);
        return bandHertz == null ? levelled : levelled.withBand(bandHertz);
    }
}
