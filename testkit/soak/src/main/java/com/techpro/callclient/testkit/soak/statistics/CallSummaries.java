// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.statistics;

import com.techpro.callclient.testkit.judge.verify.SpeechVerdict;
import com.techpro.callclient.testkit.soak.driver.CallResult;
import com.techpro.callclient.testkit.soak.driver.EndMedia;
import com.techpro.callclient.testkit.soak.report.SoakReport.CallSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A line for each of the first calls; the later ones of a long run are only counted. Owned by the
 * soak's loop.
 */
final class CallSummaries {
    static final int MOST = 1_000;
    private static final String FAULTLESS = "faultless";

    private final List<CallSummary> calls = new ArrayList<>();

    /** @param problem null if there was none, else a stable word */
    void add(CallResult call, @Nullable String problem) {
        if (calls.size() >= MOST) {
            return;
        }
        Duration setUp = call.setUp();
        calls.add(new CallSummary(
                call.number(),
                call.caller(),
                call.callee(),
                problem == null ? FAULTLESS : problem,
                call.media().stream().map(EndMedia::codec).distinct().collect(Collectors.joining(", ")),
                setUp == null ? Double.NaN : millis(setUp),
                millis(call.talked()) / 1000,
                call.heard().stream()
                        .mapToDouble(SpeechVerdict::gapPercent)
                        .max()
                        .orElse(Double.NaN),
                call.heard().stream()
                        .filter(SpeechVerdict::verified)
                        .mapToDouble(heard -> millis(heard.delay()))
                        .max()
                        .orElse(Double.NaN),
                call.quality().stream()
                        .mapToDouble(quality -> quality.latest().mos())
                        .min()
                        .orElse(Double.NaN)));
    }

    List<CallSummary> all() {
        return List.copyOf(calls);
    }

    private static double millis(Duration time) {
        return time.toNanos() / 1e6;
    }
}
