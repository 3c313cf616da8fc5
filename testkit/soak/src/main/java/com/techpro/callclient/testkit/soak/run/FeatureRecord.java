// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.testkit.soak.verify.SpeechVerdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a transfer or a pickup went.
 *
 * @param problem null if everything went as it should, else a stable word
 * @param heard what the two heard whom it brought together; empty if it did not come to that
 * @param calls how many were made for it, each of which has its problem
 */
record FeatureRecord(CallFeature feature, @Nullable String problem, List<SpeechVerdict> heard, int calls) {
    FeatureRecord(CallFeature feature, @Nullable String problem, List<SpeechVerdict> heard) {
        this(feature, problem, heard, 1);
    }
}
