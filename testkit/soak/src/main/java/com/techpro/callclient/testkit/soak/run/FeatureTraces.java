// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.people.CallOutcome;
import com.techpro.callclient.engine.people.HistoryEntry;
import com.techpro.callclient.engine.presence.LampState;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The traces of a successful transfer or pickup: history entries, and changes of the users' busy
 * lamps.
 */
record FeatureTraces(CallFeature feature, Extension caller, Extension callee, Extension third) {
    /** A history entry. */
    private record Line(CallDirection direction, String number, CallOutcome outcome) {
        boolean is(HistoryEntry entry, Instant since) {
            return entry instanceof HistoryEntry.CallRecord call
                    && !call.start().isBefore(since)
                    && call.direction() == direction
                    && call.number().equals(number)
                    && call.outcome() == outcome;
        }
    }

    /** Whether each user's entry exists, with the right outcome. */
    boolean areIn(List<HistoryEntry> history, Instant since) {
        List<Line> lines = lines();
        return lines.stream()
                .allMatch(line ->
                        history.stream().filter(entry -> line.is(entry, since)).count()
                                >= Collections.frequency(lines, line));
    }

    /**
     * Returns the caller's, the callee's, and the third's entry; a consultation has another of the
     * caller's.
     */
    private List<Line> lines() {
        Line dialled = new Line(CallDirection.OUTGOING, callee.number(), CallOutcome.ANSWERED);
        return switch (feature) {
            case PICKUP ->
                List.of(
                        dialled,
                        new Line(CallDirection.INCOMING, caller.number(), CallOutcome.ANSWERED_ELSEWHERE),
                        new Line(CallDirection.OUTGOING, caller.number(), CallOutcome.ANSWERED));
            case BLIND_TRANSFER ->
                List.of(
                        dialled,
                        new Line(CallDirection.INCOMING, caller.number(), CallOutcome.ANSWERED),
                        new Line(CallDirection.INCOMING, callee.number(), CallOutcome.ANSWERED));
            default ->
                List.of(
                        dialled,
                        new Line(CallDirection.OUTGOING, third.number(), CallOutcome.ANSWERED),
                        new Line(CallDirection.INCOMING, caller.number(), CallOutcome.ANSWERED),
                        new Line(CallDirection.INCOMING, caller.number(), CallOutcome.ANSWERED));
        };
    }

    Map<Extension, List<LampState>> lampChanges() {
        List<LampState> calls = List.of(LampState.TALKING, LampState.IDLE);
        List<LampState> called = List.of(LampState.RINGING, LampState.TALKING, LampState.IDLE);
        return feature == CallFeature.PICKUP
                ? Map.of(caller, calls, callee, List.of(LampState.RINGING, LampState.IDLE), third, calls)
                : Map.of(caller, calls, callee, called, third, called);
    }
}
