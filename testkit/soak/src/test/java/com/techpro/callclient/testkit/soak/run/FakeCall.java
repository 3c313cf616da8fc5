// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.engine.call.MediaKeying;
import com.techpro.callclient.testkit.judge.verify.SilenceVerdict;
import com.techpro.callclient.testkit.judge.verify.SpeechLimits;
import com.techpro.callclient.testkit.judge.verify.SpeechVerdict;
import com.techpro.callclient.testkit.soak.driver.CallResult;
import com.techpro.callclient.testkit.soak.driver.CallResult.Stalls;
import com.techpro.callclient.testkit.soak.driver.EndMedia;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The record of a call between the first two users in which all was as it should be, but for what a test changes. */
public final class FakeCall {
    private @Nullable String problem;
    private List<SpeechVerdict> heard =
            List.of(speech(SpeechVerdict.Outcome.VERIFIED, 0, 0), speech(SpeechVerdict.Outcome.VERIFIED, 0, 0));
    private List<SilenceVerdict> onHold =
            List.of(silence(SilenceVerdict.Outcome.SILENT), silence(SilenceVerdict.Outcome.SILENT));
    private int pressed = 4;
    private int arrived = 4;
    private List<EndMedia> media = List.of(media("PCMA", MediaKeying.SDES), media("PCMA", MediaKeying.SDES));

    FakeCall problem(String word) {
        problem = word;
        return this;
    }

    /** The callee's ear first. */
    public FakeCall heard(SpeechVerdict... ears) {
        heard = List.of(ears);
        return this;
    }

    /** The ear first that was put on hold. */
    FakeCall onHold(SilenceVerdict... ears) {
        onHold = List.of(ears);
        return this;
    }

    FakeCall keys(int pressedKeys, int arrivedKeys) {
        pressed = pressedKeys;
        arrived = arrivedKeys;
        return this;
    }

    FakeCall media(List<EndMedia> ends) {
        media = ends;
        return this;
    }

    public CallResult ended() {
        return new CallResult(
                1,
                0,
                1,
                Duration.ofMillis(30),
                Duration.ofSeconds(7),
                problem,
                heard,
                onHold,
                0,
                pressed,
                arrived,
                List.of(),
                Stalls.NONE,
                media,
                List.of(),
                List.of());
    }

    static EndMedia media(String codec, MediaKeying keying) {
        return new EndMedia(codec, keying, MediaChoice.Path.ICE_WHEN_OFFERED);
    }

    static SilenceVerdict silence(SilenceVerdict.Outcome outcome) {
        return new SilenceVerdict(outcome, Duration.ofSeconds(2), Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }

    public static SpeechVerdict speech(SpeechVerdict.Outcome outcome, double gaps, double excused) {
        return speech(outcome, gaps, excused, 0);
    }

    public static SpeechVerdict speech(SpeechVerdict.Outcome outcome, double gaps, double excused, double guessed) {
        return speech(outcome, gaps, excused, guessed, 0, SpeechLimits.WIDEST_BAND);
    }

    /** Without a gap, of a level and a band. */
    public static SpeechVerdict heardAt(SpeechVerdict.Outcome outcome, double level, int band) {
        return speech(outcome, 0, 0, 0, level, band);
    }

    private static SpeechVerdict speech(
            SpeechVerdict.Outcome outcome, double gaps, double excused, double guessed, double level, int band) {
        return new SpeechVerdict(
                outcome,
                Duration.ofSeconds(3),
                gaps,
                excused,
                Duration.ZERO,
                guessed,
                0,
                0.5,
                4.5,
                level,
                band,
                Duration.ofMillis(70),
                0,
                Duration.ZERO,
                List.of());
    }
}
