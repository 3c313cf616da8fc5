// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.engine.failure.HostCallbackException;
import java.util.Map;

/**
 * Counts of what a client holds at one moment, for leak checks and operations.
 *
 * @param timers pending timers of the engine's signalling loop
 * @param flows open SIP connections and UDP associations
 * @param drops messages not let in, and destinations not let out to, by reason, since the start; {@code quality-report}
 *     counts reports of calls' quality that no collector took
 * @param refusals requests that the engine refused by itself, by {@link
 *     com.techpro.callclient.engine.failure.RefusalReason#code}, since the start
 * @param mediaDrops packets of sound dropped unheard, by reason, since the start; {@code fault} counts those that a bug
 *     cut short
 * @param callbackFailures how often a listener or callback of the host threw, since the start; see
 *     {@link HostCallbackException}
 * @param toneProblems how often a ring or a tone was not heard as it was set, since the start, by
 *     {@link com.techpro.callclient.engine.tone.ToneProblem} in small letters with hyphens: as often as
 *     {@link CallClientListener#toneUnavailable} was called, and also while there was no listener
 */
public record ClientCounters(
        int accounts,
        int calls,
        int transactions,
        int dialogs,
        int timers,
        int flows,
        int mediaSessions,
        int audioStreams,
        Map<String, Long> drops,
        Map<String, Long> refusals,
        Map<String, Long> mediaDrops,
        long callbackFailures,
        Map<String, Long> toneProblems) {
    public ClientCounters {
        drops = Map.copyOf(drops);
        refusals = Map.copyOf(refusals);
        mediaDrops = Map.copyOf(mediaDrops);
        toneProblems = Map.copyOf(toneProblems);
    }
}
