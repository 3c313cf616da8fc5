// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice;

import com.techpro.callclient.stack.ice.CandidatePair.State;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides which valid pair the controlling side nominates for a component, and when (RFC 8445
 * §8.1.1): the best one, as soon as no better one can come, or after a limited wait.
 */
final class Nomination {
    private static final Duration PATIENCE_FOR_BETTER = Duration.ofMillis(200);
    /**
     * Often a first check only opens the NAT for the other side's second, which comes after half a
     * second.
     */
    private static final Duration PATIENCE_FOR_DIRECT = Duration.ofMillis(700);

    private final Map<Integer, Long> firstValid = new LinkedHashMap<>();

    /** A pair of the component became valid. */
    void valid(int component, long now) {
        firstValid.putIfAbsent(component, now);
    }

    void restart() {
        firstValid.clear();
    }

    /** Returns the pair to nominate now; null if it is too early, or one is nominated. */
    @Nullable
    CandidatePair choice(CheckList list, int component, long now) {
        Long since = firstValid.get(component);
        if (since == null || list.selected.containsKey(component)) {
            return null;
        }
        CandidatePair best = null;
        boolean mayImprove = !list.localsComplete || !list.remotesComplete;
        for (CandidatePair pair : list.pairs()) {
            if (pair.component() != component) {
                continue;
            }
            if (pair.useCandidate) {
                return null;
            }
            if (pair.state == State.SUCCEEDED && best == null) {
                best = pair;
            }
            mayImprove |= best == null && pair.isPending();
        }
        return best == null || (mayImprove && now - since < patience(best).toNanos()) ? null : best;
    }

    private static Duration patience(CandidatePair best) {
        return best.isRelayed() ? PATIENCE_FOR_DIRECT : PATIENCE_FOR_BETTER;
    }

    /** Returns the nanoseconds until a choice may be due; {@link Long#MAX_VALUE} if none is. */
    long untilWake(long now) {
        long soonest = Long.MAX_VALUE;
        for (long since : firstValid.values()) {
            for (Duration each : List.of(PATIENCE_FOR_BETTER, PATIENCE_FOR_DIRECT)) {
                long left = since + each.toNanos() - now;
                soonest = left > 0 ? Math.min(soonest, left) : soonest;
            }
        }
        return soonest;
    }
}
