// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.testkit.judge.verify.SilenceVerdict;
import com.techpro.callclient.testkit.judge.verify.SpeechVerdict;
import com.techpro.callclient.testkit.soak.driver.CallResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The result of a call of {@link CallsInVirtualTime}. Immutable.
 *
 * @param number of the call, from 1
 * @param problem why it failed, as a stable word such as {@code no-answer}; null if it did not
 * @param setUp from dialling to talking, without the callee's ringing time; null if it was not
 *     established
 * @param heard the callee's verdict, then the caller's; empty if nobody talked
 * @param onHold the verdicts during the hold, in that order
 * @param keysPressed on the dial pad, at one of the two
 * @param keysArrived at the other, each once and in order
 * @param quality the engine's own last figures, one for each phone that has any
 */
public record JudgedCall(
        int number,
        @Nullable String problem,
        @Nullable Duration setUp,
        List<SpeechVerdict> heard,
        List<SilenceVerdict> onHold,
        int keysPressed,
        int keysArrived,
        List<CallQuality> quality) {
    private static final List<String> EARS = List.of("callee", "caller");

    public JudgedCall {
        heard = List.copyOf(heard);
        onHold = List.copyOf(onHold);
        quality = List.copyOf(quality);
    }

    static JudgedCall of(CallResult call) {
        return new JudgedCall(
                call.number(),
                call.problem(),
                call.setUp(),
                call.heard(),
                call.onHold(),
                call.keysPressed(),
                call.keysArrived(),
                call.quality());
    }

    /**
     * Returns whether each of the two heard all of the other's speech, from the first word to the
     * last.
     */
    public boolean verified() {
        return heard.size() == EARS.size() && heard.stream().allMatch(SpeechVerdict::verified);
    }

    /**
     * Returns whether nothing is wrong: speech is {@link #verified}, the hold was silent, all keys
     * arrived, and it ended properly.
     */
    public boolean faultless() {
        return problem == null
                && verified()
                && onHold.stream().allMatch(ear -> ear.outcome() == SilenceVerdict.Outcome.SILENT)
                && keysArrived == keysPressed;
    }

    /**
     * In one line: {@code call 3: callee verified, 4.9 of 5, 31 ms; caller gaps, 3.1 of 5, 32 ms}.
     */
    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        if (problem != null) {
            words.add(problem);
        }
        for (int ear = 0; ear < heard.size(); ear++) {
            SpeechVerdict verdict = heard.get(ear);
            words.add(String.format(
                    Locale.ROOT,
                    "%s %s, %.1f of 5, %d ms",
                    EARS.get(ear),
                    verdict.outcome().code(),
                    verdict.score(),
                    verdict.delay().toMillis()));
        }
        onHold.stream()
                .filter(ear -> ear.outcome() != SilenceVerdict.Outcome.SILENT)
                .forEach(ear -> words.add(ear.outcome().code()));
        if (keysArrived != keysPressed) {
            words.add(keysArrived + " of " + keysPressed + " keys arrived");
        }
        return "call " + number + ": " + String.join("; ", words);
    }
}
