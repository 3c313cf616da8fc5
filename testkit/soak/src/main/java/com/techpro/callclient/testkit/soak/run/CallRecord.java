// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.engine.CallQuality;
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
 * @param quality the two ends' last figures
 */
record CallRecord(
        int number,
        int caller,
        int callee,
        @Nullable Duration setUp,
        Duration talked,
        @Nullable String problem,
        List<SpeechVerdict> heard,
        List<CallQuality> quality) {
    boolean connected() {
        return setUp != null;
    }

    boolean audioVerified() {
        return heard.size() == 2 && heard.stream().allMatch(SpeechVerdict::verified);
    }
}
