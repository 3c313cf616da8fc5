// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.jmeter;

import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.testkit.judge.verify.SpeechLimits;
import com.techpro.callclient.testkit.judge.verify.SpeechVerdict;
import com.techpro.callclient.testkit.judge.verify.SpeechVerdict.Outcome;
import com.techpro.callclient.testkit.soak.run.HeardSpeech;
import com.techpro.callclient.testkit.soak.settings.CallLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A limit set for each call, and the outcome of one call.
 *
 * @param parameter sets the limit, and names its step
 * @param code the response code of a sample whose call exceeded it
 * @param kept whether the call kept to it
 * @param told the figure and the limit
 * @param bound the limit only
 */
record CallLimit(Parameter parameter, String code, boolean kept, String told, String bound) {
    private static final String GENERATOR_TOO_SLOW = "generator-too-slow";
    private static final String NOTHING_CAME = "no packet came";

    /**
     * Returns the limits of a call's set-up.
     *
     * @param stalled for how long this machine was held up meanwhile: a set-up time that is beyond
     *     the limit only by that tells nothing of the phone system
     */
    static List<CallLimit> ofSetUp(CallLimits set, Duration setUp, Duration stalled) {
        Duration most = set.setUp();
        if (most == null) {
            return List.of();
        }
        boolean tooSlow = setUp.compareTo(most) > 0 && setUp.minus(stalled).compareTo(most) <= 0;
        return List.of(atMost(Parameter.MAX_SETUP, tooSlow ? GENERATOR_TOO_SLOW : "max-setup", setUp, most));
    }

    /** Returns the limits of the audio heard. */
    static List<CallLimit> ofSound(CallLimits set, HeardSpeech heard) {
        List<CallLimit> all = new ArrayList<>();
        CallQuality quality = heard.quality();
        Double loss = set.lossPercent();
        if (loss != null) {
            String bound = percent(loss) + " at most";
            all.add(
                    quality == null
                            ? broken(Parameter.MAX_LOSS, "max-loss", bound)
                            : of(
                                    Parameter.MAX_LOSS,
                                    "max-loss",
                                    lostPercent(quality) <= loss,
                                    percent(lostPercent(quality)) + " of packets lost",
                                    bound));
        }
        Double mos = set.mos();
        if (mos != null) {
            String bound = String.format(Locale.ROOT, "%.2f at least", mos);
            all.add(
                    quality == null
                            ? broken(Parameter.MIN_MOS, "min-mos", bound)
                            : of(
                                    Parameter.MIN_MOS,
                                    "min-mos",
                                    quality.latest().mos() >= mos,
                                    String.format(
                                            Locale.ROOT,
                                            "MOS %.2f",
                                            quality.latest().mos()),
                                    bound));
        }
        Duration delay = set.delay();
        if (delay != null) {
            all.add(atMost(Parameter.MAX_DELAY, "max-delay", heard.speech().delay(), delay));
        }
        SpeechVerdict speech = heard.speech();
        Double level = set.levelDb();
        if (level != null) {
            all.add(of(
                    Parameter.MIN_LEVEL,
                    "speech-" + Outcome.TOO_QUIET.code(),
                    speech.levelDb() >= level,
                    String.format(Locale.ROOT, "%+.1f dB", speech.levelDb()),
                    String.format(Locale.ROOT, "%+.1f dB at least", level)));
        }
        Integer band = set.bandHertz();
        if (band != null) {
            all.add(of(
                    Parameter.BAND,
                    "speech-" + Outcome.NARROW.code(),
                    SpeechLimits.reaches(speech.bandHertz(), band),
                    "up to " + speech.bandHertz() + " Hz",
                    band + " Hz at least"));
        }
        return List.copyOf(all);
    }

    private static CallLimit atMost(Parameter parameter, String code, Duration measured, Duration most) {
        return of(
                parameter,
                code,
                measured.compareTo(most) <= 0,
                measured.toMillis() + " ms",
                most.toMillis() + " ms at most");
    }

    private static CallLimit of(Parameter parameter, String code, boolean kept, String figure, String bound) {
        return new CallLimit(parameter, code, kept, figure + ", " + bound, bound);
    }

    private static CallLimit broken(Parameter parameter, String code, String bound) {
        return of(parameter, code, false, NOTHING_CAME, bound);
    }

    /** Returns the share of the far end's packets that never arrived. */
    private static double lostPercent(CallQuality quality) {
        long sent = quality.receiving().packets() + quality.receiving().lost();
        return sent == 0 ? 0 : 100.0 * quality.receiving().lost() / sent;
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.2f %%", value);
    }
}
