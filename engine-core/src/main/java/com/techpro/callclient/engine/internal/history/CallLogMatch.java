// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.history;

import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.internal.directory.NumberPlan;
import com.techpro.callclient.engine.people.CallOutcome;
import com.techpro.callclient.engine.people.HistoryEntry.CallRecord;
import com.techpro.callclient.ports.phonesystem.RemoteCallHistory.RemoteCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Matches calls of the phone system's log with ours. Pure. The log has no Call-ID, so direction,
 * number, start and duration are compared. The clock difference comes from calls that match only
 * each other.
 */
final class CallLogMatch {
    private static final Duration MOST_SKEW_ANSWERED = Duration.ofMinutes(15);
    private static final Duration MOST_SKEW_UNANSWERED = Duration.ofMinutes(3);
    private static final Duration TOLERANCE = Duration.ofSeconds(30);
    private static final Duration TOLERANCE_WITHHELD = Duration.ofSeconds(8);

    private final NumberPlan plan;

    CallLogMatch(NumberPlan plan) {
        this.plan = plan;
    }

    /**
     * Pairs each remote call with at most one of ours; other legs of a fork are paired with the
     * same one.
     */
    Map<RemoteCall, CallRecord> match(List<CallRecord> ours, List<RemoteCall> theirs) {
        List<Pair> candidates = new ArrayList<>();
        for (RemoteCall remote : theirs) {
            for (CallRecord call : ours) {
                if (compatible(call, remote)) {
                    candidates.add(new Pair(call, remote));
                }
            }
        }
        Duration skew = skew(candidates);
        Map<RemoteCall, CallRecord> matched = new LinkedHashMap<>();
        Set<CallRecord> taken = new LinkedHashSet<>();
        candidates.sort(Comparator.comparing((Pair pair) -> pair.cost(skew)));
        for (Pair pair : candidates) {
            boolean near = pair.distance(skew).compareTo(pair.knowsNumber() ? TOLERANCE : TOLERANCE_WITHHELD) <= 0;
            if (near && !matched.containsKey(pair.remote) && taken.add(pair.call)) {
                matched.put(pair.remote, pair.call);
            }
        }
        addLegs(theirs, taken, matched, skew);
        return matched;
    }

    /**
     * Adds the other legs of forked calls, which may be logged once for each phone that rang. An
     * unanswered entry during a matched call is such a leg.
     */
    private void addLegs(
            List<RemoteCall> theirs, Set<CallRecord> taken, Map<RemoteCall, CallRecord> matched, Duration skew) {
        for (RemoteCall remote : theirs) {
            if (matched.containsKey(remote) || remote.answered()) {
                continue;
            }
            for (CallRecord call : taken) {
                Instant end =
                        call.answered() != null ? call.answered() : call.ended() != null ? call.ended() : call.start();
                Instant start = remote.start().minus(skew);
                boolean during = !start.isBefore(call.start().minusSeconds(3)) && !start.isAfter(end.plusSeconds(1));
                if (during && sameDirection(call, remote) && sameNumber(call, remote)) {
                    matched.put(remote, call);
                    break;
                }
            }
        }
    }

    private boolean compatible(CallRecord call, RemoteCall remote) {
        if (!sameDirection(call, remote) || !sameNumber(call, remote)) {
            return false;
        }
        if (call.outcome() == CallOutcome.ANSWERED) {
            Duration difference = call.duration().minus(remote.duration()).abs();
            Duration allowed = Duration.ofSeconds(3).plus(call.duration().dividedBy(20));
            return remote.answered() && difference.compareTo(allowed) <= 0;
        }
        // Ours was not answered here; the log may say that another phone of the user answered it.
        return !remote.answered() || call.direction() == CallDirection.INCOMING;
    }

    private static boolean sameDirection(CallRecord call, RemoteCall remote) {
        return remote.incoming() == (call.direction() == CallDirection.INCOMING);
    }

    /** Whether the numbers match. A number withheld on one side may be known on the other. */
    private boolean sameNumber(CallRecord call, RemoteCall remote) {
        String number = remote.number();
        if (number == null || number.isEmpty() || call.number().isEmpty()) {
            return true;
        }
        return plan.read(call.number()).sameAs(plan.read(number));
    }

    /**
     * Returns the median clock difference of calls that match only each other, preferably of
     * answered ones, whose durations match.
     */
    private static Duration skew(List<Pair> candidates) {
        List<Pair> near = candidates.stream().filter(Pair::isWithinSkew).collect(Collectors.toList());
        List<Duration> strong = new ArrayList<>();
        List<Duration> weak = new ArrayList<>();
        for (Pair pair : near) {
            boolean only = near.stream()
                    .noneMatch(other ->
                            !other.equals(pair) && (other.call.equals(pair.call) || other.remote.equals(pair.remote)));
            if (only && pair.knowsNumber()) {
                (pair.call.outcome() == CallOutcome.ANSWERED ? strong : weak).add(pair.difference());
            }
        }
        List<Duration> evidence = strong.isEmpty() ? weak : strong;
        Collections.sort(evidence);
        return evidence.isEmpty() ? Duration.ZERO : evidence.get(evidence.size() / 2);
    }

    private record Pair(CallRecord call, RemoteCall remote) {
        /** Returns how far the phone system's clock is ahead, if they are the same call. */
        Duration difference() {
            return Duration.between(call.start(), remote.start());
        }

        Duration distance(Duration skew) {
            return difference().minus(skew).abs();
        }

        Duration cost(Duration skew) {
            Duration cost = distance(skew);
            if (call.outcome() == CallOutcome.ANSWERED) {
                cost = cost.plus(call.duration().minus(remote.duration()).abs().multipliedBy(2));
            } else if (remote.answered()) {
                cost = cost.plusSeconds(call.outcome() == CallOutcome.ANSWERED_ELSEWHERE ? 0 : 10);
            }
            return knowsNumber() ? cost : cost.plus(TOLERANCE);
        }

        boolean knowsNumber() {
            String number = remote.number();
            boolean theirs = number != null && !number.isEmpty();
            return theirs && !call.number().isEmpty();
        }

        boolean isWithinSkew() {
            Duration most = call.outcome() == CallOutcome.ANSWERED ? MOST_SKEW_ANSWERED : MOST_SKEW_UNANSWERED;
            return difference().abs().compareTo(most) <= 0;
        }
    }
}
