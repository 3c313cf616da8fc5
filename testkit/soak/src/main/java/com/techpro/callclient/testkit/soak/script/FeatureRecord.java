// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.script;

import com.techpro.callclient.testkit.judge.verify.SpeechVerdict;
import com.techpro.callclient.testkit.soak.settings.CallFeature;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a transfer or a pickup.
 *
 * @param problem a stable word; null if there was none
 * @param heard the verdicts of the two connected users; empty if they were not connected
 * @param calls how many were made for it, each of which has its problem
 */
public record FeatureRecord(CallFeature feature, @Nullable String problem, List<SpeechVerdict> heard, int calls) {
    public FeatureRecord(CallFeature feature, @Nullable String problem, List<SpeechVerdict> heard) {
        this(feature, problem, heard, 1);
    }
}
