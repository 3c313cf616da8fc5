// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.testkit.pbx.trace.StateMark;
import com.techpro.callclient.testkit.soak.run.PhoneSystem.OnHold;
import com.techpro.callclient.testkit.soak.verify.SilenceVerdict;
import com.techpro.callclient.testkit.soak.verify.SilenceVerdict.Outcome;
import com.techpro.callclient.testkit.soak.verify.SpeechVerdict;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one call went.
 *
 * @param number of the call in the soak, from 1
 * @param caller index of the extension
 * @param callee index of the extension
 * @param setUp from dialling to talking, less the time the callee let it ring; null if it never came to that
 * @param talked how long it was established
 * @param problem null if everything went as it should, else a stable word
 * @param heard what the two ears heard: the callee's, the caller's; empty if it was never established
 * @param onHold what they heard while the call was on hold
 * @param heldEar which of the two in {@code heard} was that of the side that had been put on hold
 * @param keysPressed at that side
 * @param keysArrived at the other, each once and in order
 * @param quality the two ends' last figures
 * @param stalls what stalls that are not ours have cost it
 * @param media what the two ends spoke, in the order of {@code heard}; empty if nothing was agreed
 * @param states how the ends' calls changed, for a ladder; empty if nothing was heard of them
 */
record CallRecord(
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
        List<CallMedia> media,
        List<StateMark> states) {
    /**
     * Stalls proven to be the doing of others.
     *
     * @param cost of all of them
     * @param longest of them: a delay does not grow by more
     */
    record Stalls(int count, Duration cost, Duration longest) {
        static final Stalls NONE = new Stalls(0, Duration.ZERO, Duration.ZERO);
    }

    boolean connected() {
        return setUp != null;
    }

    /**
     * What was wrong with the hold, in a stable word; null if nothing.
     *
     * @param held what the phone system does to whom is put on hold
     */
    @Nullable
    String holdFault(OnHold held) {
        for (int ear = 0; ear < onHold.size(); ear++) {
            if (!leftInPeace(ear, held)) {
                return onHold.get(ear).outcome().code();
            }
        }
        return null;
    }

    /** Whether an ear heard what it should while the call was on hold, and no more. */
    boolean leftInPeace(int ear, OnHold held) {
        Outcome found = onHold.get(ear).outcome();
        if (ear != heldEar || held == OnHold.SILENCE) {
            return found == Outcome.SILENT;
        }
        return found == Outcome.OTHER_SOUND || (held != OnHold.MUSIC && found == Outcome.SILENT);
    }

    /** Whether both ears heard what they should, as far as that can be said: of one for which the machine stood still nothing can. */
    boolean audioFaultless() {
        return heard.size() == 2 && heard.stream().allMatch(CallRecord::isFaultless);
    }

    /** Whether an ear heard what it should, as far as that can be said. */
    static boolean isFaultless(SpeechVerdict ear) {
        return ear.verified() || ear.outcome() == SpeechVerdict.Outcome.MACHINE_STALLED;
    }
}
