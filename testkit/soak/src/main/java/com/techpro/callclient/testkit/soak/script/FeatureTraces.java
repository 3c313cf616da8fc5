// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.script;

import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.people.CallOutcome;
import com.techpro.callclient.engine.people.HistoryEntry;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.testkit.soak.driver.Extension;
import com.techpro.callclient.testkit.soak.settings.CallFeature;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The traces of a successful transfer or pickup: history entries, and changes of the users' busy
 * lamps.
 */
record FeatureTraces(
        CallFeature feature,
        Extension caller,
        Extension callee,
        Extension third,
        @Nullable Extension fourth) {
    FeatureTraces(CallFeature feature, Extension caller, Extension callee, Extension third) {
        this(feature, caller, callee, third, null);
    }

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
     * caller's. Which number fetches a parked call is not known before.
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
            case PARK -> List.of(dialled, new Line(CallDirection.INCOMING, caller.number(), CallOutcome.ANSWERED));
            case FORWARDED_TWICE ->
                List.of(
                        dialled,
                        new Line(CallDirection.INCOMING, caller.number(), CallOutcome.FORWARDED),
                        new Line(CallDirection.INCOMING, caller.number(), CallOutcome.FORWARDED),
                        new Line(CallDirection.INCOMING, caller.number(), CallOutcome.ANSWERED));
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
        List<LampState> rang = List.of(LampState.RINGING, LampState.IDLE);
        return switch (feature) {
            case PICKUP -> Map.of(caller, calls, callee, rang, third, calls);
            case PARK -> Map.of(caller, calls, callee, called, third, calls);
            case FORWARDED_TWICE ->
                Map.of(caller, calls, callee, rang, third, rang, Objects.requireNonNull(fourth, "who answers"), called);
            default -> Map.of(caller, calls, callee, called, third, called);
        };
    }
}
