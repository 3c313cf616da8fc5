// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.driver;

import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.testkit.judge.verify.SilenceVerdict;
import com.techpro.callclient.testkit.judge.verify.SilenceVerdict.Outcome;
import com.techpro.callclient.testkit.judge.verify.SpeechVerdict;
import com.techpro.callclient.testkit.pbx.trace.StateMark;
import com.techpro.callclient.testkit.soak.settings.SoakPhoneSystem.OnHold;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of one call.
 *
 * @param number of the call in the soak, from 1
 * @param caller index of the extension
 * @param callee index of the extension
 * @param setUp from dialling to talking, without the callee's ringing time; null if it was not
 *     established
 * @param talked how long it was established
 * @param problem a stable word; null if there was none
 * @param heard the verdicts of the two ends: the callee's, the caller's; empty if it was never
 *     established
 * @param onHold the verdicts while the call was on hold
 * @param heldEar which of the two in {@code heard} is the held side
 * @param keysPressed at that side
 * @param keysArrived at the other, each once and in order
 * @param quality the two ends' last figures
 * @param stalls the effect of stalls caused by others
 * @param media of the two ends, in the order of {@code heard}; empty if nothing was agreed
 * @param states the changes of the ends' calls, for a ladder; empty if there were none
 * @param calls the ids of the ends' calls within the client
 */
public record CallResult(
        int number,
        int caller,
        int callee,
        @Nullable Duration setUp,
        Duration talked,
        @Nullable String problem,
        List<SpeechVerdict> heard,
        List<SilenceVerdict> onHold,
        int heldEar,
        int keysPressed,
        int keysArrived,
        List<CallQuality> quality,
        Stalls stalls,
        List<EndMedia> media,
        List<StateMark> states,
        List<String> calls) {
    /**
     * Stalls proven to be caused by others.
     *
     * @param cost of all of them
     * @param longest the longest of them: a delay does not grow by more
     */
    public record Stalls(int count, Duration cost, Duration longest) {
        public static final Stalls NONE = new Stalls(0, Duration.ZERO, Duration.ZERO);
    }

    public boolean connected() {
        return setUp != null;
    }

    /**
     * Returns the fault of the hold as a stable word; null if there was none.
     *
     * @param held how the phone system treats a held side
     */
    @Nullable
    public String holdFault(OnHold held) {
        for (int ear = 0; ear < onHold.size(); ear++) {
            if (!leftInPeace(ear, held)) {
                return onHold.get(ear).outcome().code();
            }
        }
        return null;
    }

    /** Whether an end heard only what it should while the call was on hold. */
    public boolean leftInPeace(int ear, OnHold held) {
        Outcome found = onHold.get(ear).outcome();
        if (ear != heldEar || held == OnHold.SILENCE) {
            return found == Outcome.SILENT;
        }
        return found == Outcome.OTHER_SOUND || (held != OnHold.MUSIC && found == Outcome.SILENT);
    }

    /**
     * Whether both ends heard what they should. An end for which the machine stalled does not
     * count.
     */
    public boolean audioFaultless() {
        return heard.size() == 2 && heard.stream().allMatch(CallResult::isFaultless);
    }

    /** Whether an end heard what it should, as far as it can be judged. */
    public static boolean isFaultless(SpeechVerdict ear) {
        return ear.verified() || ear.outcome() == SpeechVerdict.Outcome.MACHINE_STALLED;
    }
}
